"""Linked lists and binary trees: how tasks write them and how the guest builds and walks them."""

import pytest

from adjudge_verifiers.contract import BadTask
from adjudge_verifiers.programs.nodes import node_types, written
from adjudge_verifiers.programs.verifier import Programs
from adjudge_worker.guest import nodes
from adjudge_worker.guest.nodes import Nodes
from adjudge_worker.guest.values import NotPlain

TREES = [
    [],
    [1],
    [1, 2, 3],
    [1, None, 2],
    [1, None, 2, 3],
    [1, 2, 3, None, 4],
    [5, 4, 8, 11, None, 13, 4, 7, 2, None, None, None, 1],
]


def round_trip(kind, value):
    """Build the value in a guest and walk it back."""
    guest = Nodes({"0": kind, nodes.RESULT: kind})
    namespace = {}
    guest.offer(namespace)
    arguments = [value]
    guest.build(namespace, arguments, {})
    return guest.plain(arguments[0])


@pytest.mark.parametrize("values", TREES)
def test_a_tree_comes_back_as_it_was_written(values):
    assert round_trip("binary_tree", values) == values
    assert written("binary_tree", values, "x") == values


@pytest.mark.parametrize("values", [[], [1], [1, 1, 2], [None, 1]])
def test_a_list_comes_back_as_it_was_written(values):
    assert round_trip("linked_list", values) == values


def test_lists_of_nodes_come_back_as_they_were_written():
    assert round_trip("linked_list[]", [[1, 4], [], [2]]) == [[1, 4], [], [2]]
    assert round_trip("binary_tree[]", [[1, None, 2], []]) == [[1, None, 2], []]


def test_a_tree_has_the_shape_that_leetcode_draws():
    guest = Nodes({"root": "binary_tree"})
    namespace, keywords = {}, {"root": [1, 2, 3, None, 4]}
    guest.offer(namespace)
    guest.build(namespace, [], keywords)
    root = keywords["root"]
    assert (root.left.val, root.right.val, root.left.left) == (2, 3, None)
    assert root.left.right.val == 4


@pytest.mark.parametrize("kind", ["linked_list", "binary_tree"])
def test_a_hundred_thousand_nodes_in_a_chain_need_no_recursion(kind):
    values = list(range(100_000))
    if kind == "binary_tree":
        values = [0, *(each for number in values[1:] for each in (None, number))]
    assert round_trip(kind, values) == values


def test_null_and_nulls_at_the_end_are_nothing():
    assert written("binary_tree", None, "x") == []
    assert written("binary_tree", [None], "x") == []
    assert written("binary_tree", [1, 2, None, None], "x") == [1, 2]
    assert written("linked_list", None, "x") == []
    assert written("linked_list[]", [None, [1]], "x") == [[], [1]]


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("linked_list", 3, "x"),
        ("binary_tree", {"a": 1}, "x"),
        ("binary_tree", [None, 1], "x[1]"),
        ("binary_tree", [1, None, None, 2], "x[3]"),
        ("linked_list[]", None, "x"),
        ("linked_list[]", [[1], 2], "x[1]"),
    ],
)
def test_what_is_no_list_or_tree_is_a_bad_task(kind, value, field):
    with pytest.raises(BadTask) as caught:
        written(kind, value, field="x")
    assert field in str(caught.value)


def test_types_are_told_by_position_or_keyword():
    assert node_types(["plain", "linked_list"], "binary_tree") == {
        "1": "linked_list",
        "return": "binary_tree",
    }
    assert node_types({"root": "binary_tree", "k": "plain"}, "plain") == {"root": "binary_tree"}
    assert node_types(None, "plain") == {}


class Lying:
    """A node whose attributes are made afresh whenever they are asked for."""

    val = 1
    left = right = None

    @property
    def next(self):
        return Lying()


class Cycle:
    val = 1

    def __init__(self):
        self.next = self.left = self.right = self


