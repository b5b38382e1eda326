"""Normal forms: fractions of polynomials over roots, constants, symbols and opaque functions.

A polynomial maps monomials to rational coefficients; a monomial is a sorted tuple of (atom,
exponent). Atoms are strings: ``x``, ``π``, ``e``, ``i``, ``√2`` (2 to a power between 0 and 1),
``2^[x]``, ``sin[…]``. What stands in square brackets is the text of another normal form.
"""

from __future__ import annotations

from flint import fmpq, fmpz

from adjudge_verifiers.mathematics import exact, limits
from adjudge_verifiers.mathematics.errors import BeyondLimits, Undefined
from adjudge_verifiers.mathematics.syntax import (
    Apply,
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
    Relation,
    Sum,
    Symbol,
    Word,
)

Monomial = tuple[tuple[str, fmpq], ...]
Polynomial = dict[Monomial, fmpq]
Form = tuple[Polynomial, Polynomial]

_ONE: Polynomial = {(): fmpq(1)}
_HALF = fmpq(1, 2)
_FACTORED_BITS = 64
_WORK = 40_000
_WORD_LETTERS = 8


class Unsupported(Exception):  # noqa: N818 - a signal between rungs
    """Raised when an expression has no normal form: another rung must decide."""


class Algebra:
    """Builds and compares normal forms; remembers what stands under each opaque root."""

    def __init__(self) -> None:
        self._under_roots: dict[str, Polynomial] = {}

    def equal(self, left: Node, right: Node) -> bool | None:
        """Whether two expressions are equal; None when forms differ but may still be equal.

        Raises Undefined, Unsupported, BeyondLimits.
        """
        top_left, bottom_left = self.form(left)
        top_right, bottom_right = self.form(right)
        if not bottom_left or not bottom_right:
            raise Undefined("a division by zero")
        difference = _add(
            self._mul(top_left, bottom_right), self._mul(top_right, bottom_left), fmpq(-1)
        )
        if not difference:
            return True
        transcendental = set()
        for monomial in difference:
            for atom, _ in monomial:
                if atom in ("π", "e"):
                    transcendental.add(atom)
                elif "[" in atom:
                    return None
        return None if len(transcendental) > 1 else False

    def text(self, node: Node) -> str:
        """The text of a node's normal form, or its structure when it has none."""
        try:
            return _text(self.form(node))
        except Unsupported:
            return repr(node)

    def form(self, node: Node) -> Form:  # noqa: C901, PLR0911, PLR0912 - a line for each kind of node
        """The normal form of an expression."""
        match node:
            case Number(value=value):
                return _constant(value), _ONE
            case Symbol(name=name):
                return _atom(name), _ONE
            case Constant(name=name):
                if name not in ("pi", "e", "i"):
                    raise Unsupported
                return _atom("π" if name == "pi" else name), _ONE
            case Negative(inner=inner):
                top, bottom = self.form(inner)
                return _add({}, top, fmpq(-1)), bottom
            case Sum(terms=terms):
                total: Form = ({}, _ONE)
                for term in terms:
                    total = self._plus(total, self.form(term))
                return total
            case Product(factors=factors):
                total = (_ONE, _ONE)
                for factor in factors:
                    total = self._times(total, self.form(factor))
                return total
            case Quotient(numerator=numerator, denominator=denominator):
                top, bottom = self.form(denominator)
                return self._times(self.form(numerator), (bottom, top))
            case Power(base=base, exponent=exponent):
                return self._power(self.form(base), self.form(exponent))
            case Call(name=name, arguments=arguments):
                return self._call(name, arguments)
            case Apply(name=name, arguments=arguments):
                inside = ",".join(self.text(argument) for argument in arguments)
                return _atom(f"{name}[{inside}]"), _ONE
            case Deferred(kind=kind, arguments=arguments):
                inside = ",".join(self._structure(argument) for argument in arguments)
                return _atom(f"{kind}[{inside}]"), _ONE
            case Quantity(value=inner, unit="percent"):
                return self._times(self.form(inner), (_constant(fmpq(1, 100)), _ONE))
            case Quantity(value=inner, unit="degree"):
                return self._times(self.form(inner), ({(("π", fmpq(1)),): fmpq(1, 180)}, _ONE))
            case Word(text=text) if text.isascii() and text.isalpha() and len(text) <= _WORD_LETTERS:
                letters = tuple(Constant(x) if x in "ei" else Symbol(x) for x in text)
                return self.form(Product(letters))
        value = exact.rational(node)
        if value is None:
            raise Unsupported
        return _constant(value), _ONE

    def _structure(self, node: Node) -> str:
        if isinstance(node, Relation):
            return "~".join(self.text(side) for side in node.sides) + "".join(node.operators)
        return self.text(node)

    # Arithmetic -------------------------------------------------------------------------------

    def _plus(self, left: Form, right: Form) -> Form:
        if left[1] == right[1]:
            return _add(left[0], right[0], fmpq(1)), left[1]
        top = _add(self._mul(left[0], right[1]), self._mul(right[0], left[1]), fmpq(1))
        return top, self._mul(left[1], right[1])

    def _times(self, left: Form, right: Form) -> Form:
        top, bottom = self._mul(left[0], right[0]), self._mul(left[1], right[1])
        if len(bottom) == 1 and bottom is not _ONE:  # one term below joins the top
            ((monomial, coefficient),) = bottom.items()
            inverse = {tuple((atom, -power) for atom, power in monomial): 1 / coefficient}
            return self._mul(dict(top), inverse), _ONE
        if not bottom:
            raise Undefined("a division by zero")
        return top, bottom

    def _mul(self, left: Polynomial, right: Polynomial) -> Polynomial:
        if left is _ONE:
            return right
        if right is _ONE:
            return left
        if len(left) * len(right) > _WORK:
            raise BeyondLimits("a product has too many terms")
        result: Polynomial = {}
        for left_monomial, left_coefficient in left.items():
            for right_monomial, right_coefficient in right.items():
                coefficient = left_coefficient * right_coefficient
                self._accumulate(result, left_monomial, right_monomial, coefficient)
        if len(result) > limits.TERMS:
            raise BeyondLimits(f"a polynomial has more than {limits.TERMS} terms")
        return result

    def _accumulate(
        self, result: Polynomial, left: Monomial, right: Monomial, coefficient: fmpq
    ) -> None:
        """Add ``coefficient · left · right`` to ``result``."""
        powers = dict(left)
        for atom, power in right:
            powers[atom] = powers[atom] + power if atom in powers else power
        expanded: list[tuple[str, int]] = []
        for atom, power in [*powers.items()]:
            if power == 0:
                del powers[atom]
            elif atom == "i":
                quarter = int(power.p) % 4 if power.q == 1 else -1
                if quarter >= 0:
                    coefficient = -coefficient if quarter >= 2 else coefficient  # noqa: PLR2004
                    if quarter % 2:
                        powers[atom] = fmpq(1)
                    else:
                        del powers[atom]
            elif atom[0] == "√" and not 0 < power < 1:
                whole = int(power.p) // int(power.q)
                powers[atom] = power - whole
                if powers[atom] == 0:
                    del powers[atom]
                if atom[1] != "[":
                    factor = exact.power(fmpq(int(atom[1:])), fmpq(whole))
                    if factor is None:
                        raise Unsupported
                    coefficient *= factor
                elif whole > 0:
                    expanded.append((atom, whole))
                else:
                    powers[atom] = power  # below one: stays as it is
        monomial = tuple(sorted(powers.items())) if len(powers) > 1 else tuple(powers.items())
        product: Polynomial = {monomial: coefficient}
        for atom, whole in expanded:
            product = self._mul(product, self._raise(self._under_roots[atom], whole))
        for key, value in product.items():
            total = result[key] + value if key in result else value
            if total == 0:
                del result[key]
            else:
                result[key] = total

    def _raise(self, base: Polynomial, exponent: int) -> Polynomial:
        if len(base) == 1:
            ((monomial, coefficient),) = base.items()
            raised = exact.power(coefficient, fmpq(exponent))
            if raised is None:
                raise Unsupported
            return self._mul(
                {tuple((atom, power * exponent) for atom, power in monomial): raised}, {(): fmpq(1)}
            )
        if exponent > 64:  # noqa: PLR2004 - a sum to a higher power waits for balls
            raise BeyondLimits("a sum is raised to too high a power")
        result = _ONE
        for _ in range(exponent):
            result = self._mul(result, base)
        return result

    # Powers -----------------------------------------------------------------------------------

    def _power(self, base: Form, exponent: Form) -> Form:
        top, bottom = exponent
        if bottom is not _ONE:
            raise Unsupported
        constant = top.get((), fmpq(0))
        result = self._rational_power(base, constant) if constant != 0 else (_ONE, _ONE)
        for monomial, coefficient in top.items():
            if monomial:
                result = self._times(result, self._symbolic_power(base, monomial, coefficient))
        return result

    def _rational_power(self, base: Form, exponent: fmpq) -> Form:
        top, bottom = base
        if exponent < 0:
            top, bottom, exponent = bottom, top, -exponent
            if not bottom:
                raise Undefined("zero to a negative power")
        if exponent.q == 1:
            return self._raise(top, int(exponent.p)), self._raise(bottom, int(exponent.p))
        return self._times(
            (self._fractional(top, exponent), _ONE), (_ONE, self._fractional(bottom, exponent))
        )

    def _fractional(self, base: Polynomial, exponent: fmpq) -> Polynomial:
        if not base or base is _ONE:
            return base
        content = _content(base)
        result = self._rational_root(content, exponent)
        rest = {monomial: value / content for monomial, value in base.items()}
        if len(rest) == 1:
            ((monomial, sign),) = rest.items()
            if sign < 0:
                if exponent.q % 2 == 1:
                    sign_root: Polynomial = _constant(fmpq(-1 if exponent.p % 2 else 1))
                elif exponent == _HALF and not monomial:
                    sign_root = _atom("i")
                else:
                    raise Unsupported
                result = self._mul(result, sign_root)
            if all(_positive(atom) or power in (1, 3) for atom, power in monomial) and (
                len(monomial) <= 1 or all(_positive(atom) for atom, _ in monomial[:-1])
            ):
                raised = tuple((atom, power * exponent) for atom, power in monomial)
                return self._mul(result, self._mul({raised: fmpq(1)}, {(): fmpq(1)}))
            rest = {monomial: fmpq(1)}
        atom = f"√[{_text_of(rest)}]"
        self._under_roots[atom] = rest
        return self._mul(result, self._mul({((atom, exponent),): fmpq(1)}, {(): fmpq(1)}))

    def _rational_root(self, value: fmpq, exponent: fmpq) -> Polynomial:
        """A positive rational to a fraction: primes under roots."""
        whole = exact.power(value, exponent)
        if whole is not None:
            return _constant(whole)
        monomial = [
            (f"√{prime}", power * exponent) for prime, power in sorted(_factors(value).items())
        ]
        monomial.sort()
        return self._mul({tuple(monomial): fmpq(1)}, {(): fmpq(1)})

    def _symbolic_power(self, base: Form, monomial: Monomial, coefficient: fmpq) -> Form:
        """``base`` to ``coefficient · monomial``."""
        label = _monomial_text(monomial)
        top, bottom = base
        if bottom is not _ONE:
            upper = self._symbolic_power((top, _ONE), monomial, coefficient)
            return self._times(upper, self._symbolic_power((bottom, _ONE), monomial, -coefficient))
        if len(top) == 1:
            ((inner, value),) = top.items()
            powers: dict[str, fmpq] = {}
            if value < 0:
                powers[f"-1^[{label}]"] = coefficient
            for prime, power in _factors(abs(value)).items():
                powers[f"{prime}^[{label}]"] = power * coefficient
            for atom, power in inner:
                powers[f"{atom}^[{label}]"] = power * coefficient
            return {tuple(sorted(powers.items())): fmpq(1)}, _ONE
        return {((f"({_text_of(top)})^[{label}]", coefficient),): fmpq(1)}, _ONE

    # Functions --------------------------------------------------------------------------------

    def _call(self, name: str, arguments: tuple[Node, ...]) -> Form:
        value = exact.rational(Call(name, arguments))
        if value is not None:
            return _constant(value), _ONE
        if name == "root" and len(arguments) == 2:  # noqa: PLR2004 - radicand, degree
            degree = exact.rational(arguments[1])
            if degree is None or degree == 0:
                raise Unsupported
            return self._rational_power(self.form(arguments[0]), 1 / degree)
        if name == "log":
            return self._logarithm(arguments)
        forms = [self.form(argument) for argument in arguments]
        if name in ("sin", "cos") and len(forms) == 1:
            known = _trigonometric(name, forms[0])
            if known is not None:
                return self._mul(known, {(): fmpq(1)}), _ONE
        sign = fmpq(1)
        if name in _EVEN or name in _ODD:
            top, bottom = forms[0]
            if top and top[min(top, key=_monomial_text)] < 0:
                forms[0] = (_add({}, top, fmpq(-1)), bottom)
                sign = fmpq(-1 if name in _ODD else 1)
        inside = ",".join(_text(form) for form in forms)
        return {((f"{name}[{inside}]", fmpq(1)),): sign}, _ONE

    def _logarithm(self, arguments: tuple[Node, ...]) -> Form:
        if len(arguments) == 2:  # noqa: PLR2004 - argument, base
            below = self._logarithm(arguments[1:])
            return self._times(self._logarithm(arguments[:1]), (below[1], below[0]))
        value = exact.rational(arguments[0])
        if value is not None:
            if value <= 0:
                raise Unsupported
            logs = {((f"log[{prime}]", fmpq(1)),): power for prime, power in _factors(value).items()}
            return logs, _ONE
        top, bottom = self.form(arguments[0])
        if bottom is _ONE and len(top) == 1:
            ((monomial, coefficient),) = top.items()
            if coefficient == 1 and len(monomial) == 1 and monomial[0][0] == "e":
                return _constant(monomial[0][1]), _ONE
        return {((f"log[{_text((top, bottom))}]", fmpq(1)),): fmpq(1)}, _ONE


