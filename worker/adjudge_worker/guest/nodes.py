r"""Linked lists and binary trees of call tests, as LeetCode writes and defines them.

A linked list is the list of its values. A binary tree is its values level by level, with None where
a child is missing and nothing for the children of None; Nones at the end are left out:

        1
       / \
      2   3        [1, 2, 3, None, 4]
       \
        4

Nodes are built in the candidate's process, from its own class where that is compatible, and what
the call returned is walked there too. The candidate may make its nodes lie; the walk then ends at
its bound and finds nothing that the candidate could not have returned as a plain list.
"""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING, Any, Final

from adjudge_worker.guest.values import NotPlain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

RESULT: Final = "return"
"""Key of the result's type; positional arguments have their position, "0" on, others their name."""

NODES_LIMIT = 500_000
"""Most nodes that one result may hold; a cycle in a tree ends there as well."""

_LIST, _TREE = "linked_list", "binary_tree"
_NAMES: Final = {_LIST: "ListNode", _TREE: "TreeNode"}


class Nodes:
    """The node types of one task, and their classes in one run."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self._types = types
        self._given: dict[str, type] = {}

    def offer(self, namespace: dict[str, Any]) -> None:
        """Give the program fresh classes, before it runs: it may change them."""
        if self._types:
            self._given = dict(zip(_NAMES.values(), _fresh_classes(), strict=True))
            namespace.update(self._given)

    def build(
        self, namespace: Mapping[str, Any], positional: list[Any], by_keyword: dict[str, Any]
    ) -> None:
        """Turn the arguments that are written as nodes into nodes, in place."""
        for key, kind in self._types.items():
            if key == RESULT:
                continue
            if key.isdecimal():
                if int(key) < len(positional):
                    positional[int(key)] = self._built(namespace, kind, positional[int(key)])
            elif key in by_keyword:
                by_keyword[key] = self._built(namespace, kind, by_keyword[key])

    def plain(self, value: Any) -> Any:
        """What the call returned, with nodes as they are written.

        Raises NotPlain for what is no such list or tree, or has too many nodes; and whatever the
        candidate's own attributes raise.
        """
        kind, several = _split(self._types.get(RESULT, "plain"))
        if kind == "plain":
            return value
        left = [NODES_LIMIT]
        walk = _list_values if kind == _LIST else _tree_values
        if not several:
            return list(walk(value, left))
        if type(value) not in {list, tuple}:
            raise NotPlain(f"a value of type {type(value).__name__} where a list is due")
        return [list(walk(each, left)) for each in value]

    def _built(self, namespace: Mapping[str, Any], kind: str, value: Any) -> Any:
        kind, several = _split(kind)
        if kind == "plain" or value is None:
            return value
        make = _compatible(namespace.get(_NAMES[kind]), kind) or self._given[_NAMES[kind]]
        build = _linked_list if kind == _LIST else _binary_tree
        return [build(each or [], make) for each in value] if several else build(value, make)


def _split(kind: str) -> tuple[str, bool]:
    """The type without "[]", and whether that stood there."""
    return kind.removesuffix("[]"), kind.endswith("[]")


def _fresh_classes() -> tuple[type, type]:
    """LeetCode's own definitions."""

    class ListNode:
        def __init__(self, val: Any = 0, next: Any = None) -> None:  # noqa: A002 - LeetCode's name
            self.val = val
            self.next = next

    class TreeNode:
        def __init__(self, val: Any = 0, left: Any = None, right: Any = None) -> None:
            self.val = val
            self.left = left
            self.right = right

    for one in (ListNode, TreeNode):
        one.__module__, one.__qualname__ = "solution", one.__name__
    return ListNode, TreeNode


def _compatible(own: Any, kind: str) -> Callable[[Any], Any] | None:
    """The program's class, when it makes a node of a value; else None."""
    if not isinstance(own, type):
        return None
    mark = "a value"
    try:
        node: Any = own(mark)
        for link in ("next",) if kind == _LIST else ("left", "right"):
            setattr(node, link, None)
        fits = node.val is mark
    except Exception:  # noqa: BLE001 - the candidate's, whatever it is
        return None
    return own if fits else None


def _linked_list(values: list[Any], make: Callable[[Any], Any]) -> Any:
    head = None
    for value in reversed(values):
        node = make(value)
        node.next = head
        head = node
    return head


def _binary_tree(values: list[Any], make: Callable[[Any], Any]) -> Any:
    """The tree of values that the worker has checked."""
    if not values:
        return None
    root = _leaf(values[0], make)
    parents = collections.deque([root])
    for position in range(1, len(values), 2):
        parent = parents.popleft()
        for link, value in zip(("left", "right"), values[position : position + 2], strict=False):
            if value is not None:
                child = _leaf(value, make)
                setattr(parent, link, child)
                parents.append(child)
    return root


def _leaf(value: Any, make: Callable[[Any], Any]) -> Any:
    node = make(value)
    node.left = node.right = None
    return node


def _list_values(node: Any, left: list[int]) -> Iterator[Any]:
    """The values of a linked list. ``left`` counts down the nodes that are still allowed."""
    seen: dict[int, Any] = {}  # holds the nodes, so that no identity is used twice
    while node is not None:
        if id(node) in seen:
            raise NotPlain("a linked list with a cycle")
        seen[id(node)] = node
        _count(left)
        value, following = _attributes(node, _LIST, "val", "next")
        yield value
        node = following


def _tree_values(root: Any, left: list[int]) -> list[Any]:
    """The values of a tree. Trees may share branches, as memoised ones do."""
    values: list[Any] = []
    level = collections.deque([root])
    while level:
        node = level.popleft()
        if node is None:
            values.append(None)
            continue
        _count(left)
        value, *children = _attributes(node, _TREE, "val", "left", "right")
        values.append(value)
        level.extend(children)
    while values and values[-1] is None:
        values.pop()
    return values


def _attributes(node: Any, kind: str, *names: str) -> list[Any]:
    try:
        return [getattr(node, name) for name in names]
    except AttributeError as error:
        due = kind.replace("_", " ")
        raise NotPlain(
            f"a value of type {type(node).__name__:.100} where a {due} is due"
        ) from error


def _count(left: list[int]) -> None:
    if not left[0]:
        raise NotPlain(f"more than {NODES_LIMIT:,} nodes, or a cycle of them")
    left[0] -= 1
