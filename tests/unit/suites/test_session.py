"""The tests' side of a conversation: what it believes, and what ends it."""

import pytest
from tests.unit.suites.conversations import conversation, hostile

from adjudge_worker.guest.suites.session import CandidateLost


def answer(value, **more):
    return {"t": "answer", "v": [value], **more}


KIND = {
    "number": 1, "name": "K", "bases": [], "documentation": "", "operators": [],
    "own_operators": [], "methods": [], "hashable": True, "core": False, "fields": [],
    "record": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"t":"answer","v":[' + b"[" * 500 + b"]" * 500 + b"]}",
        b'{"t":"answer","v":[[' + b"0," * 2_000_001 + b"0]]}",
        {"t": "answer"},
        {"t": "answer", "v": []},
        {"t": "answer", "v": [1, 2]},
        {"t": "passed", "v": [1]},
        {"t": ["answer"], "v": [1]},
        {"t": "answer", "v": [1], "x": 1},
        {"t": "raise", "v": [5]},
        {"t": "raise", "v": [{"h": ["e", {"S": ["builtins", "int"]}, {"t": []}, "", 0]}]},
        {"t": "raise", "v": [{"h": ["e", {"S": ["unittest", "SkipTest"]}, {"t": []}, "", 0]}]},
        {"t": "ask", "v": []},
        {"t": "ask", "v": [5]},
        {"t": "ask", "v": ["eval", "1"]},
        {"t": "ask", "v": ["perform", "call"]},
        {"t": "ask", "v": ["call", 0, {"t": []}, {"t": []}]},
        {"t": "ask", "v": ["call", -1, {"t": []}, {"t": []}]},
        {"t": "ask", "v": ["get", "text", "upper"]},
        {"t": "ask", "v": ["operate", "__len__", [1]]},
        {"t": "ask", "v": ["stdin", "close", 1]},
        answer({"h": ["y", 0]}),
        answer({"h": ["y", -1]}),
        answer({"h": ["k", 7]}),
        answer({"h": ["o", 0, 7]}),
        answer({"h": ["o", 0, 1]}, k=[{**KIND, "name": 5}]),
        answer(1, k=[{**KIND, "operators": ["__class__"]}]),
        answer(1, k=[{**KIND, "operators": ["__getattribute__"]}]),
        answer(1, k=[{**KIND, "operators": [["__eq__"]]}]),
        answer(1, k=[{**KIND, "methods": ["__init__"]}]),
        answer(1, k=[{**KIND, "methods": ["_adjudge_session"]}]),
        answer(1, k=[{**KIND, "fields": ["a", "a"]}]),
        answer(1, k=[{**KIND, "bases": [{"h": ["k", 1]}]}]),
        answer(1, k=[{**KIND, "bases": [{"S": ["os", "system"]}]}]),
        answer(1, k=[KIND, KIND]),
        answer(1, k=["class"]),
        answer({"h": ["n", 1, {"t": [1]}]}, k=[KIND]),
        answer({"h": ["n", 1, [1]]}, k=[{**KIND, "record": True, "fields": ["a"]}]),
        answer({"h": ["n", 1, {"t": []}]}, k=[{**KIND, "record": True, "fields": ["a"]}]),
        answer({"h": ["M", "os"]}),
        answer({"h": ["M", "antigravity"]}),
        answer({"h": ["f", 1, "f"]}),
        answer({"h": []}),
        answer({"h": "y"}),
        answer({"S": ["builtins", "eval"]}),
        answer({"S": ["os", "system"]}),
        answer({"S": ["builtins", "__import__"]}),
        answer({"S": ["builtins", "__dict__"]}),
        answer({"i": "0x10"}),
        answer({"i": "f" * 4_000_001}),
        answer({"m": "1" * 30_000}),
        answer({"F": ["1", "0"]}),
        answer({"N": ["|O", [1], "AAAAAAAAAAA="]}),
        answer({"N": ["<f8", [2], "AAAAAAAAAAA="]}),
        answer({"N": ["<f8", [-1], ""]}),
        answer({"r": 99}),
        answer({"r": -1}),
        answer({"r": "0"}),
        answer({"d": [1]}),
        answer({"d": [[], 1]}),
        answer({"s": [[1]]}),
        answer({"D": ["exec"]}),
        answer({"q": ["x"]}),
        answer({"b": "not base64!"}),
        answer({"x": [0, "a", 1]}),
        answer({"z": ["datetime", "yesterday"]}),
        answer({"z": ["eval", "1"]}),
        answer({"t": 5}),
        answer({"no": []}),
        answer({"s": [], "t": []}),
        answer({"s": [{"i": format(n * (2**61 - 1), "x")} for n in range(1, 3000)]}),
        answer(1, c=[[0, []]]),
        answer(1, c=[[-1, []]]),
        answer(1, c=[5]),
        answer(1, o=[["out", 5]]),
        answer(1, o=[["file", "x"]]),
        answer(1, o=["out"]),
    ],
    ids=lambda frame: ascii(frame)[:60],
)
def test_what_is_not_in_the_protocol_loses_the_session_for_ever(frame):
    with hostile(frame, answer(1)) as session:
        with pytest.raises(CandidateLost):
            session.ask("call", 1)
        assert session.lost
        with pytest.raises(CandidateLost):
            session.ask("call", 1)