_EVEN = frozenset(("cos", "sec", "cosh", "abs"))
_ODD = frozenset(("sin", "tan", "cot", "csc", "sinh", "tanh", "asin", "atan", "asinh", "atanh"))


def _constant(value: fmpq) -> Polynomial:
    return {(): value} if value != 0 else {}


def _atom(name: str) -> Polynomial:
    return {((name, fmpq(1)),): fmpq(1)}


def _positive(atom: str) -> bool:
    return atom in ("π", "e") or (atom[0] == "√" and atom[1] != "[")


def _add(left: Polynomial, right: Polynomial, factor: fmpq) -> Polynomial:
    """``left + factor · right``."""
    result = dict(left)
    for monomial, value in right.items():
        total = result[monomial] + factor * value if monomial in result else factor * value
        if total == 0:
            del result[monomial]
        else:
            result[monomial] = total
    if len(result) > limits.TERMS:
        raise BeyondLimits(f"a polynomial has more than {limits.TERMS} terms")
    return result


def _content(base: Polynomial) -> fmpq:
    """The positive rational by which all coefficients divide."""
    values = list(base.values())
    top, bottom = abs(values[0].p), values[0].q
    for value in values[1:]:
        top, bottom = top.gcd(value.p), bottom * value.q / bottom.gcd(value.q)
    return fmpq(int(top), int(bottom))


