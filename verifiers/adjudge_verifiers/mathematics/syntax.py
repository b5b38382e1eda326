"""The syntax tree: what a mathematical answer says, without how it was written."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flint import fmpq


class Node:
    """A part of an answer. Nodes are frozen and compare by value."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes directly below this one."""
        return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.parts)


@dataclasses.dataclass(frozen=True, slots=True)
class Number(Node):
    """A written number. ``places``: digits after the decimal point, -1 for an integer."""

    value: fmpq
    places: int = -1


@dataclasses.dataclass(frozen=True, slots=True)
class Symbol(Node):
    """A variable, with its subscript and primes: ``x``, ``x_1``, ``alpha``, ``f'``."""

    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Constant(Node):
    """``pi``, ``e``, ``i``, ``oo`` (infinity) or a set of numbers: ``R``, ``Z``, ``N``, …."""

    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Word(Node):
    """A word or sentence as it was written, case and all."""

    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Based(Node):
    """A numeral with a written base: ``204_5``."""

    digits: str
    base: int


@dataclasses.dataclass(frozen=True, slots=True)
class Sum(Node):
    """A sum of two or more terms."""

    terms: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The terms."""
        return self.terms


@dataclasses.dataclass(frozen=True, slots=True)
class Product(Node):
    """A product of two or more factors."""

    factors: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The factors."""
        return self.factors


@dataclasses.dataclass(frozen=True, slots=True)
class Negative(Node):
    """Minus something."""

    inner: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is negated."""
        return (self.inner,)


@dataclasses.dataclass(frozen=True, slots=True)
class Quotient(Node):
    """A fraction or division."""

    numerator: Node
    denominator: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Numerator, denominator."""
        return (self.numerator, self.denominator)


@dataclasses.dataclass(frozen=True, slots=True)
class Power(Node):
    """``base`` to the ``exponent``; roots are powers with an exponent of 1/n."""

    base: Node
    exponent: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Base, exponent."""
        return (self.base, self.exponent)


@dataclasses.dataclass(frozen=True, slots=True)
class PlusMinus(Node):
    """``±inner``; ``upper`` is "+" for ± and "-" for ∓."""

    inner: Node
    upper: str

    @property
    def parts(self) -> tuple[Node, ...]:
        """What bears the sign."""
        return (self.inner,)


@dataclasses.dataclass(frozen=True, slots=True)
class Call(Node):
    """A known function: ``sin``, ``log`` (argument, base), ``factorial``, ``floor`` and more."""

    name: str
    arguments: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments


@dataclasses.dataclass(frozen=True, slots=True)
class Apply(Node):
    """An unknown function of something: ``f(x)``."""

    name: str
    arguments: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments


@dataclasses.dataclass(frozen=True, slots=True)
class Deferred(Node):
    """An integral, sum, product, limit, derivative or determinant that was left to the reader.

    ``arguments``: the body, then its bounds (of a limit the point, of a derivative the order).
    ``variable``: the bound name, the same whatever it was called (of a derivative its own name);
    "" where none was understood.
    """

    kind: str
    arguments: tuple[Node, ...]
    variable: str = ""

    @property
    def parts(self) -> tuple[Node, ...]:
        """The body, then its bounds."""
        return self.arguments


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity(Node):
    """A value with its unit as written: ``5 cm``, ``30°``, ``40 %``, ``12 apples``."""

    value: Node
    unit: str

    @property
    def parts(self) -> tuple[Node, ...]:
        """The value."""
        return (self.value,)


@dataclasses.dataclass(frozen=True, slots=True)
class Sequence(Node):
    """Items between round or square brackets: a point, a vector, an interval."""

    items: tuple[Node, ...]
    opening: str
    closing: str

    @property
    def parts(self) -> tuple[Node, ...]:
        """The items."""
        return self.items


@dataclasses.dataclass(frozen=True, slots=True)
class SetOf(Node):
    """Items between braces; none for the empty set.

    ``grouped``: between braces that LaTeX does not print, so that it may also be a list.
    """

    items: tuple[Node, ...]
    grouped: bool = dataclasses.field(default=False, compare=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """The items."""
        return self.items


@dataclasses.dataclass(frozen=True, slots=True)
class Builder(Node):
    """``{variable | condition}``."""

    variable: Node
    condition: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Variable, condition."""
        return (self.variable, self.condition)


@dataclasses.dataclass(frozen=True, slots=True)
class Listing(Node):
    """Items side by side without brackets. ``joint`` is ",", "and" or "or"."""

    items: tuple[Node, ...]
    joint: str = ","

    @property
    def parts(self) -> tuple[Node, ...]:
        """The items."""
        return self.items


@dataclasses.dataclass(frozen=True, slots=True)
class Matrix(Node):
    """Rows of entries."""

    rows: tuple[tuple[Node, ...], ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """All entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)


@dataclasses.dataclass(frozen=True, slots=True)
class Relation(Node):
    """``sides[0] operators[0] sides[1] …``: "=", "!=", "<", "<=", ">", ">=", "~", "in", "mod"."""

    sides: tuple[Node, ...]
    operators: tuple[str, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The sides."""
        return self.sides


@dataclasses.dataclass(frozen=True, slots=True)
class Modular(Node):
    """``value (mod modulus)``."""

    value: Node
    modulus: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Value, modulus."""
        return (self.value, self.modulus)


@dataclasses.dataclass(frozen=True, slots=True)
class Combined(Node):
    """Sets joined by "union", "intersection" or "difference"."""

    operator: str
    sets: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The sets."""
        return self.sets


@dataclasses.dataclass(frozen=True, slots=True)
class Ratio(Node):
    """``a : b : c``, or a time of day."""

    items: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The items."""
        return self.items


def negated(node: Node) -> Node:
    """Minus the node, without a double minus; a unit stays outside."""
    if isinstance(node, Quantity):
        return Quantity(negated(node.value), node.unit)
    return node.inner if isinstance(node, Negative) else Negative(node)
