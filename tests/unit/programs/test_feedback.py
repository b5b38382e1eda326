"""What verdicts tell of hidden tests."""

import itertools

import pytest
from tests.unit.programs.judged import judge

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.programs.report import FAULTS
from adjudge_verifiers.sandbox import CaseRun, RunStatus

HIDDEN = ("h1dden-input", "h1dden-expected", "h1dden-printed", "h1dden-error")
STDIN = {
    "language": "python",
    "tests": [{"stdin": HIDDEN[0], "expected": HIDDEN[1]}] * 2,
}
CALL = {
    "language": "python",
    "entry_point": "f",
    "tests": [{"arguments": [HIDDEN[0]], "expected": HIDDEN[1]}] * 2,
}
WAYS = [
    {"exit_code": 0},
    {"exit_code": 3},
    *({"status": status, "signal": 11} for status in FAULTS),
]


def ended(way, *, call):
    """A run in which the candidate tells all that it can."""
    said = {"message": f"E: {HIDDEN[3]}", "stderr_tail": f"E: {HIDDEN[3]}".encode()}
    value = {"value": HIDDEN[2], "has_value": True} if call else {"stdout": HIDDEN[2].encode()}
    return CaseRun(**{"status": RunStatus.EXITED, **said, **value, **way})


@pytest.mark.parametrize("feedback", ["none", "outcome", None])
@pytest.mark.parametrize("checker", ["tokens", "exact", "lines", "floats", "unordered_lines"])
def test_nothing_of_a_hidden_test_is_told_by_default(feedback, checker):
    for task, way in itertools.product((STDIN, CALL), WAYS):
        if task is CALL and checker not in ("exact", "floats"):
            continue
        more = {"checker": checker} | ({} if feedback is None else {"feedback": feedback})
        verdict = judge({**task, **more}, lambda *_, t=task, w=way: ended(w, call=t is CALL))
        assert verdict.reward == 0
        assert not [word for word in HIDDEN if word in repr(verdict)]


def test_none_tells_nothing_of_single_tests():
    verdict = judge({**STDIN, "feedback": "none"}, lambda *_: ended({}, call=False))

    assert (verdict.outcome, verdict.tests) == (Outcome.INCORRECT, ())
    assert verdict.message == "Not every test passed."


def test_outcome_tells_how_each_test_went_and_what_it_used():
    used = {"cpu_seconds": 0.5, "wall_seconds": 0.75, "peak_memory_bytes": 1 << 20}
    verdict = judge(STDIN, lambda *_: ended(used, call=False))

    (test,) = verdict.tests
    assert (test.outcome, test.message) == (Outcome.INCORRECT, "the output is wrong")
    assert (test.cpu_seconds, test.wall_seconds, test.peak_memory_bytes) == (0.5, 0.75, 1 << 20)
    assert verdict.message == "Test 1 of 2: the output is wrong."


def test_diff_tells_the_first_difference_bounded():
    long = CaseRun(RunStatus.EXITED, stdout=b"z" * 10_000)
    verdict = judge({**STDIN, "feedback": "diff"}, lambda *_: long)

    assert "zzz" in verdict.tests[0].message
    assert len(verdict.tests[0].message) <= 200
    assert len(verdict.message) <= 250
    assert HIDDEN[1] not in repr(verdict)


@pytest.mark.parametrize("way", [{"exit_code": 3}, {"status": RunStatus.EXCEPTION}])
def test_diff_tells_what_a_program_said_of_its_end(way):
    task = CALL if "status" in way else STDIN
    verdict = judge({**task, "feedback": "diff"}, lambda *_: ended(way, call=task is CALL))

    assert HIDDEN[3] in verdict.message