class Shared:
    """A tree of 2 to the power of depth nodes that takes as many objects as it is deep."""

    def __init__(self, depth):
        self.val = depth
        self.left = self.right = Shared(depth - 1) if depth else None


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("linked_list", Lying(), "more than"),
        ("linked_list", Cycle(), "a cycle"),
        ("binary_tree", Cycle(), "a cycle"),
        ("binary_tree", Shared(60), "more than"),
        ("linked_list", [1, 2], "type list"),
        ("linked_list", 3, "type int"),
        ("binary_tree", "x", "type str"),
        ("linked_list[]", Lying(), "where a list is due"),
        ("linked_list[]", [Lying()], "more than"),
        ("linked_list[]", iter([Cycle()]), "where a list is due"),
    ],
)
def test_nodes_that_lie_end_at_the_bound(monkeypatch, kind, value, says):
    monkeypatch.setattr(nodes, "NODES_LIMIT", 5_000)
    with pytest.raises(NotPlain, match=says):
        Nodes({nodes.RESULT: kind}).plain(value)


def test_branches_may_be_shared_as_memoised_trees_share_them():
    assert Nodes({nodes.RESULT: "binary_tree"}).plain(Shared(2)) == [2, 1, 1, 0, 0, 0, 0]
    leaf = Shared(0)
    assert Nodes({nodes.RESULT: "binary_tree[]"}).plain([leaf, leaf, None]) == [[0], [0], []]


class Own:
    def __init__(self, val=0, next=None):  # noqa: A002 - LeetCode's name
        self.val, self.next = val, next


class NeedsBoth:
    def __init__(self, val, next):  # noqa: A002 - LeetCode's name
        self.val, self.next = val, next


class OtherNames:
    def __init__(self, data=0):
        self.data = data


class Raises:
    def __init__(self, val=0):
        raise KeyError(val)


class Fixed:
    val = 7
    __slots__ = ()

    def __init__(self, val=0):
        pass


@pytest.mark.parametrize(
    ("own", "used"),
    [
        (Own, True),
        (NeedsBoth, False),
        (OtherNames, False),
        (Raises, False),
        (Fixed, False),
        (3, False),
    ],
)
def test_a_class_of_the_programs_own_is_used_when_it_makes_nodes(own, used):
    guest = Nodes({"0": "linked_list"})
    namespace = {}
    guest.offer(namespace)
    given = namespace["ListNode"]
    namespace["ListNode"] = own
    arguments = [[1, 2]]
    guest.build(namespace, arguments, {})
    assert type(arguments[0]) is (own if used else given)
    assert arguments[0].next.val == 2


def test_classes_are_fresh_for_every_run():
    guest, first, second = Nodes({"0": "linked_list"}), {}, {}
    guest.offer(first)
    first["ListNode"].__lt__ = lambda one, other: one.val < other.val
    guest.offer(second)
    assert "__lt__" not in vars(second["ListNode"])
    plain = {}
    Nodes({}).offer(plain)
    assert plain == {}


def test_node_types_are_for_call_tests_alone():
    parameters = Programs.parameters_type.model_validate(
        {
            "language": "python",
            "tests": [{"stdin": "", "expected": ""}],
            "result_type": "linked_list",
        }
    )
    with pytest.raises(BadTask, match="argument_types"):
        Programs().prepare(parameters)


def test_a_prepared_task_holds_the_canonical_list():
    parameters = Programs.parameters_type.model_validate(
        {
            "language": "python",
            "entry_point": "f",
            "tests": [{"arguments": [[1, None, 2, None]], "expected": [1, None, None]}],
            "argument_types": ["binary_tree"],
            "result_type": "binary_tree",
        }
    )
    prepared = Programs().prepare(parameters)
    assert prepared.expected == [[1]]
    assert prepared.node_types == {"0": "binary_tree", "return": "binary_tree"}
