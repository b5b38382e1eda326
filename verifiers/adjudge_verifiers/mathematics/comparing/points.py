"""Points whose coordinates are given by name."""

from __future__ import annotations

from adjudge_verifiers.mathematics.syntax import Node, Relation, Sequence, Symbol


def grouped(items: list[Node], joints: list[str]) -> tuple[Node, ...]:
    """``p = 5, q = 2; p = 7, q = 2`` is two points and not four numbers."""
    if "," not in joints or not any(joint not in ("", ",") for joint in joints):
        return tuple(items)
    groups: list[list[Node]] = []
    for item, joint in zip(items, joints, strict=True):
        if joint == "," and groups:
            groups[-1].append(item)
        else:
            groups.append([item])
    labelled = all(isinstance(item, Relation) and item.operators == ("=",) for item in items)
    if not labelled or len({len(group) for group in groups}) != 1:
        return tuple(items)
    return tuple(Sequence(tuple(group), "(", ")") for group in groups)


def arranged(node: Node, names: Node | None) -> Node:
    """``c = 3, a = 1, b = 2`` as the tuple of the values, in the order of ``names`` or of A to Z.

    Other nodes stay as they are.
    """
    values: dict[str, Node] = {}
    for item in node.parts:
        match item:
            case Relation(sides=(Symbol(name=name), value), operators=("=",)):
                values[name] = value
    if len(values) < 2 or len(values) != len(node.parts):  # noqa: PLR2004 - a point
        return node
    order = sorted(values)
    if isinstance(names, Sequence):
        order = [part.name for part in names.items if isinstance(part, Symbol)]
    if sorted(order) != sorted(values):
        return node
    return Sequence(tuple(values[name] for name in order), "(", ")")
