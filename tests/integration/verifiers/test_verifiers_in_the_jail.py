"""Verifiers behind real walls keep what they promise without."""

import json
import os
import sys
from pathlib import Path

import pytest

from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest, VerifyCandidatesResponse
from adjudge_verifiers.conformance import check_conformance
from adjudge_verifiers.contract import SandboxedVerifier
from adjudge_verifiers.registry import OURS, load_registry

pytestmark = pytest.mark.jail

PARITY = Path(__file__).parents[3] / "examples/parity_verifier"
EXTRA = {
    "parity": "adjudge_parity.verifier:Parity",
    "broken": "adjudge_parity.nobody_wrote_this:Verifier",
}


def test_programs_conform_in_the_real_sandbox(sandbox):
    assert check_conformance(load_registry().get("programs"), sandbox) == []


@pytest.fixture(scope="module")
def jail_with_plugins():
    """A jail with the example plugin and a broken one, and the registry of its slot."""
    from adjudge_worker.jail.errors import JailError
    from adjudge_worker.jail.jail import Jail
    from adjudge_worker.jail.settings import JailSettings

    sys.path.insert(0, str(PARITY))
    registry = load_registry(EXTRA)
    registry.describe()  # imports them all, as the slot does to offer them
    try:
        jail = Jail.start(JailSettings(extra_verifiers=EXTRA, extra_paths=(PARITY,)), registry)
    except JailError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
    finally:
        sys.path.remove(str(PARITY))
    with jail:
        yield jail, registry


def verdicts(jail, verifier, examples):
    """What a warm, jailed evaluator says of each example."""
    request = VerifyCandidatesRequest()
    for position, example in enumerate(examples):
        parameters = json.dumps(dict(example.parameters))
        request.tasks.add(verifier=verifier.name, parameters_json=parameters)
        request.candidates.add(task_index=position, completion=example.completion)
    budgets = [verifier.budget] * len(request.tasks)
    answer = jail.evaluators.judge(request, budgets, lambda: None)
    return VerifyCandidatesResponse.FromString(answer).verdicts


@pytest.mark.parametrize("name", [*sorted(OURS.keys() - {"programs"}), "parity"])
def test_an_evaluator_gives_the_outcomes_of_the_examples(jail_with_plugins, name):
    jail, registry = jail_with_plugins
    verifier = registry.get(name)
    assert not isinstance(verifier, SandboxedVerifier)  # those are judged outside, see above
    got = verdicts(jail, verifier, verifier.examples)
    assert [verdict.outcome for verdict in got] == [each.outcome for each in verifier.examples]


def test_a_broken_plugin_costs_the_jail_nothing(jail_with_plugins):
    _, registry = jail_with_plugins
    described = {each.name: each for each in registry.describe()}
    assert not described["broken"].available
    assert "nobody_wrote_this" in described["broken"].unavailable_reason
    assert all(described[name].available for name in ("parity", "molecules", "programs"))
