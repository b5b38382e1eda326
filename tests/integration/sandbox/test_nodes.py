# ruff: noqa: E501 - whole programs, one line each
"""Linked lists and binary trees of candidates in the jail."""

import pytest

from adjudge_verifiers.programs.verifier import Programs

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]

REVERSE = """
class Solution:
    def f(self, head: "Optional[ListNode]"):
        last = None
        while head:
            head.next, last, head = last, head, head.next
        return last
"""
INVERT = """
from typing import Optional
def f(root: Optional[TreeNode]) -> Optional[TreeNode]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node:
            node.left, node.right = node.right, node.left
            stack += [node.left, node.right]
    return root
"""
OWN_CLASS = """
class ListNode:
    def __init__(self, x):
        self.val = x
        self.next = None
def f(head):
    assert type(head) is ListNode
    return head
"""
MERGE = """
import heapq
ListNode.__lt__ = lambda one, other: one.val < other.val
def f(lists):
    heap = [each for each in lists if each]
    heapq.heapify(heap)
    first = last = ListNode()
    while heap:
        node = heapq.heappop(heap)
        last.next = last = node
        if node.next:
            heapq.heappush(heap, node.next)
    return first.next
"""
DEEP = [0, *(each for number in range(1, 100_000) for each in (None, number))]
DEEP_LEFT = [0, *(each for number in range(1, 100_000) for each in (number, None))][:-1]
LIST, TREE = "linked_list", "binary_tree"


def judge(sandbox, source, tests, argument, result=None):
    """The verdict of a program that takes and returns one thing; ``tests`` are pairs."""
    verifier = Programs()
    parameters = {
        "language": "python",
        "entry_point": "f",
        "tests": [{"arguments": [given], "expected": wanted} for given, wanted in tests],
        "argument_types": [argument],
        "result_type": result or argument,
        "limits": {"cpu_seconds": 2.0, "wall_seconds": 8.0},
    }
    prepared = verifier.prepare(verifier.parameters_type.model_validate(parameters))
    return verifier.judge(prepared, f"```python\n{source}\n```", sandbox)


@pytest.mark.parametrize(
    ("source", "tests", "argument", "result"),
    [
        (REVERSE, [([1, 2, 3], [3, 2, 1]), ([], []), (None, None)], LIST, LIST),
        (REVERSE, [(list(range(100_000)), list(range(100_000))[::-1])], LIST, LIST),
        (INVERT, [([4, 2, 7, 1], [4, 7, 2, None, None, None, 1]), ([], [])], TREE, TREE),
        (INVERT, [(DEEP, DEEP_LEFT)], TREE, TREE),
        (OWN_CLASS, [([1, 2], [1, 2])], LIST, LIST),
        (MERGE, [([[1, 4], [1, 3], []], [1, 1, 3, 4]), ([], [])], "linked_list[]", LIST),
        ("def f(head): return [head, head.next]", [([1, 2], [[1, 2], [2]])], LIST, "linked_list[]"),
        ("def f(head): return head.val", [([1, 2], 1)], LIST, "plain"),
        ("def f(n): return ListNode(n, ListNode(0.5))", [(3, [3, 0.5])], "plain", LIST),
    ],
)
def test_honest_programs_on_nodes_are_correct(sandbox, source, tests, argument, result):
    verdict = judge(sandbox, source, tests, argument, result)
    assert verdict.outcome.name == "CORRECT", verdict


HOSTILE = {
    "a cycle": "def f(head):\n    head.next = head\n    return head",
    "nodes without end": "class N:\n    val = 1\n    next = property(lambda self: N())\ndef f(head): return N()",
    "a list": "def f(head): return [1, 2, 3]",
    "nothing": "def f(head): return None",
    "values that are equal to everything": "class E(int):\n    __eq__ = lambda *_: True\n    __hash__ = int.__hash__\ndef f(head): return ListNode(E(1), ListNode(E(1), ListNode(E(1))))",
    "a class that lies": "class N(list):\n    __class__ = property(lambda self: ListNode)\ndef f(head): return N([1, 2, 3])",
    "attributes that raise": "class N:\n    @property\n    def val(self): raise SystemExit(0)\n    next = None\ndef f(head): return N()",
    "attributes that exit": "import os\nclass N:\n    @property\n    def val(self): os._exit(0)\n    next = None\ndef f(head): return N()",
    "a walk that is replaced": "import sys\nfor module in list(sys.modules.values()):\n    for name in ('Nodes', 'nodes', 'values'):\n        try: setattr(module, name, None)\n        except Exception: pass\ndef f(head): return head",
    "a constructor without end": "class ListNode:\n    def __init__(self, val=0):\n        while True: pass\ndef f(head): return head",
    "nodes that eat memory": "class N:\n    val = 1\n    @property\n    def next(self): return N()\n    def __init__(self): self.fat = bytearray(1 << 20)\ndef f(head): return N()",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_nodes_buy_nothing(sandbox, name):
    verdict = judge(sandbox, HOSTILE[name], [([1, 2, 3], [3, 2, 1])], LIST)
    assert verdict.outcome.bears_reward
    assert verdict.outcome.name not in {"CORRECT", "PARTIAL"}
    honest = judge(sandbox, REVERSE, [([1, 2, 3], [3, 2, 1])], LIST)
    assert honest.outcome.name == "CORRECT"
