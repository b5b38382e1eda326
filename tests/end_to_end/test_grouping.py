"""GroupAnswers through the whole service: honest groups, hostile ones, and who notices."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from adjudge import AnswerGroup, Candidate, Outcome, Task
from adjudge.errors import DeadlineExceededError, InvalidArgumentError

pytestmark = [pytest.mark.redis, pytest.mark.jail]

HONEST = [
    r"It is \boxed{\frac12}.",
    r"\boxed{1/2}",
    "So the answer is 0.5",
    r"\boxed{\dfrac{2}{4}}",
]
ATTACKS = Path(__file__).parents[1] / "hostile/mathematics/test_attacks.py"


def box(text):
    return rf"\boxed{{{text}}}"


def groups_of(client, *groups, verifier="mathematics", **options):
    """The answers for these groups, between two honest ones that must not notice."""
    groups = [each if isinstance(each, AnswerGroup) else AnswerGroup(each) for each in groups]
    between = [AnswerGroup(["<answer>CCO</answer>", *map(box, "112")]), *groups]
    if verifier == "mathematics":
        first, *found = client.group(verifier, between, options, deadline_seconds=100)
        assert first.failure is None
        assert first.majority.members == (1, 2)
        return found
    return client.group(verifier, groups, options, deadline_seconds=100)


def test_equal_answers_are_one_class_however_they_are_written(client):
    group = AnswerGroup([*HONEST, box("3"), "", box("0.50")], id="g", votes_expected=10)
    (found,) = groups_of(client, group)
    assert found.failure is None
    assert [each.members for each in found.classes] == [(0, 1, 2, 3, 6), (4,)]
    assert found.classes[0].answer == r"\frac12"
    assert found.without_answer == (5,)
    assert found.majority.share == pytest.approx(5 / 7)
    assert (found.group_id, found.decided) == ("g", True)
    assert found.verifier_version


def test_molecules_are_grouped_too(client):
    group = [f"<answer>{text}</answer>" for text in ("CCO", "OCC", "C(", "CCN")]
    (found,) = groups_of(client, group, verifier="molecules")
    assert [each.members for each in found.classes] == [(0, 1), (3,)]
    assert found.without_answer == (2,)


def test_a_tie_has_no_majority(client):
    (found,) = groups_of(client, AnswerGroup([box("1"), box("2")], votes_expected=2))
    assert (found.majority, found.decided) == (None, False)


def test_a_full_group_of_different_answers(client):
    (found,) = groups_of(client, [box(number) for number in range(1_024)])
    assert found.failure is None
    assert [each.members for each in found.classes] == [(number,) for number in range(1_024)]


def test_long_completions_travel(client):
    thought = "<think>" + "so it goes " * 9_000 + "</think>"
    (found,) = groups_of(client, [thought + box(number % 3) for number in range(64)])
    assert sorted(len(each.members) for each in found.classes) == [21, 21, 22]


@pytest.mark.timeout(300)
def test_bombs_neither_hang_a_group_nor_change_its_vote(client):
    bombs = runpy.run_path(str(ATTACKS))["BOMBS"]
    for some in (list(bombs.values())[start::4] for start in range(4)):
        (found,) = groups_of(client, [*HONEST, *map(box, some)])
        assert found.failure is None
        assert found.majority.members == (0, 1, 2, 3)


def test_code_and_odd_text_are_no_answer_or_their_own(client):
    code = list(runpy.run_path(str(ATTACKS))["CODE"].values())
    odd = ["", "\0", "\ud800", "\\boxed{" * 50_000, "x" * 1_200_000, "🦀" * 5_000]
    (found,) = groups_of(client, [*HONEST, *map(box, code), *odd])
    assert found.failure is None
    assert found.majority.members == (0, 1, 2, 3)


def test_a_group_over_its_budget_says_so_and_costs_no_other(client):
    hard = [box(rf"\sqrt{{{number}}}+\sin {number}") for number in range(2, 402)]
    slow, honest = groups_of(client, hard, HONEST, budget={"cpu_seconds": 0.2})
    assert slow.failure.outcome is Outcome.TIME_LIMIT
    assert slow.classes == ()
    assert honest.majority.members == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"reference": "1"}, "reference"),
        ({"order": 3.5}, "order"),
        ({"rewards": {"CORRECT": 1.0}}, "rewards"),
        ({"budget": {"cpu_seconds": -1}}, "budget.cpu_seconds"),
    ],
)
def test_broken_options_are_a_bad_task_that_names_them(client, options, field):
    (found,) = client.group("mathematics", [AnswerGroup(HONEST)], options, deadline_seconds=30)
    assert found.failure.outcome is Outcome.BAD_TASK
    assert field in found.failure.message


def test_who_cannot_group_says_so(client):
    for verifier, words in {"programs": "cannot group", "mathematic": "mathematics"}.items():
        (found,) = groups_of(client, HONEST, verifier=verifier)
        assert found.failure.outcome is Outcome.UNAVAILABLE
        assert words in found.failure.message


def test_a_malformed_request_names_its_field(client):
    with pytest.raises(InvalidArgumentError) as caught:
        client.group("mathematics", [AnswerGroup(HONEST), AnswerGroup([])], deadline_seconds=30)
    assert [each.field for each in caught.value.violations] == ["groups[1].completions"]


def test_companions_are_neither_listed_nor_callable(client):
    listed = {each.name: each.group_options_schema for each in client.verifiers()}
    assert listed["mathematics"]["properties"].keys() >= {"extraction", "order", "budget"}
    assert "reference" not in listed["mathematics"]["properties"]
    assert listed["programs"] is None
    assert not [name for name in listed if "/" in name]
    with pytest.raises(ValueError, match="verifier"):
        client.verify([Candidate("x", Task("mathematics/groups", {}))], deadline_seconds=30)


def test_a_deadline_ends_the_call_and_frees_the_slots(client):
    hard = [box(rf"\sqrt{{{number}}}+\sin {number}") for number in range(2, 902)]
    with pytest.raises(DeadlineExceededError):
        client.group("mathematics", [AnswerGroup(hard)] * 3, deadline_seconds=0.5)
    (found,) = client.group("mathematics", [AnswerGroup(HONEST)], deadline_seconds=10)
    assert found.majority.members == (0, 1, 2, 3)
