"""The companion: a whole group judged as one candidate, with mathematics and molecules."""

from __future__ import annotations

import functools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge_verifiers import judging
from adjudge_verifiers.companion import BUDGET_FACTOR, SUFFIX, companion_of
from adjudge_verifiers.contract import (
    COMPLETION_LIMIT_CHARACTERS,
    Answer,
    BadTask,
    Budget,
    Example,
    GroupsAnswers,
    Outcome,
    TaskParameters,
    Unavailable,
    Verdict,
    Verifier,
)
from adjudge_verifiers.mathematics.comparing.ladder import compare_readings
from adjudge_verifiers.mathematics.decision import Rules
from adjudge_verifiers.mathematics.parameters import MathematicsOptions
from adjudge_verifiers.registry import load_registry
from adjudge_worker.wire import DETAILS_BYTES

REGISTRY = load_registry()


@functools.cache
def warm(name):
    verifier = REGISTRY.get(name)
    verifier.warm()
    return companion_of(verifier)


def verdict(companion, completions, options=None, **more):
    parameters = judging.read_parameters(companion, json.dumps(options or {}))
    task = judging.prepare(companion, parameters)
    if isinstance(task, Verdict):
        return task
    return judging.judge(task, json.dumps({"completions": completions, **more}))


def classes(name, completions, options=None):
    """The classes as lists of positions, and the positions without an answer."""
    found = verdict(warm(name), completions, options)
    assert found.outcome is Outcome.CORRECT, found
    return found.details["classes"], found.details["without_answer"]


def box(text):
    return rf"\boxed{{{text}}}"


class Anything(TaskParameters):
    """Options of ``Whole``."""

    folded: bool = False


class Whole(Verifier[Anything, None], GroupsAnswers[Anything]):
    """The completion is the answer: what a plugin needs at least."""

    name = "whole"
    version = "1"
    summary = "Takes the completion as it is."
    parameters_type = options_type = Anything
    budget = Budget(cpu_seconds=7.0, wall_seconds=20.0)
    examples = (Example({}, "a", Outcome.CORRECT),)

    def prepare(self, parameters):
        """Nothing to prepare."""

    def judge(self, prepared, completion):
        del prepared
        return Verdict.correct(answer=completion)

    def read_answer(self, options, completion):
        if completion == "bug":
            raise LookupError
        if completion == "greedy":
            raise MemoryError
        value = completion.casefold() if options.folded else completion
        return Answer(completion, value) if completion else None


@pytest.mark.parametrize(
    ("completions", "expected"),
    [
        ([r"\boxed{1/2}", r"\boxed{0.5}", r"\boxed{\frac12}", "It is 50%.", box("2")], 4),
        (["The answer is $x+1$.", box("1+x"), box("y")], 2),
        ([box("(A)"), box("A"), box(r"\text{A}"), box("A. 7"), box("B")], 4),
        ([box("1,000"), box("1000"), box("10^3"), box("1001")], 3),
        ([box("0.33"), box("1/3")], 1),  # decimals are exact: nobody says which one is rounded
        ([box("1/300!"), box("1/301!")], 1),
    ],
)
def test_mathematics_finds_equal_answers(completions, expected):
    # Given completions of which the first so many mean the same
    found, without = classes("mathematics", completions)
    assert found[0] == list(range(expected))
    assert without == []


def test_what_is_no_answer_of_mathematics_is_in_no_class():
    completions = [
        "",
        "<think>1",
        box("1"),
        box(r"\frac{1}{"),
        box(r"\int_0^1 x \, dx"),
        box("1/0"),
    ]
    assert classes("mathematics", completions) == ([[2]], [0, 1, 3, 4, 5])


WRITINGS = [
    "{}/{}",
    r"\frac{{{}}}{{{}}}",
    r"-\frac{{{}}}{{-{}}}",
    "{}\\cdot {}^{{-1}}",
    "{}:{}",
    "{}.0{}",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(WRITINGS), st.integers(0, 12), st.integers(1, 12)),
        min_size=2,
        max_size=2,
    )
)
def test_plain_numbers_are_equal_as_the_ladder_says(pair):
    # Given two texts that are mostly plain arithmetic, which has a way of its own
    mathematics, options = REGISTRY.get("mathematics"), MathematicsOptions()
    one, other = (
        mathematics.read_answer(options, box(writing.format(top, bottom)))
        for writing, top, bottom in pair
    )
    rules = Rules(rounding=False, sympy=False)
    expected = compare_readings(one.value[0], other.value[0], rules).equal is True
    assert mathematics.same(options, one, other) is expected


def test_what_only_talks_is_no_answer_of_mathematics():
    talk = "I am afraid that nobody could ever know this for sure"
    assert classes("mathematics", [talk, talk, "Thus it is $4$."]) == ([[2]], [0, 1])


def test_options_of_mathematics_count():
    completions = [box("1, 2"), box("2, 1"), "<answer>1, 2</answer>"]
    assert classes("mathematics", completions) == ([[0, 1, 2]], [])
    assert classes("mathematics", completions, {"order": "ordered"}) == ([[0, 2], [1]], [])
    policy = {"extraction": {"sources": ["boxed"]}}
    assert classes("mathematics", completions, policy) == ([[0, 1]], [2])


