"""Tasks: frozen as compact JSON, refused early when JSON cannot say them."""

from __future__ import annotations

import copy
import json
import math
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudge import Task

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda children: (
        st.lists(children) | st.dictionaries(st.text(st.characters(codec="utf-8")), children)
    ),
    max_leaves=5,
)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON))
def test_parameters_come_back_as_they_went_in(parameters):
    task = Task("v", parameters)
    assert task.parameters == parameters
    assert json.loads(task.parameters_json) == parameters
    assert pickle.loads(pickle.dumps(task)) == copy.deepcopy(task) == task


def test_the_order_of_keys_is_kept():
    # Given a call whose argument is a dict: the program may look at its order
    argument = {"zeta": 1, "alpha": 2}
    task = Task("programs", {"tests": [{"arguments": [argument], "expected": "zeta"}]})
    assert list(task.parameters["tests"][0]["arguments"][0]) == ["zeta", "alpha"]
    assert task.parameters_json.index("zeta") < task.parameters_json.index("alpha")


def test_other_parameters_or_another_verifier_make_another_task():
    assert len({Task("v", {}), Task("w", {}), Task("v", {"a": 1}), Task("v", {"a": "1"})}) == 4


def test_a_task_does_not_change_with_what_it_was_made_from():
    tests = [1]
    task = Task("v", {"tests": tests})
    tests.append(2)
    assert task.parameters == {"tests": [1]}
    with pytest.raises(AttributeError):
        task.verifier = "w"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_are_refused(number):
    with pytest.raises(ValueError, match="parameters: expected finite numbers"):
        Task("v", {"x": [{"y": number}]})


def test_a_cycle_is_refused():
    loop = []
    loop.append(loop)
    with pytest.raises(ValueError, match="no cycle"):
        Task("v", {"x": loop})


def test_a_lone_surrogate_in_a_task_is_the_authors_to_mend():
    with pytest.raises(ValueError, match="lone surrogate"):
        Task("v", {"reference": "\ud800"})


@pytest.mark.parametrize(
    "parameters", [{"x": {1, 2}}, {"x": object()}, {"x": b"1"}, [1], None, 3, {1: 2, "a": 3}]
)
def test_what_json_cannot_say_is_a_type_error(parameters):
    with pytest.raises(TypeError, match="parameters: expected a mapping that JSON can say"):
        Task("v", parameters)


@pytest.mark.parametrize("name", ["", "A", "a b", "é", "x" * 65, "a\n", None])
def test_a_malformed_verifier_name_is_refused(name):
    with pytest.raises((ValueError, TypeError), match="verifier: expected 1 to 64 characters"):
        Task(name, {})


def test_nul_and_any_plane_of_unicode_are_text():
    assert Task("v", {"a": "\0 é 🙂"}).parameters == {"a": "\0 é 🙂"}
