"""Derivatives of expressions, by the rules of every textbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.rewriting import symbols
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_FACTORS = 1_000
"""Most factors of all terms of the derivative of one product."""
_ZERO, _ONE, _TWO = (Number(fmpq(value)) for value in (0, 1, 2))


class NoDerivative(Exception):
    """Raised when an expression has a part whose derivative has no rule here."""


def derivative(  # noqa: C901, PLR0911 - one line for each rule
    node: Node, name: str
) -> Node:
    """The derivative by one name. Raises NoDerivative."""
    if name not in symbols(node):
        return _ZERO
    match node:
        case Symbol():
            return _ONE
        case Negative(inner=inner):
            return Negative(derivative(inner, name))
        case Sum(terms=terms):
            return Sum(tuple(derivative(term, name) for term in terms))
        case Product(factors=factors):
            return _of_product(factors, name)
        case Quotient(numerator=top, denominator=bottom):
            above = Sum(
                (
                    Product((derivative(top, name), bottom)),
                    Negative(Product((top, derivative(bottom, name)))),
                )
            )
            return Quotient(above, Power(bottom, _TWO))
        case Power(base=base, exponent=exponent):
            return _of_power(base, exponent, name)
        case Call(name="root", arguments=(radicand, degree)) if name not in symbols(degree):
            return _of_power(radicand, Quotient(_ONE, degree), name)
        case Call(name="log", arguments=(Call(name="abs", arguments=inside),)):
            return derivative(Call("log", inside), name)
        case Call(name=function, arguments=(inner,)) if function in _OUTER:
            return Product((_outer(function, inner), derivative(inner, name)))
        case Call(name="log", arguments=(inner, base)):
            return derivative(Quotient(Call("log", (inner,)), Call("log", (base,))), name)
    raise NoDerivative


def _of_product(factors: tuple[Node, ...], name: str) -> Node:
    """A term for each factor that the name is in. Raises NoDerivative for too many."""
    at = [index for index, factor in enumerate(factors) if name in symbols(factor)]
    if len(at) * len(factors) > _MOST_FACTORS:
        raise NoDerivative
    terms = [
        Product((*factors[:one], derivative(factors[one], name), *factors[one + 1 :])) for one in at
    ]
    return Sum(tuple(terms)) if len(terms) > 1 else terms[0]


def _of_power(base: Node, exponent: Node, name: str) -> Node:
    if name not in symbols(exponent):
        lower = Power(base, Sum((exponent, Negative(_ONE))))
        return Product((exponent, lower, derivative(base, name)))
    if base == Constant("e"):
        return Product((Power(base, exponent), derivative(exponent, name)))
    logarithm = Product((exponent, Call("log", (base,))))
    return Product((Power(base, exponent), derivative(logarithm, name)))


def _outer(function: str, inner: Node) -> Node:
    """The derivative of a function at ``inner``."""
    return _OUTER[function](inner)


def _call(name: str, inner: Node) -> Node:
    return Call(name, (inner,))


def _square(node: Node) -> Node:
    return Power(node, _TWO)


def _root(node: Node) -> Node:
    return Power(node, Number(fmpq(1, 2)))


def _less(node: Node) -> Node:
    return Sum((_ONE, Negative(node)))


_OUTER: dict[str, Callable[[Node], Node]] = {
    "sin": lambda x: _call("cos", x),
    "cos": lambda x: Negative(_call("sin", x)),
    "tan": lambda x: _square(_call("sec", x)),
    "cot": lambda x: Negative(_square(_call("csc", x))),
    "sec": lambda x: Product((_call("sec", x), _call("tan", x))),
    "csc": lambda x: Negative(Product((_call("csc", x), _call("cot", x)))),
    "sinh": lambda x: _call("cosh", x),
    "cosh": lambda x: _call("sinh", x),
    "tanh": lambda x: _less(_square(_call("tanh", x))),
    "asin": lambda x: Quotient(_ONE, _root(_less(_square(x)))),
    "acos": lambda x: Negative(Quotient(_ONE, _root(_less(_square(x))))),
    "atan": lambda x: Quotient(_ONE, Sum((_ONE, _square(x)))),
    "asinh": lambda x: Quotient(_ONE, _root(Sum((_square(x), _ONE)))),
    "acosh": lambda x: Quotient(_ONE, _root(Sum((_square(x), Negative(_ONE))))),
    "atanh": lambda x: Quotient(_ONE, _less(_square(x))),
    "log": lambda x: Quotient(_ONE, x),
    "abs": lambda x: Quotient(x, _call("abs", x)),
}
