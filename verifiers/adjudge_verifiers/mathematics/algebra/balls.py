"""Ball arithmetic: values with proved error bounds, at one point.

A ball that excludes zero proves that two values differ. Source of the arithmetic: FLINT/Arb.
"""

from __future__ import annotations

import contextlib
import operator
from typing import TYPE_CHECKING

import flint
from flint import acb, arb, fmpq

from adjudge_verifiers.mathematics.algebra import exact
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Constant,
    Deferred,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Sum,
    Symbol,
    Word,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_HUGE_BITS = 1 << 20
_CLOSED_BITS = 128
_MOST_TERMS = 1_000
"""Longest sum that is added up."""
_MOST_NODES = 20_000
"""Most nodes that are evaluated for all terms of a sum, or values of an integrand."""
_MOST_NODES_AT_A_POINT = 800
"""The same where names have values: a hundred points may be asked."""
_MOST_VALUES = 2_000
"""Most values of an integrand."""


class NoValue(Exception):
    """Raised when an expression has no value at this point or is beyond ball arithmetic."""


@contextlib.contextmanager
def precision(bits: int) -> Iterator[None]:
    """Compute with this many bits inside the block."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


class Evaluation:
    """Evaluates expressions at one point.

    ``complex``: a value was not real on the way. ``height_bits``: the sum of the sizes of all
    intermediate values, by which precision must grow before agreement means anything.
    ``allowed``: how many nodes the sums and integrals inside may evaluate, nested ones together.
    """

    __slots__ = ("allowed", "analytic", "complex", "height_bits", "point")

    def __init__(
        self,
        point: Mapping[str, fmpq | acb],
        *,
        analytic: bool = False,
        allowed: int | None = None,
    ) -> None:
        self.point = point
        self.allowed = allowed or (_MOST_NODES_AT_A_POINT if point else _MOST_NODES)
        self.analytic = analytic
        self.complex = False
        self.height_bits = 0

    def value(self, node: Node) -> acb:
        """The value as a complex ball. Raises NoValue or Undefined."""
        result = self._value(node)
        if not result.is_finite():
            raise NoValue("no finite value")
        if result.imag != 0:
            self.complex = True
        self._measure(result)
        return result

    def _measure(self, result: acb) -> None:
        low, high = result.abs_lower(), result.abs_upper()
        for bound in (low, high):
            if bound > 0:
                _, exponent = bound.man_exp()
                size = abs(int(exponent) + bound.bits())
                if size > _HUGE_BITS:
                    raise NoValue("a value is too large or too small")
                self.height_bits += size

    def _value(self, node: Node) -> acb:  # noqa: C901, PLR0911, PLR0912 - a line for each kind of node
        match node:
            case Number(value=value):
                return acb(arb(value))
            case Symbol(name=name):
                if name not in self.point:
                    raise NoValue(f"{name} has no value")
                place = self.point[name]
                return place if isinstance(place, acb) else acb(arb(place))
            case Constant(name=name):
                if name not in _CONSTANTS:
                    raise NoValue(f"{name} is no number")
                return _CONSTANTS[name]()
            case Negative(inner=inner):
                return -self.value(inner)
            case Sum(terms=terms):
                total = acb(0)
                for term in terms:
                    total += self.value(term)
                return total
            case Product(factors=factors):
                total = acb(1)
                for factor in factors:
                    total *= self.value(factor)
                return total
            case Quotient(numerator=top, denominator=bottom):
                below = self.value(bottom)
                if below == 0:
                    raise NoValue("a division by zero")
                return self.value(top) / below
            case Power(base=base, exponent=exponent):
                return self._power(self.value(base), exponent)
            case Quantity(value=inner, unit="percent"):
                return self.value(inner) / 100
            case Quantity(value=inner, unit="degree"):
                return self.value(inner) * arb.pi() / 180
            case Call(name="root", arguments=(radicand, degree)):
                return self._power(self.value(radicand), Quotient(Number(exact.ONE), degree))
            case Call(name=name, arguments=arguments):
                function = _FUNCTIONS.get((name, len(arguments)))
                if function is None:
                    raise NoValue(f"no function {name}")
                if self.analytic and name not in _MEROMORPHIC:
                    return self._cut(name, arguments)
                return function(*(self.value(argument) for argument in arguments))
            case Deferred(variable=name, arguments=(body, low, high)) if name:
                return self._deferred(node, body, low, high)
            case Word(text=text) if text.isascii() and text.isalpha():
                product = acb(1)
                for letter in text:
                    product *= self.value(Constant(letter) if letter in "ei" else Symbol(letter))
                return product
        try:
            rational = exact.rational(node)
        except Undefined as error:
            raise NoValue(str(error)) from error
        if rational is None:
            raise NoValue(f"{type(node).__name__} has no value")
        return acb(arb(rational))

    def _deferred(self, node: Deferred, body: Node, low: Node, high: Node) -> acb:
        """A sum or product between whole numbers, or a definite integral."""
        ends = self.value(low), self.value(high)
        size = sum(1 for _ in walk(body))
        if node.kind == "integral":
            values = min(_MOST_VALUES, self.allowed // size)
            if values < 1:
                raise NoValue("too many values")
            inside = self.allowed // values
            return acb.integral(
                lambda at, analytic: self._integrand(
                    {**self.point, node.variable: at}, body, inside, analytic=analytic
                ),
                *ends,
                eval_limit=values,
            )
        first, last = (end.real.unique_fmpz() if end.imag == 0 else None for end in ends)
        if first is None or last is None or node.kind not in ("sum", "product"):
            raise NoValue(f"no {node.kind} between these bounds")
        count = int(last - first) + 1
        if count > _MOST_TERMS or count * size > self.allowed:
            raise NoValue("too many terms")
        total = acb(0 if node.kind == "sum" else 1)
        for index in range(int(first), int(last) + 1):
            inner = {**self.point, node.variable: fmpq(index)}
            part = Evaluation(inner, allowed=self.allowed // count)
            term = part.value(body)
            total = total + term if node.kind == "sum" else total * term
            self.complex |= part.complex
        return total

    @staticmethod
    def _integrand(
        point: Mapping[str, fmpq | acb], body: Node, allowed: int, *, analytic: bool
    ) -> acb:
        """The integrand near a point; not finite where it is not analytic but has to be."""
        inner = Evaluation(point, analytic=analytic, allowed=allowed)
        try:
            return inner.value(body)
        except NoValue:
            return acb("nan")

    def _power(  # noqa: PLR0911 - one return for each kind of power
        self, base: acb, exponent: Node
    ) -> acb:
        """Powers; those with an odd denominator of a negative number are real."""
        rational = exact.rational(exponent)
        if rational is None:
            above = self.value(exponent)
            if base == 0:
                raise NoValue("zero to a power")
            self._bound(base, above)
            return base.pow(above, analytic=self.analytic)
        self._bound(base, acb(arb(rational)))
        if rational.q == 1:
            if base == 0 and rational < 0:
                raise NoValue("zero to a negative power")
            return base ** int(rational.p)
        if self.analytic:
            return base.pow(acb(arb(rational)), analytic=True)
        if base.imag == 0 and base.real < 0 and rational.q % 2 == 1:
            root = acb((-base.real) ** arb(rational))
            return root if rational.p % 2 == 0 else -root
        if base == 0:
            if rational < 0:
                raise NoValue("zero to a negative power")
            return acb(0)
        if rational == fmpq(1, 2):
            return base.sqrt()
        return base ** acb(arb(rational))

    def _cut(self, name: str, arguments: tuple[Node, ...]) -> acb:
        """A function with a branch cut, where it must be analytic."""
        if name != "log" or len(arguments) != 1:
            raise NoValue(f"{name} is not analytic everywhere")
        return self.value(arguments[0]).log(analytic=True)

    @staticmethod
    def _bound(base: acb, exponent: acb) -> None:
        """Refuse powers whose size alone would be costly."""
        size = base.abs_upper()
        if not (size < 2**1000 or exponent.abs_upper() < 2**20) or exponent.abs_upper() > 2**64:
            raise NoValue("a power is too large")


def closed_value(node: Node) -> acb | None:
    """The value of an expression without names, to some 30 digits; None when it has none."""
    with precision(_CLOSED_BITS):
        try:
            return Evaluation({}).value(node)
        except (NoValue, Undefined, ZeroDivisionError):
            return None


def _real(function: Callable[..., arb]) -> Callable[..., acb]:
    def apply(*arguments: acb) -> acb:
        if any(argument.imag != 0 for argument in arguments):
            raise NoValue("the function needs real arguments")
        return acb(function(*(argument.real for argument in arguments)))

    return apply


def _real_root_of_unity(argument: acb) -> acb:
    return acb(argument.real.sgn() if argument.imag == 0 else argument.csgn())


def _factorial(argument: acb) -> acb:
    if argument.abs_upper() > 2**16:
        raise NoValue("a factorial is too large")
    return (argument + 1).gamma()


def _binomial(upper: acb, lower: acb) -> acb:
    for argument in (upper, lower):
        if argument.abs_upper() > 2**16:
            raise NoValue("a binomial is too large")
    return (upper + 1).gamma() * (lower + 1).rgamma() * (upper - lower + 1).rgamma()


def _logarithm(argument: acb) -> acb:
    if argument == 0:
        raise NoValue("the logarithm of zero")
    return argument.log()


_CONSTANTS: dict[str, Callable[[], acb]] = {
    "pi": lambda: acb(arb.pi()),
    "e": lambda: acb(arb.const_e()),
    "i": lambda: acb(0, 1),
}
_MEROMORPHIC = frozenset(("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth"))
_METHODS = "sin cos tan cot sec csc sinh cosh tanh coth asin acos atan asinh acosh atanh"
_FUNCTIONS: dict[tuple[str, int], Callable[..., acb]] = {
    **{(name, 1): operator.methodcaller(name) for name in _METHODS.split()},
    ("acot", 1): lambda x: (1 / x).atan(),
    ("asec", 1): lambda x: (1 / x).acos(),
    ("acsc", 1): lambda x: (1 / x).asin(),
    ("log", 1): _logarithm,
    ("log", 2): lambda x, base: _logarithm(x) / _logarithm(base),
    ("abs", 1): lambda x: acb(abs(x)),
    ("floor", 1): _real(arb.floor),
    ("ceil", 1): _real(arb.ceil),
    ("sgn", 1): _real_root_of_unity,
    ("factorial", 1): _factorial,
    ("binomial", 2): _binomial,
    ("min", 2): _real(arb.min),
    ("max", 2): _real(arb.max),
}
