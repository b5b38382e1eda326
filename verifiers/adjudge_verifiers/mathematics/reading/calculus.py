"""The grammar of fractions and of what is left to be worked out: sums, integrals, limits."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.rewriting import rebuild
from adjudge_verifiers.mathematics.reading.functions import FunctionParser
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Constant,
    Deferred,
    Negative,
    Node,
    Number,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    walk,
)

_ONE = Number(fmpq(1))
_D = (("sym", "d"), ("sym", "partial"))
_LONGEST_DIFFERENTIAL = 8
"""Tokens of the longest ``{d^2 y}``."""


class CalculusParser(FunctionParser):
    """Parses fractions, which may be derivatives, and big operators with their bounds."""

    __slots__ = ()

    def fraction(self) -> Node:
        r"""``\frac{a}{b}``, ``\binom{n}{k}``; ``\frac{dy}{dx}`` is ``y'``."""
        name = self.advance()[0]
        if name == "frac" and (found := self._differentiation()) is not None:
            return found
        top = self.argument(digit=True)
        bottom = self.argument(digit=True)
        return Quotient(top, bottom) if name == "frac" else Call("binomial", (top, bottom))

    def _differentiation(self) -> Node | None:
        """What follows as ``{d}{dx}``, ``{d^2}{dx^2}`` or ``{dy}{dx}``; None otherwise."""
        if self.kind != "{" or self.tokens[self.position + 1][:2] not in _D:
            return None
        above, after = self._group(self.position)
        below, end = self._group(after)
        kinds = [kind for kind, _ in below]  # dx, dx^2
        if kinds not in (["sym"] * 2, ["sym", "sym", "^", "num"]) or below[0] not in _D:
            return None
        variable, order = str(below[1][1]), below[3][1] if len(below) > 2 else _ONE  # noqa: PLR2004
        rest = above[3:] if above[1:2] == [("^", None)] else above[1:]
        if not isinstance(order, Number) or any(kind != "sym" for kind, _ in rest) or len(rest) > 1:
            return None
        self.position = end
        if rest:
            return Symbol(str(rest[0][1]) + "'" * min(int(order.value.p), 3))
        return Deferred("derivative", (self.product(), order), variable)

    def _group(self, at: int) -> tuple[list[tuple[str, object]], int]:
        """The tokens of a short braced group without its braces, and where it ends."""
        inside: list[tuple[str, object]] = []
        level = 0
        for position in range(at, min(at + _LONGEST_DIFFERENTIAL, len(self.tokens))):
            kind, value, _ = self.tokens[position]
            level += (kind == "{") - (kind == "}")
            if level == 0:
                return (inside, position + 1) if kind == "}" else ([], at)
            if kind not in ("{", "}"):
                inside.append((kind, value))
        return [], at

    def deferred(self) -> Node:
        r"""``\int_0^1 x\,dx``, ``\sum_{k=1}^n k``, ``\lim_{x\to0} x``."""
        kind = str(self.advance()[1])
        variable = ""
        lower: tuple[Node, ...] = ()
        upper: tuple[Node, ...] = ()
        for _ in range(2):
            if self.kind == "_":
                self.advance()
                variable, low = self._approach() if kind == "limit" else self._start()
                lower = (low,)
            elif self.kind == "^":
                self.advance()
                upper = (self.argument(),)
        if kind == "integral":
            body, variable = self._integrand()
            if variable and not (lower or upper):
                return Deferred(kind, (body,), variable)
        else:
            body = self.product()
        if not variable:
            return Deferred(kind, (body, *lower, *upper))
        inner = sum(isinstance(part, Deferred) for part in walk(body))
        bound = "#" * (1 + inner)
        return Deferred(kind, (_bind(body, variable, bound), *lower, *upper), bound)

    def _start(self) -> tuple[str, Node]:
        """The index and first value of a sum; no name for other lower bounds."""
        node = self.argument()
        match node:
            case Relation(
                sides=(Symbol(name=name) | Constant(name="i" as name), first), operators=("=",)
            ):
                return name, first
        return "", node

    def _approach(self) -> tuple[str, Node]:
        """The name and the point that it goes to; no name for other lower bounds."""
        ahead = [token[0] for token in self.tokens[self.position : self.position + 3]]
        if ahead != ["{", "sym", "arrow"]:
            return "", self.argument()
        name = str(self.tokens[self.position + 1][1])
        self.position += 3
        one_sided = self.peek(1) == "^" and ("+" in (self.peek(2), self.peek(3)))
        one_sided |= self.peek(1) == "^" and ("-" in (self.peek(2), self.peek(3)))
        if not one_sided:
            point = self.sum()
            self.expect("}")
            return name, point
        point = self.primary()
        while self.kind != "}":
            self.advance()
        self.advance()
        if self.kind == "}":
            self.advance()
        return "", point

    def _integrand(self) -> tuple[Node, str]:
        """What is integrated, and by which name; "" when no differential is found."""
        start = self.position
        self.integrals += 1
        for read in (self.sum, self.product):
            self.position = start
            node = read()
            found = _without_differential(node)
            if found is not None:
                break
        self.integrals -= 1
        return found or (node, "")


def _bind(node: Node, name: str, bound: str) -> Node:
    """The body with its bound name renamed; ``i`` is no imaginary unit under a sum over ``i``."""
    if node == Constant("i") and name == "i":
        return Symbol(bound)
    if isinstance(node, Symbol):
        return Symbol(bound) if node.name == name else node
    parts = node.parts
    return rebuild(node, tuple(_bind(part, name, bound) for part in parts)) if parts else node


def _without_differential(node: Node) -> tuple[Node, str] | None:
    """An integrand and the name behind its ``d``; None when none is there."""
    match node:
        case Product(factors=(*rest, Symbol(name="d"), Symbol(name=name))):
            return (Product(tuple(rest)) if len(rest) > 1 else rest[0] if rest else _ONE), name
        case Quotient(numerator=top, denominator=bottom):
            found = _without_differential(top)
            return found and (Quotient(found[0], bottom), found[1])
        case Negative(inner=inner):
            found = _without_differential(inner)
            return found and (Negative(found[0]), found[1])
        case Sum(terms=(*terms, last)):
            found = _without_differential(last)
            return found and (Sum((*terms, found[0])), found[1])
    return None