def test_an_end_loses_the_session():
    with hostile() as session, pytest.raises(CandidateLost, match="ended"):
        session.ask("names")


def test_a_question_for_a_given_function_is_answered_and_for_another_one_is_not():
    called = []
    question = {"t": "ask", "v": ["call", 0, {"t": [5]}, {"t": []}]}

    with hostile(question, answer(7)) as session:
        assert session.ask("call", called.append) == 7
    assert called == [5]

    other = {"t": "ask", "v": ["call", 1, {"t": [6]}, {"t": []}]}
    with hostile(other, answer(7)) as session, pytest.raises(CandidateLost):
        session.ask("call", called.append)
    assert called == [5]


def test_only_what_was_sent_can_be_changed():
    sent = [1, 2]
    with hostile(answer(None, c=[[0, [3]]])) as session:
        session.ask("call", sent)
    assert sent == [3]


class Clock:
    """Pretends to be of the test code: its module is named so below."""

    def __init__(self):
        self.hour, self._secret = 5, 7

    def now(self):
        return self.hour


Clock.__module__ = "tests"
SOURCE = """\
def get(thing, name):
    return getattr(thing, name)
def put(thing, name, value):
    setattr(thing, name, value)
def call(function, *values):
    return function(*values)
class Yes:
    def __eq__(self, other):
        return True
class Thing:
    def __init__(self, value):
        self.value = value
    def __eq__(self, other):
        return self.value == (other.value if isinstance(other, Thing) else other)
    def itself(self):
        return self
def make(value):
    return Thing(value)
"""


def test_an_object_of_the_tests_gives_its_public_attributes():
    with conversation(SOURCE) as (_, names):
        clock = Clock()
        assert names["get"](clock, "hour") == 5
        assert names["call"](names["get"](clock, "now")) == 5
        names["put"](clock, "hour", 6)
        assert clock.hour == 6


@pytest.mark.parametrize(
    "name",
    ["_secret", "_Clock__hidden", "__wrapped__", "missing"],
)
def test_an_object_of_the_tests_keeps_the_rest(name):
    with conversation(SOURCE) as (_, names), pytest.raises(AttributeError):
        names["get"](Clock(), name)


@pytest.mark.parametrize("name", ["now", "_secret", "missing"])
def test_an_object_of_the_tests_cannot_be_changed_in_its_methods(name):
    with conversation(SOURCE) as (_, names):
        clock = Clock()
        with pytest.raises(AttributeError):
            names["put"](clock, name, 1)
        assert clock.now() == 5
        assert clock._secret == 7


@pytest.mark.parametrize("name", ["__globals__", "__code__", "__self__", "func", "secret"])
def test_a_function_of_the_tests_has_no_insides(name):
    secret = object()

    def function():
        return secret

    function.secret = secret
    with conversation(SOURCE) as (_, names), pytest.raises((AttributeError, TypeError)):
        names["call"](names["get"](function, name))


def test_objects_that_are_returned_are_not_equal_to_plain_data():
    with conversation(SOURCE, "Thing(1)") as (_, names):
        assert names["make"](5) != 5
        assert 5 != names["make"](5)  # noqa: SIM300 - the other side is asked
        assert names["Yes"]() != 5
        assert names["make"](5) == names["make"](5)
        assert names["make"](5) != names["make"](6)


def test_objects_that_the_tests_construct_may_be():
    with conversation(SOURCE, "Thing(1)") as (_, names):
        thing = names["Thing"](5)
        assert thing == 5
        assert thing.itself() is thing
        assert thing != 5, "it came back from a call"


def test_a_class_that_is_the_entry_point_is_a_function():
    with conversation(SOURCE, "Thing(1)", "Thing") as (_, names):
        assert names["candidate"](5) != 5


def test_a_class_that_equals_a_stranger_equals_nothing():
    with conversation(SOURCE, "Yes()") as (_, names):
        assert names["Yes"]() != names["Yes"]()