def _factors(value: fmpq) -> dict[int, fmpq]:
    """Primes and exponents of a positive rational; a large part that resists stays whole."""
    result: dict[int, fmpq] = {}
    for part, sign in ((value.p, 1), (value.q, -1)):
        if part.bit_length() > _FACTORED_BITS:
            raise Unsupported
        for prime, power in fmpz(part).factor():
            result[int(prime)] = fmpq(sign * int(power))
    return result


def _trigonometric(name: str, argument: Form) -> Polynomial | None:
    """Sine and cosine at multiples of π/6 and π/4."""
    top, bottom = argument
    if bottom is not _ONE or len(top) > 1:
        return None
    turns = fmpq(0) if not top else top.get((("π", fmpq(1)),))
    if turns is None:
        return None
    if name == "cos":
        turns = turns + _HALF
    turns = turns - 2 * fmpq(int(turns.p) // (2 * int(turns.q)))
    sign = 1
    if turns >= 1:
        turns, sign = turns - 1, -1
    if turns > _HALF:
        turns = 1 - turns
    half = fmpq(sign, 2)
    table: dict[fmpq, Polynomial] = {
        fmpq(0): {}, fmpq(1, 6): {(): half}, fmpq(1, 4): {(("√2", _HALF),): half},
        fmpq(1, 3): {(("√3", _HALF),): half}, _HALF: {(): fmpq(sign)},
    }  # fmt: skip
    return table.get(turns)


def _monomial_text(monomial: Monomial) -> str:
    return "*".join(atom if power == 1 else f"{atom}^{power}" for atom, power in monomial)


def _text_of(polynomial: Polynomial) -> str:
    terms = sorted((_monomial_text(monomial), str(value)) for monomial, value in polynomial.items())
    return "+".join(f"{value}{monomial}" for monomial, value in terms)


def _text(form: Form) -> str:
    top, bottom = form
    if bottom is _ONE:
        return _text_of(top)
    lead = bottom[min(bottom, key=_monomial_text)]
    top = {monomial: value / lead for monomial, value in top.items()}
    bottom = {monomial: value / lead for monomial, value in bottom.items()}
    return f"{_text_of(top)}/{_text_of(bottom)}"
