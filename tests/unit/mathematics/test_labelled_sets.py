"""Agreement with the labelled public sets; every disagreement is listed with its reason."""

import json
from pathlib import Path

import pytest

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import PreparedTask, judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data" / "mathematics"
LISTED = {
    line["id"]: line
    for line in map(
        json.loads,
        (ROOT / "tests/corpus/mathematics/label_errors.jsonl")
        .read_text(encoding="utf-8")
        .splitlines(),
    )
}
SETS = {  # and the share of rows with sound labels that must be agreed with
    "hardverify_math": 0.95,
    "mathverify_tests": 1.0,
    "nemo_skills_tests": 1.0,
    "olympiadbench_examples": 1.0,
    "lighteval_tests": 1.0,
    "slime_tests": 1.0,
}

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the labelled sets of ../shared/data are absent"),
]


def accepts(row):
    try:
        parameters = MathematicsParameters(reference=row["gold"])
    except ValueError:
        return False
    task = prepare(Mathematics(), parameters)
    return (
        isinstance(task, PreparedTask) and judge(task, row["response"]).outcome is Outcome.CORRECT
    )


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_labelled_set_is_agreed_with_but_for_the_listed_rows(name):
    rows = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text().splitlines()]
    disagreements = {row["id"] for row in rows if accepts(row) is not row["label"]}
    listed = {row["id"] for row in rows if row["id"] in LISTED}
    assert disagreements == listed
    unsupported = [each for each in listed if LISTED[each]["kind"] == "unsupported"]
    sound = len(rows) - len(listed) + len(unsupported)
    assert 1 - len(unsupported) / sound >= SETS[name]


def test_nothing_is_accepted_that_a_sound_label_calls_wrong():
    # Given the rows labelled wrong; then only rows whose label is itself listed are accepted
    for name in SETS:
        for row in map(json.loads, (DATA / f"{name}.jsonl").read_text().splitlines()):
            if not row["label"] and accepts(row):
                assert LISTED[row["id"]]["kind"] in ("label", "policy"), row


def test_every_listed_row_is_listed_with_one_of_four_kinds():
    assert {line["kind"] for line in LISTED.values()} <= {
        "label",
        "corrupt",
        "policy",
        "unsupported",
    }
    assert all(line["reason"] for line in LISTED.values())
