"""A parser that was taken over gains nothing: not from the protocol, not from the kernel."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.jail


def test_a_hanging_item_cannot_mask_its_group_by_claiming_that_the_task_hangs(judge):
    answer = judge("a", "claim_to_prepare", "b")
    assert answer.outcomes == ["CORRECT", "TIME_LIMIT", "CORRECT"]


def test_a_hanging_item_cannot_blame_the_next(judge):
    answer = judge("a", "blame_the_next", "b", "wrong")
    assert answer.outcomes == ["CORRECT", "TIME_LIMIT", "CORRECT", "INCORRECT"]


@pytest.mark.parametrize("act", ["claim_to_have_just_begun", "claim_the_future", "claim_nonsense"])
def test_an_item_that_writes_the_page_is_killed_all_the_same(judge, act):
    answer = judge("a", act, "b")
    assert answer.outcomes[0] == answer.outcomes[2] == "CORRECT"
    assert answer.outcomes[1] in {"TIME_LIMIT", "RUNTIME_ERROR"}
    assert answer.seconds < 5


def test_a_page_that_is_never_whole_hides_nobody(judge, monkeypatch):
    """Whoever writes it without end is found by trying each item alone, within its budget."""
    monkeypatch.setattr("adjudge_worker.jail.evaluator.EvaluatorProcess.sight", lambda _: None)
    answer = judge("a", "burn", "b")
    assert answer.outcomes == ["CORRECT", "RUNTIME_ERROR", "CORRECT"]
    assert answer.seconds < 5


def test_an_item_that_claims_to_rest_is_killed_after_a_while(judge, monkeypatch):
    monkeypatch.setattr("adjudge_worker.jail.conversation.IDLE_SECONDS", 0.3)
    answer = judge("a", "claim_to_rest", "b")
    assert answer.outcomes == ["CORRECT", "RUNTIME_ERROR", "CORRECT"]


@pytest.mark.parametrize(
    "act", ["send_garbage", "send_huge_header", "send_half_a_frame", "drip", "flood", "hang_up"]
)
def test_an_item_that_breaks_the_protocol_is_blamed_alone(judge, act):
    answer = judge("a", act, "b")
    assert answer.outcomes[0] == answer.outcomes[2] == "CORRECT"
    assert answer.outcomes[1] in {"TIME_LIMIT", "RUNTIME_ERROR"}
    assert answer.seconds < 5


@pytest.mark.parametrize(
    "act",
    [
        "fork",
        "thread",
        "execute",
        "connect",
        "make_socketpair",
        "signal_everyone",
        "look_around",
        "write_outside",
        "lift_limits",
        "exhaust_descriptors",
    ],
)
def test_the_kernel_refuses(judge, act):
    answer = judge("a", act, "b")
    assert answer.outcomes == ["CORRECT"] * 3
    assert answer.verdicts[1].answer.startswith("refused")


def test_the_scratch_is_small_and_dies_with_the_evaluator(jail, judge):
    written = judge("fill_scratch").verdicts[0].answer
    assert int(written.split()[1]) <= 16
    jail.evaluators.discard()
    # Where this checkout lies below /tmp, its packages can be seen (and read) there.
    below = [path for path in (ROOT, Path(sys.prefix)) if path.parts[:2] == ("/", "tmp")]
    seen = sorted({Path(*path.parts[:3]) for path in below})
    assert judge("look_into_scratch").verdicts[0].answer == f"found {seen}"
