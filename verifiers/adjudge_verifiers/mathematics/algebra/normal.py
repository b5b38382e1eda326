"""Normal forms: every expression as a fraction of two polynomials."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.algebra import exact
from adjudge_verifiers.mathematics.algebra.polynomials import (
    HALF,
    ONE,
    Form,
    Monomial,
    Polynomial,
    Unsupported,
    added,
    content_of,
    form_text,
    is_positive,
    monomial_text,
    number,
    polynomial_text,
    prime_factors,
    single,
    trigonometric,
)
from adjudge_verifiers.mathematics.algebra.surds import signed_square
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

_WORK = 4_000
"""Most products of terms in one comparison."""
_WORD_LETTERS = 8
_EVEN = frozenset(("cos", "sec", "cosh", "abs"))
_ODD = frozenset(("sin", "tan", "cot", "csc", "sinh", "tanh", "asin", "atan", "asinh", "atanh"))


class Algebra:
    """Builds and compares normal forms; remembers what stands under each opaque root."""

    def __init__(self) -> None:
        self._under_roots: dict[str, Polynomial] = {}
        self._work = 0

    def equal(self, left: Node, right: Node) -> bool | None:
        """Whether two expressions are equal; None when forms differ but may still be equal.

        Raises Undefined, Unsupported, BeyondLimits.
        """
        ours = signed_square(left)
        theirs = signed_square(right) if ours is not None else None
        if theirs is not None:
            return bool(ours == theirs)
        top_left, bottom_left = self.form(left)
        top_right, bottom_right = self.form(right)
        if not bottom_left or not bottom_right:
            raise Undefined("a division by zero")
        difference = added(
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
            return form_text(self.form(node))
        except Unsupported:
            return repr(node)

    def form(self, node: Node) -> Form:  # noqa: C901, PLR0911, PLR0912 - a line for each kind of node
        """The normal form of an expression."""
        match node:
            case Number(value=value):
                return number(value), ONE
            case Symbol(name=name):
                return single(name), ONE
            case Constant(name=name):
                if name not in ("pi", "e", "i"):
                    raise Unsupported
                return single("π" if name == "pi" else name), ONE
            case Negative(inner=inner):
                top, bottom = self.form(inner)
                return added({}, top, fmpq(-1)), bottom
            case Sum(terms=terms):
                total: Form = ({}, ONE)
                for term in terms:
                    total = self._plus(total, self.form(term))
                return total
            case Product(factors=factors):
                total = (ONE, ONE)
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
                return single(f"{name}[{inside}]"), ONE
            case Deferred(kind=kind, arguments=arguments, variable=variable):
                inside = ",".join(self._structure(argument) for argument in arguments)
                return single(f"{kind}[{variable}:{inside}]"), ONE
            case Quantity(value=inner, unit="percent"):
                return self._times(self.form(inner), (number(fmpq(1, 100)), ONE))
            case Quantity(value=inner, unit="degree"):
                return self._times(self.form(inner), ({(("π", fmpq(1)),): fmpq(1, 180)}, ONE))
            case Word(text=text) if (
                text.isascii() and text.isalpha() and len(text) <= _WORD_LETTERS
            ):
                letters = tuple(Constant(x) if x in "ei" else Symbol(x) for x in text)
                return self.form(Product(letters))
        rational = exact.rational(node)
        if rational is None:
            raise Unsupported
        return number(rational), ONE

    def _structure(self, node: Node) -> str:
        if isinstance(node, Relation):
            return "~".join(self.text(side) for side in node.sides) + "".join(node.operators)
        return self.text(node)

    # Arithmetic -------------------------------------------------------------------------------

    def _plus(self, left: Form, right: Form) -> Form:
        if left[1] == right[1]:
            return added(left[0], right[0], fmpq(1)), left[1]
        top = added(self._mul(left[0], right[1]), self._mul(right[0], left[1]), fmpq(1))
        return top, self._mul(left[1], right[1])

    def _times(self, left: Form, right: Form) -> Form:
        top, bottom = self._mul(left[0], right[0]), self._mul(left[1], right[1])
        if len(bottom) == 1 and bottom is not ONE:  # one term below joins the top
            ((monomial, coefficient),) = bottom.items()
            inverse = {tuple((atom, -power) for atom, power in monomial): 1 / coefficient}
            return self._mul(dict(top), inverse), ONE
        if not bottom:
            raise Undefined("a division by zero")
        return top, bottom

    def _mul(self, left: Polynomial, right: Polynomial) -> Polynomial:
        if left is ONE:
            return right
        if right is ONE:
            return left
        self._work += len(left) * len(right)
        if self._work > _WORK:
            raise BeyondLimits("the products have too many terms")
        result: Polynomial = {}
        for left_monomial, left_coefficient in left.items():
            for right_monomial, right_coefficient in right.items():
                coefficient = left_coefficient * right_coefficient
                self._accumulate(result, left_monomial, right_monomial, coefficient)
        if len(result) > limits.TERMS:
            raise BeyondLimits(f"a polynomial has more than {limits.TERMS} terms")
        return result

    def _accumulate(  # noqa: C901, PLR0912 - one look at each atom, as fast as it can be
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
        result = ONE
        for _ in range(exponent):
            result = self._mul(result, base)
        return result

    # Powers -----------------------------------------------------------------------------------

    def _power(self, base: Form, exponent: Form) -> Form:
        top, bottom = exponent
        if bottom is not ONE:
            raise Unsupported
        constant = top.get((), fmpq(0))
        result = self._rational_power(base, constant) if constant != 0 else (ONE, ONE)
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
            (self._fractional(top, exponent), ONE), (ONE, self._fractional(bottom, exponent))
        )

    def _fractional(self, base: Polynomial, exponent: fmpq) -> Polynomial:
        if not base or base is ONE:
            return base
        content = content_of(base)
        try:
            result = self._rational_root(content, exponent)
        except Unsupported:  # too large to be factored: all of it stays under the root
            content, result = fmpq(1), ONE
        rest = {monomial: value / content for monomial, value in base.items()}
        if len(rest) == 1 and content_of(rest) == 1:
            ((monomial, sign),) = rest.items()
            if sign < 0:
                if exponent.q % 2 == 1:
                    sign_root: Polynomial = number(fmpq(-1 if exponent.p % 2 else 1))
                elif exponent == HALF and not monomial:
                    sign_root = single("i")
                else:
                    raise Unsupported
                result = self._mul(result, sign_root)
            if all(is_positive(atom) or power in (1, 3) for atom, power in monomial) and (
                len(monomial) <= 1 or all(is_positive(atom) for atom, _ in monomial[:-1])
            ):
                raised = tuple((atom, power * exponent) for atom, power in monomial)
                return self._mul(result, self._mul({raised: fmpq(1)}, {(): fmpq(1)}))
            rest = {monomial: fmpq(1)}
        atom = f"√[{polynomial_text(rest)}]"
        self._under_roots[atom] = rest
        return self._mul(result, self._mul({((atom, exponent),): fmpq(1)}, {(): fmpq(1)}))

    def _rational_root(self, value: fmpq, exponent: fmpq) -> Polynomial:
        """A positive rational to a fraction: primes under roots."""
        whole = exact.power(value, exponent)
        if whole is not None:
            return number(whole)
        monomial = [
            (f"√{prime}", power * exponent) for prime, power in sorted(prime_factors(value).items())
        ]
        monomial.sort()
        return self._mul({tuple(monomial): fmpq(1)}, {(): fmpq(1)})

    def _symbolic_power(self, base: Form, monomial: Monomial, coefficient: fmpq) -> Form:
        """``base`` to ``coefficient · monomial``."""
        label = monomial_text(monomial)
        top, bottom = base
        if bottom is not ONE:
            upper = self._symbolic_power((top, ONE), monomial, coefficient)
            return self._times(upper, self._symbolic_power((bottom, ONE), monomial, -coefficient))
        if len(top) == 1:
            ((inner, value),) = top.items()
            powers: dict[str, fmpq] = {}
            if value < 0:
                powers[f"-1^[{label}]"] = coefficient
            for prime, power in prime_factors(abs(value)).items():
                powers[f"{prime}^[{label}]"] = power * coefficient
            for atom, power in inner:
                name = f"{_without_root(atom)}^[{label}]"
                powers[name] = powers.get(name, fmpq(0)) + power * coefficient
            return {tuple(sorted(powers.items())): fmpq(1)}, ONE
        return {((f"({polynomial_text(top)})^[{label}]", coefficient),): fmpq(1)}, ONE

    # Functions --------------------------------------------------------------------------------

    def _call(self, name: str, arguments: tuple[Node, ...]) -> Form:
        value = exact.rational(Call(name, arguments))
        if value is not None:
            return number(value), ONE
        if name == "root" and len(arguments) == 2:  # noqa: PLR2004 - radicand, degree
            degree = exact.rational(arguments[1])
            if degree is None or degree == 0:
                raise Unsupported
            return self._rational_power(self.form(arguments[0]), 1 / degree)
        if name == "log":
            return self._logarithm(arguments)
        forms = [self.form(argument) for argument in arguments]
        if name in ("sin", "cos") and len(forms) == 1:
            known = trigonometric(name, forms[0])
            if known is not None:
                return self._mul(known, {(): fmpq(1)}), ONE
        sign = fmpq(1)
        if name in _EVEN or name in _ODD:
            top, bottom = forms[0]
            if top and top[min(top, key=monomial_text)] < 0:
                forms[0] = (added({}, top, fmpq(-1)), bottom)
                sign = fmpq(-1 if name in _ODD else 1)
        inside = ",".join(form_text(form) for form in forms)
        return {((f"{name}[{inside}]", fmpq(1)),): sign}, ONE

    def _logarithm(self, arguments: tuple[Node, ...]) -> Form:
        if len(arguments) == 2:  # noqa: PLR2004 - argument, base
            below = self._logarithm(arguments[1:])
            return self._times(self._logarithm(arguments[:1]), (below[1], below[0]))
        value = exact.rational(arguments[0])
        if value is not None:
            if value <= 0:
                raise Unsupported
            logs: Polynomial = {
                ((f"log[{prime}]", fmpq(1)),): power
                for prime, power in prime_factors(value).items()
            }
            return logs, ONE
        top, bottom = self.form(arguments[0])
        if bottom is ONE and len(top) == 1:
            ((monomial, coefficient),) = top.items()
            if coefficient == 1 and len(monomial) == 1 and monomial[0][0] == "e":
                return number(monomial[0][1]), ONE
        return {((f"log[{form_text((top, bottom))}]", fmpq(1)),): fmpq(1)}, ONE


def _without_root(atom: str) -> str:
    """What is raised to a symbolic power: 5 for ``√5``, whose exponent is a fraction."""
    if atom[0] != "√":
        return atom
    return f"({atom})" if atom[1] == "[" else atom[1:]
