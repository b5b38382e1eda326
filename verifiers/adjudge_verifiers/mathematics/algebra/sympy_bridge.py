"""The last rung: SymPy, on expressions built from our own tree and of bounded size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.algebra import exact
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Constant,
    Deferred,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER_BITS = 256
_EXPONENT = 64
_CALLS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc",
    "asin": "asin", "acos": "acos", "atan": "atan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "abs": "Abs", "floor": "floor", "ceil": "ceiling", "factorial": "factorial",
    "binomial": "binomial", "log": "log", "gcd": "gcd", "lcm": "lcm", "min": "Min", "max": "Max",
    "sgn": "sign",
}  # fmt: skip


_EXPANDED = ("factorial", "binomial")
"""Functions that SymPy writes out as products: (1000 a)! has a thousand factors more than a!."""
_MOST_FACTORS = 24


class _TooMuch(Exception):
    """Raised when an expression is too large for SymPy or has no counterpart there."""


def warm() -> None:
    """Load SymPy, and what its ``simplify`` loads at its first call."""
    import sympy.physics.units  # noqa: F401, PLC0415 - loaded where it is used


def equal(left: Node, right: Node) -> bool | None:
    """True when SymPy proves equality, None when it cannot."""
    nodes = [*walk(left), *walk(right)]
    if len(nodes) > limits.SYMPY_NODES:
        return None
    if all(any(isinstance(part, Deferred) for part in walk(side)) for side in (left, right)):
        return None  # two series or limits to work out are too much
    import sympy  # noqa: PLC0415 - loaded on first need

    try:
        difference = _build(left, sympy) - _build(right, sympy)
        return True if sympy.simplify(difference) == 0 else None
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - SymPy raises anything; what it cannot do stays undecided
        return None


def _has_large_number(node: Node) -> bool:
    return any(isinstance(part, Number) and abs(part.value) > _MOST_FACTORS for part in walk(node))


def _build(node: Node, sympy: Any) -> Any:  # noqa: C901, PLR0911, PLR0912 - a line for each kind of node
    match node:
        case Number(value=value):
            if max(int(value.p).bit_length(), int(value.q).bit_length()) > _NUMBER_BITS:
                raise _TooMuch
            return sympy.Rational(int(value.p), int(value.q))
        case Symbol(name=name):
            return sympy.Symbol(name, real=True)
        case Constant(name=name) if name in ("pi", "e", "i", "oo"):
            return {"pi": sympy.pi, "e": sympy.E, "i": sympy.I, "oo": sympy.oo}[name]
        case Negative(inner=inner):
            return -_build(inner, sympy)
        case Sum(terms=terms):
            return sympy.Add(*(_build(term, sympy) for term in terms))
        case Product(factors=factors):
            return sympy.Mul(*(_build(factor, sympy) for factor in factors))
        case Quotient(numerator=top, denominator=bottom):
            return _build(top, sympy) / _build(bottom, sympy)
        case Power(base=base, exponent=exponent):
            size = exact.rational(exponent)
            if size is None and not any(isinstance(part, Symbol) for part in walk(exponent)):
                raise _TooMuch
            if size is not None and (abs(size) > _EXPONENT or size.q > _EXPONENT):
                raise _TooMuch
            return _build(base, sympy) ** _build(exponent, sympy)
        case Call(name=name, arguments=arguments) if name in _CALLS:
            for argument in arguments:
                size = exact.rational(argument)
                if size is not None and abs(size) > _EXPONENT**2:
                    raise _TooMuch
                if name in _EXPANDED and _has_large_number(argument):
                    raise _TooMuch
            function: Callable[..., Any] = getattr(sympy, _CALLS[name])
            return function(*(_build(argument, sympy) for argument in arguments))
        case Deferred(kind=kind, arguments=(body, *bounds), variable=name) if name:
            return _worked_out(kind, body, bounds, name, sympy)
    raise _TooMuch


def _worked_out(kind: str, body: Node, bounds: list[Node], name: str, sympy: Any) -> Any:
    """A limit, sum, product or integral as SymPy works it out."""
    variable = sympy.Symbol(name, real=True)
    inside, ends = _build(body, sympy), [_build(bound, sympy) for bound in bounds]
    if kind == "limit" and len(ends) == 1:
        return sympy.limit(inside, variable, ends[0])
    if kind in ("sum", "product") and len(ends) == 2:  # noqa: PLR2004 - both bounds
        index = sympy.Symbol(name, integer=True)
        inside = inside.subs(variable, index)
        form = sympy.Sum if kind == "sum" else sympy.Product
        return form(inside, (index, *ends)).doit()
    if kind == "integral" and len(ends) == 2:  # noqa: PLR2004 - both bounds
        return sympy.integrate(inside, (variable, *ends))
    raise _TooMuch
