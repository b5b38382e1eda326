"""Which of the candidate's classes the test code means as classes, told from the test code alone.

A candidate chooses whether a name is a function or a class; the author of the tests chose the name.
By PEP 8 a class is written in CapWords; a name that is the entry point is a function, whatever it
looks like. Objects that the tests construct by such a name may be compared with plain data and used
in arithmetic with it, as ``Fraction(1, 2) == 0.5`` means.
"""

from __future__ import annotations

import ast


def class_names(code: str, entry_point: str | None) -> set[str]:
    """The names in CapWords that the code uses."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                names.add(name)
    return {name for name in names if name.lstrip("_")[:1].isupper() and name != entry_point}


def may_stop(code: str) -> bool:
    """Whether the code knows of StopIteration, by name or by what raises it for a generator."""
    known = {"StopIteration", "StopAsyncIteration", "send", "throw", "asend", "athrow"}
    return any(
        (isinstance(node, ast.Name) and node.id in known)
        or (isinstance(node, ast.Attribute) and node.attr in known)
        for node in ast.walk(ast.parse(code))
    )


def bound_names(code: str) -> set[str]:
    """The names that the code binds itself as a module: they are never the candidate's."""
    names = set()
    nodes: list[ast.AST] = [ast.parse(code)]
    while nodes:
        node = nodes.pop()
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.alias(name=name, asname=other) if name != "*":
                names.add(other or name.partition(".")[0])
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
                continue
            case ast.ClassDef(name=name):
                names.add(name)
                continue
            case ast.Lambda():
                continue
        nodes += ast.iter_child_nodes(node)
    return names
