"""Grouping as a pure function: a partition, whatever `same` says, and the vote on it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge_verifiers.contract import Answer
from adjudge_verifiers.grouping import Grouping, group

NUMBERS = st.integers(-99, 99)
COMPLETIONS = st.lists(st.one_of(st.just(""), NUMBERS.map(str)), max_size=40)


def read(completion):
    return Answer(completion, int(completion)) if completion else None


def same_last_digit(one, other):
    return one.value % 10 == other.value % 10


def near(one, other):
    """Reflexive and symmetric, but not transitive."""
    return abs(one.value - other.value) <= 3


def texts(grouping, completions):
    """The partition as sets of texts, with the texts that have no answer."""
    return {frozenset(completions[at] for at in each.members) for each in grouping.classes}


def sizes(*members, without=0):
    """A grouping with classes of these sizes."""
    completions = [str(number) for number, size in enumerate(members) for _ in range(size)]
    return group(completions + [""] * without, read, lambda one, other: one.value == other.value)


@given(COMPLETIONS, st.sampled_from([same_last_digit, near]))
def test_every_completion_is_in_one_class_or_without_answer(completions, same):
    grouping = group(completions, read, same)
    placed = [*grouping.without_answer, *(at for each in grouping.classes for at in each.members)]
    assert sorted(placed) == list(range(len(completions)))
    assert grouping.votes == len(completions)
    assert [completions[at] for at in grouping.without_answer] == [""] * completions.count("")


@given(COMPLETIONS)
def test_the_classes_are_those_of_the_equivalence(completions):
    grouping = group(completions, read, same_last_digit)
    expected = Counter(int(completion) % 10 for completion in completions if completion)
    found = {int(completions[each.members[0]]) % 10: len(each.members) for each in grouping.classes}
    assert found == expected
    assert len(grouping.classes) == len(expected)


@given(COMPLETIONS, st.randoms(use_true_random=False), st.sampled_from([same_last_digit, near]))
def test_the_partition_does_not_depend_on_the_order_of_the_completions(completions, random, same):
    shuffled = random.sample(completions, len(completions))
    assert texts(group(completions, read, same), completions) == texts(
        group(shuffled, read, same), shuffled
    )


@given(COMPLETIONS, st.sampled_from([same_last_digit, near]))
def test_more_votes_for_known_answers_change_no_class(completions, same):
    twice = completions * 2
    assert texts(group(completions, read, same), completions) == texts(
        group(twice, read, same), twice
    )


@given(COMPLETIONS)
def test_classes_are_sorted_by_size_and_first_member_and_named_after_it(completions):
    grouping = group(completions, read, same_last_digit)
    keys = [(-len(each.members), each.members[0]) for each in grouping.classes]
    assert keys == sorted(keys)
    for each in grouping.classes:
        assert list(each.members) == sorted(each.members)
        assert each.answer == completions[each.members[0]]


def test_a_class_is_led_by_its_longest_answer():
    # Given "3", which equals both "3 km" and "3 m", which are different
    def unit(one, other):
        return one.value == other.value or "3" in (one.text, other.text)

    answers = ["3", "3", "3", "3 m", "3 km"]
    grouping = group(answers, lambda text: Answer(text, text), unit)
    # Then these two never share a class
    assert texts(grouping, answers) == {frozenset({"3", "3 km"}), frozenset({"3 m"})}


@given(COMPLETIONS)
def test_each_answer_is_read_once_and_compared_once_with_each_class(completions):
    seen = Counter()

    def counted(one, other):
        seen[frozenset((one.text, other.text))] += 1
        return same_last_digit(one, other)

    reads = Counter()

    def reading(completion):
        reads[completion] += 1
        return read(completion)

    group(completions, reading, counted)
    assert set(reads.values()) <= {1}
    assert set(seen.values()) <= {1}


@pytest.mark.parametrize(
    ("grouping", "majority"),
    [
        (sizes(), None),
        (sizes(without=3), None),
        (sizes(1), 0),
        (sizes(2, 2), None),
        (sizes(2, 3), 0),
        (sizes(2, 2, 1), None),
        (sizes(3, 2, 2), 0),
        (sizes(1, without=9), 0),
    ],
)
def test_the_majority_is_the_class_that_is_larger_than_every_other(grouping, majority):
    assert grouping.majority == majority


@pytest.mark.parametrize(
    ("grouping", "votes_expected", "decided"),
    [
        (sizes(3), 5, True),
        (sizes(3), 6, False),  # the three to come may agree on something else
        (sizes(3, 1), 5, True),
        (sizes(3, 1), 6, False),
        (sizes(3, 1, without=2), 7, True),
        (sizes(2, 2), 4, False),
        (sizes(2, 1), 3, True),
        (sizes(without=4), 4, False),
        (sizes(), 0, False),
    ],
)
def test_a_vote_is_decided_when_what_is_to_come_cannot_change_it(grouping, votes_expected, decided):
    assert grouping.decided(votes_expected) is decided


@given(
    st.lists(st.integers(0, 3).map(str), min_size=1, max_size=12),
    st.lists(st.integers(0, 3).map(str), max_size=6),
)
def test_a_decided_vote_ends_as_it_was_decided(now, later):
    def same(one, other):
        return one.value == other.value

    early = group(now, read, same)
    late = group(now + later, read, same)
    if early.decided(len(now) + len(later)):
        assert late.majority is not None
        assert late.classes[late.majority].answer == early.classes[early.majority].answer


def test_an_answer_that_is_nested_too_deeply_has_no_vote_and_equals_nothing():
    def reading(completion):
        if completion == "deep":
            raise RecursionError
        return read(completion)

    def comparing(one, other):
        if "7" in (one.text, other.text):
            raise RecursionError
        return same_last_digit(one, other)

    grouping = group(["17", "deep", "7", "27"], reading, comparing)
    assert [list(each.members) for each in grouping.classes] == [[0, 3], [2]]
    assert list(grouping.without_answer) == [1]


def test_no_completions_make_no_classes():
    assert group([], read, near) == Grouping([], [])
