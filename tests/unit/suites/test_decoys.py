"""Values that stand beside a true one when a candidate's class compares."""

import pytest

from adjudge_worker.guest.suites.decoys import decoys

VALUES = [
    *(
        0,
        -5,
        10**30,
        1.5,
        1e30,
        2 + 1j,
        "",
        "hello",
        "1/2",
        "z",
        b"",
        b"ab",
        [],
        [1, "x"],
        (3,),
        (),
    ),
    *({}, {"a": 1}, {1: [2]}, set(), frozenset({4}), True, False, None, [[None]], {"a": object()}),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_decoy_is_of_the_same_type_and_never_equal(value):
    for _ in range(20):
        others = decoys(value)
        assert others
        for other in others:
            assert other != value
            assert value is None or type(other) is type(value)


def test_nothing_stands_beside_what_there_are_no_others_of():
    assert decoys(object()) == []
    assert decoys(len) == []


def test_a_number_may_be_anywhere_in_the_row_of_its_decoys():
    places = {sum(other < 100 for other in decoys(100)) for _ in range(500)}

    assert len(places) == len(decoys(100)) + 1


def test_what_the_caller_gave_is_left_as_it_is():
    value = {"a": [1, {2}]}

    decoys(value)

    assert value == {"a": [1, {2}]}
