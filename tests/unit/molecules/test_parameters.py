"""What a task may say, and how a wrong one is refused."""

import json

import pytest

from adjudge_verifiers import judging
from adjudge_verifiers.contract import BadTask
from adjudge_verifiers.molecules.elements import SYMBOLS
from adjudge_verifiers.molecules.verifier import Molecules


@pytest.mark.parametrize(
    ("task", "field"),
    [
        ({}, "kind"),
        ({"kind": "similar"}, "kind"),
        ({"kind": "exact"}, "reference"),
        ({"kind": "exact", "reference": None}, "reference"),
        ({"kind": "valid", "reference": "C"}, "reference"),
        ({"kind": "exact", "reference": "C" * 20_001}, "reference"),
        ({"kind": "valid", "format": "selfies"}, "format"),
        ({"kind": "valid", "format": "inchi"}, "format"),
        ({"kind": "valid", "elements": []}, "elements"),
        ({"kind": "valid", "elements": ["C", "Xx"]}, "elements[1]"),
        ({"kind": "valid", "elements": ["carbon"]}, "elements[0]"),
        ({"kind": "valid", "max_heavy": 0}, "max_heavy"),
        ({"kind": "valid", "max_heavy": 10**9}, "max_heavy"),
        ({"kind": "valid", "max_chars": -1}, "max_chars"),
        ({"kind": "valid", "max_fragments": 0}, "max_fragments"),
        ({"kind": "valid", "charge": 0.5}, "charge"),
        ({"kind": "valid", "charge": float("nan")}, "charge"),
        ({"kind": "valid", "stereo": "loose"}, "stereo"),
        ({"kind": "valid", "extraction": {"sources": []}}, "extraction.sources"),
        ({"kind": "valid", "smarts": "C"}, "smarts"),
        ({"kind": "valid", "rewards": {"INTERNAL_ERROR": 1}}, "rewards.INTERNAL_ERROR"),
    ],
)
def test_a_wrong_parameter_is_named(task, field):
    with pytest.raises(BadTask) as caught:
        judging.read_parameters(Molecules(), json.dumps(task))
    assert caught.value.field == field


def test_there_are_118_elements():
    assert len(SYMBOLS) == 118


def test_the_version_tells_rdkits_too():
    assert Molecules.version.startswith("1.")
    assert "+rdkit.20" in Molecules.version