def test_molecules_are_one_when_their_canonical_smiles_are():
    molecules = ["CCO", "OCC", "C[C@H](N)O", "C[C@@H](N)O", "C(", "I do not know"]
    completions = [f"<answer>{text}</answer>" for text in molecules[:-1]] + molecules[-1:]
    try:
        assert classes("molecules", completions) == ([[0, 1], [2], [3]], [4, 5])
    except Unavailable as error:
        pytest.skip(str(error))
    flat = {"stereo": "ignore"}
    assert classes("molecules", completions, flat) == ([[0, 1], [2, 3]], [4, 5])


def test_tautomers_are_one_where_asked_for():
    completions = [f"<answer>{text}</answer>" for text in ("CC(=O)C", "CC(O)=C")]
    try:
        assert len(classes("molecules", completions)[0]) == 2
    except Unavailable as error:
        pytest.skip(str(error))
    assert len(classes("molecules", completions, {"tautomer": True})[0]) == 1


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"reference": "1"}, "reference"),
        ({"rounding": "never"}, "rounding"),
        ({"order": "perhaps"}, "order"),
        ({"extraction": {"sources": []}}, "extraction.sources"),
        ({"budget": {"cpu_seconds": 1e9}}, "budget.cpu_seconds"),
    ],
)
def test_broken_options_are_a_bad_task_that_names_them(options, field):
    with pytest.raises(BadTask) as caught:
        judging.read_parameters(warm("mathematics"), json.dumps(options))
    assert caught.value.field == field


def test_a_group_earns_no_reward():
    found = verdict(warm("mathematics"), [box("1")], {"rewards": {"CORRECT": 1.0}})
    assert found.outcome is Outcome.BAD_TASK
    assert found.message.startswith("rewards: ")


def test_a_group_may_use_many_times_the_budget_within_what_any_task_may():
    companion = companion_of(Whole())
    assert companion.name == "whole" + SUFFIX
    assert companion.budget.cpu_seconds == 120.0  # not 210
    assert companion.budget.wall_seconds == 300.0
    mathematics = REGISTRY.get("mathematics")
    assert warm("mathematics").budget.cpu_seconds == BUDGET_FACTOR * mathematics.budget.cpu_seconds


def test_majority_and_decision_travel_in_the_details():
    completions = ["a", "b", "a", "a", ""]
    details = verdict(companion_of(Whole()), completions, votes_expected=6).details
    assert (details["majority_class"], details["decided"]) == (0, True)
    details = verdict(companion_of(Whole()), completions, votes_expected=7).details
    assert (details["majority_class"], details["decided"]) == (0, False)
    details = verdict(companion_of(Whole()), completions).details
    assert details["decided"] is False
    assert verdict(companion_of(Whole()), ["a", "b"]).details["majority_class"] is None


@pytest.mark.parametrize("letter", ["x", "\x01", "\u20ac", "\U0001f600", '"', "\\"])
def test_answers_are_cut_so_that_the_details_fit(letter):
    completions = [f"{number} " + letter * 2_000 for number in range(1_024)]
    details = verdict(companion_of(Whole()), completions).details
    assert len(details["classes"]) == 1_024
    assert all(len(answer) > 5 for answer in details["answers"])
    assert len(json.dumps(details, ensure_ascii=False).encode()) < DETAILS_BYTES
    few = verdict(companion_of(Whole()), completions[:4]).details
    assert [len(answer) for answer in few["answers"]] == [1024] * 4


def test_a_completion_that_is_too_long_has_no_vote_and_costs_nobody_theirs():
    completions = ["x" * (COMPLETION_LIMIT_CHARACTERS + 1), "x" * COMPLETION_LIMIT_CHARACTERS, "x"]
    details = verdict(companion_of(Whole()), completions).details
    assert (details["classes"], details["without_answer"]) == ([[1], [2]], [0])


def test_what_escapes_from_a_verifier_is_told_as_for_any_candidate():
    assert verdict(companion_of(Whole()), ["a", "bug"]).outcome is Outcome.INTERNAL_ERROR
    assert verdict(companion_of(Whole()), ["a", "greedy"]).outcome is Outcome.MEMORY_LIMIT


def test_the_registry_knows_companions_and_lists_none():
    companion = REGISTRY.get("mathematics" + SUFFIX)
    assert companion is REGISTRY.get("mathematics" + SUFFIX)
    assert not [name for name in REGISTRY.names() if name.endswith(SUFFIX)]
    grouping = {each.name: each.group_options_schema_json for each in REGISTRY.describe()}
    assert json.loads(grouping["mathematics"])["type"] == "object"
    assert grouping["programs"] == ""
    for name, words in {"programs": "cannot group", "no_such": "no verifier is called"}.items():
        with pytest.raises(Unavailable, match=words):
            REGISTRY.get(name + SUFFIX)


def test_a_withdrawn_verifier_groups_nothing():
    registry = load_registry()
    registry.get("mathematics" + SUFFIX)
    registry.withdraw("mathematics", "it rains")
    with pytest.raises(Unavailable, match="it rains"):
        registry.get("mathematics" + SUFFIX)
