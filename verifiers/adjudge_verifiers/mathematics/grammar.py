"""The grammar of expressions: recursive descent from tokens to the syntax tree."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics.cursor import Cursor
from adjudge_verifiers.mathematics.errors import NotMathematics
from adjudge_verifiers.mathematics.syntax import (
    Apply,
    Based,
    Call,
    Constant,
    Deferred,
    Listing,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quantity,
    Quotient,
    Sequence,
    SetOf,
    Sum,
    Symbol,
    Word,
)

ONE_HALF = Number(fmpq(1, 2))
_STARTS = frozenset(
    ("num", "sym", "const", "fun", "(", "{", "frac", "sqrt", "binom", "lfloor", "lceil", "accent")
    + ("deferred", "begin", "[")
)
"""Tokens that multiply when they follow a factor."""
_INVERSE = {"sin": "asin", "cos": "acos", "tan": "atan", "cot": "acot", "sec": "asec", "csc": "acsc",
            "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}  # fmt: skip
_FUNCTION_LETTERS = frozenset("fghFGH")
_ORDINALS = frozenset(("th", "st", "nd", "rd"))
_MOST_POSTFIXES = 3
_MAX_BASE = 36


class ExpressionParser(Cursor):
    """Parses sums, products, powers and what stands between brackets.

    ``listing`` (what may stand inside brackets) comes from the answer grammar above it.
    """

    __slots__ = ()

    def listing(self, *closings: str) -> Node:
        """Items up to one of the closing tokens, which is not consumed."""
        raise NotImplementedError

    def sum(self) -> Node:
        """``a + b - c ± d``."""
        terms = [self._signed()]
        while True:
            kind = self.kind
            if kind == "+":
                self.advance()
                terms.append(self._signed())
            elif kind == "-":
                self.advance()
                terms.append(_negative(self._signed()))
            elif kind == "pm":
                upper = str(self.advance()[1])
                terms.append(PlusMinus(self._signed(), upper))
            else:
                return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def _signed(self) -> Node:
        negative = False
        while (kind := self.kind) in ("+", "-"):
            negative ^= kind == "-"
            self.advance()
        if kind == "pm":
            upper = str(self.advance()[1])
            inner: Node = PlusMinus(self.product(), upper)
        else:
            inner = self.product()
        return _negative(inner) if negative else inner

    def product(self) -> Node:
        """``a b · c / d``: divisions go from left to right."""
        first = self.power()
        if isinstance(first, Word):
            return first
        above, below = [first], []
        while True:
            kind = self.kind
            if kind in ("*", "/"):
                self.advance()
                sign = self._sign()
                factor = self.power()
                if sign:
                    factor = Negative(factor)
                (above if kind == "*" else below).append(factor)
            elif self._juxtaposed(kind):
                literal = self.previous_is_number
                factor = self.power()
                if literal and kind == "frac" and (mixed := _mixed(above[-1], factor)) is not None:
                    above[-1] = mixed
                elif (angle := _minutes(above[-1], factor)) is not None:
                    above[-1] = angle
                else:
                    above.append(factor)
            else:
                break
        top = above[0] if len(above) == 1 else Product(tuple(above))
        if not below:
            return top
        return Quotient(top, below[0] if len(below) == 1 else Product(tuple(below)))

    def _sign(self) -> bool:
        negative = False
        while self.kind in ("+", "-"):
            negative ^= self.advance()[0] == "-"
        return negative

    def _juxtaposed(self, kind: str) -> bool:
        if kind == "|":
            return self.bars == 0
        if kind not in _STARTS:
            return False
        if kind == "num":
            return not self.previous_is_number
        if kind == "(":
            return self.peek(1) != "mod"
        return kind != "[" or not self.previous_is_number

    def power(self) -> Node:
        """A factor with its postfixes and exponents."""
        base = self._postfix(self.primary())
        while self.kind == "^":
            self.advance()
            if self.kind == "deg" or (self.kind == "{" and self.peek(1) == "deg"):
                self._skip_group(1)
                base = Quantity(base, "degree")
                continue
            if self.kind == "{" and self.peek(1) == "word" and self.peek(2) == "}":
                word = str(self.tokens[self.position + 1][1])
                if word in _ORDINALS:
                    self._skip_group(1)
                    continue
            base = self._postfix(Power(base, self._exponent()))
        return base

    def _skip_group(self, inside: int) -> None:
        braced = self.kind == "{"
        for _ in range(inside + 2 * braced):
            self.advance()

    def _exponent(self) -> Node:
        self.deeper()
        if self._sign():
            exponent: Node = Negative(self.power())
        else:
            exponent = self.power() if self.kind != "{" else self.primary()
        self.depth -= 1
        return exponent

    def _postfix(self, node: Node) -> Node:
        for _ in range(_MOST_POSTFIXES):
            kind = self.kind
            if kind == "!":
                self.advance()
                name = "factorial"
                if self.kind == "!" and not self.tokens[self.position][2]:
                    self.advance()
                    name = "factorial2"
                node = Call(name, (node,))
            elif kind == "%":
                self.advance()
                node = Quantity(node, "percent")
            elif kind == "deg":
                self.advance()
                node = Quantity(node, "degree")
            elif kind == "currency":
                node = Quantity(node, str(self.advance()[1]))
            elif kind == "'" and isinstance(node, Number):
                self.advance()
                node = Quantity(node, "arcminute")
            else:
                break
        return node

    def primary(self) -> Node:
        """A number, name, function call or bracketed thing."""
        self.deeper()
        kind = self.kind
        reader = _PRIMARIES.get(kind)
        if reader is None:
            raise NotMathematics(f"expected a value, got {self.describe()}")
        node = reader(self)
        self.depth -= 1
        return node

    def _number(self) -> Node:
        number = self.advance()[1]
        assert isinstance(number, Number)  # noqa: S101 - the tokenizer's promise
        if self.kind == "_" and number.places < 0:
            self.advance()
            base = self.raw()
            if base.isdigit() and len(base) <= 2 and 2 <= int(base) <= _MAX_BASE:  # noqa: PLR2004
                return Based(str(number.value), int(base))
            raise NotMathematics(f"a numeral's base must lie between 2 and {_MAX_BASE}")
        if (
            self.kind == "num"
            and self.tokens[self.position][2]
            and self.peek(1) == "/"
            and self.peek(2) == "num"
        ):  # 3 1/2
            top, bottom = self.tokens[self.position][1], self.tokens[self.position + 2][1]
            assert isinstance(top, Number)  # noqa: S101 - the tokenizer's promise
            assert isinstance(bottom, Number)  # noqa: S101 - the tokenizer's promise
            if 0 < top.value < bottom.value and number.value.q == top.value.q == bottom.value.q == 1:
                self.position += 3
                return Number(number.value + top.value / bottom.value)
        return number

    def _symbol(self) -> Node:
        name = str(self.advance()[1])
        name += self._marks()
        if self.kind == "^" and (raised := self._raised_before_subscript(name)) is not None:
            return raised
        if self.kind == "(" and (name[0] in _FUNCTION_LETTERS or self._defines()):
            self.advance()
            arguments = self.listing(")")
            self.expect(")")
            return Apply(name, arguments.items if isinstance(arguments, Listing) else (arguments,))
        return Symbol(name)

    def _raised_before_subscript(self, name: str) -> Node | None:
        """``v^2_0`` and ``v^{2}_{0}`` are the square of ``v_0``."""
        braced = self.peek(1) == "{"
        if self.peek(1 + braced) != "num" or self.peek(2 + 2 * braced) != "_":
            return None
        number = self.tokens[self.position + 1 + braced][1]
        assert isinstance(number, Number)  # noqa: S101 - the tokenizer's promise
        self.position += 2 + 2 * braced
        return Power(Symbol(name + self._marks()), number)

    def _marks(self) -> str:
        """Subscript and primes of a name."""
        marks = ""
        while True:
            if self.kind == "_":
                self.advance()
                marks += "_" + self.raw()
            elif self.kind == "'":
                self.advance()
                marks += "'"
            elif self.kind == "^" and self.peek(1) == "'":
                self.position += 2
                marks += "'"
            elif self.kind == "^" and self.peek(1) == "{" and self.peek(2) == "'":
                self.position += 2
                while self.kind == "'":
                    self.advance()
                    marks += "'"
                self.expect("}")
            else:
                return marks

    def _defines(self) -> bool:
        """Whether ``(x, y) =`` follows: then the name before it is a function's."""
        at = self.position + 1
        while self.tokens[at][0] in ("sym", "num", ",", "const"):
            at += 1
        after = self.tokens[min(at + 1, len(self.tokens) - 1)]
        return self.tokens[at][0] == ")" and at > self.position + 1 and after[:2] == ("rel", "=")

    def _constant(self) -> Node:
        name = str(self.advance()[1])
        if name in ("e", "i") and self.kind in ("_", "'"):
            return Symbol(name + self._marks())
        if name == "R" and self.kind in ("^", "_") and self.peek(1) in ("+", "-"):
            self.position += 1
            name = "R" + str(self.advance()[0])
        return Constant(name)

    def _word(self) -> Node:
        words = [str(self.advance()[1])]
        while self.kind == "word":
            words.append(str(self.advance()[1]))
        return Word(" ".join(words))

    def _round(self) -> Node:
        opening = self.advance()[0]
        if self.kind == ")" and opening == "(":
            raise NotMathematics("nothing stands between brackets")
        bars, self.bars = self.bars, 0
        inner = self.listing(")", "]", "[") if opening == "]" else self.listing(")", "]")
        self.bars = bars
        closing = self.advance()[0]
        if isinstance(inner, Listing) and inner.joint != "or":
            return Sequence(inner.items, opening, closing)
        if (opening == "(") != (closing == ")"):
            raise NotMathematics("brackets do not match")
        return inner

    def _braces(self) -> Node:
        closing = "}" if self.advance()[0] == "{" else "rset"
        if self.kind == closing:
            self.advance()
            return SetOf(())
        bars, self.bars = self.bars, 1  # a bar in braces parts, it does not multiply
        inner = self.set_content(closing)
        self.bars = bars
        if self.kind in ("choose", "over"):
            name = self.advance()[0]
            lower = self.sum()
            inner = Call("binomial", (inner, lower)) if name == "choose" else Quotient(inner, lower)
        self.expect(closing)
        if isinstance(inner, Listing):
            return SetOf(inner.items)
        return SetOf((inner,)) if closing == "rset" and not _is_set(inner) else inner

    def set_content(self, closing: str) -> Node:
        """What stands between braces; the answer grammar adds ``{x | condition}``."""
        return self.listing(closing)

    def _absolute(self) -> Node:
        self.advance()
        self.bars += 1
        inner = self.sum()
        self.bars -= 1
        self.expect("|")
        return Call("abs", (inner,))

    def _floor(self) -> Node:
        name = "floor" if self.advance()[0] == "lfloor" else "ceil"
        inner = self.sum()
        self.expect("r" + name)
        return Call(name, (inner,))

    def _fraction(self) -> Node:
        name = self.advance()[0]
        if name == "frac" and self._derivative():
            return Deferred("derivative", (self.argument(), self.argument(), self.product()))
        top = self.argument(digit=True)
        bottom = self.argument(digit=True)
        return Quotient(top, bottom) if name == "frac" else Call("binomial", (top, bottom))

    def _derivative(self) -> bool:
        """Whether ``{d}{dx}`` or ``{d^2}{dx^2}`` follows."""
        d = {("sym", "d"), ("sym", "partial")}
        return (
            self.kind == "{" and self.tokens[self.position + 1][:2] in d and self.peek(2) in ("}", "^")
        )

    def argument(self, *, digit: bool = False) -> Node:
        """A braced group or one token; ``digit``: of an unbraced number only the first digit."""
        self.deeper()
        token = self.tokens[self.position]
        if digit and token[0] == "num":
            number = token[1]
            assert isinstance(number, Number)  # noqa: S101 - the tokenizer's promise
            digits = str(number.value)
            if len(digits) > 1 and digits.isdigit():
                self.tokens[self.position] = ("num", Number(fmpq(int(digits[1:]))), False)
                self.depth -= 1
                return Number(fmpq(int(digits[0])))
        node = self.primary()
        self.depth -= 1
        return node

    def _root(self) -> Node:
        self.advance()
        degree: Node | None = None
        if self.kind == "[":
            self.advance()
            degree = self.sum()
            self.expect("]")
        inner = self.argument()
        if degree is None:
            return Power(inner, ONE_HALF)
        return Call("root", (inner, degree))

    def _function(self) -> Node:
        name = str(self.advance()[1])
        base: Node | None = None
        exponent: Node | None = None
        for _ in range(2):
            if self.kind == "_":
                self.advance()
                base = self.argument()
            elif self.kind == "^":
                self.advance()
                exponent = self._exponent()
        if name in _INVERSE and exponent == Negative(Number(fmpq(1))):
            name, exponent = _INVERSE[name], None
        arguments = self._arguments()
        if base is not None:
            arguments = (*arguments, base)
        if name == "lg":
            name, arguments = "log", (*arguments, Number(fmpq(10)))
        elif name == "ln":
            name = "log"
        elif name == "exp" and len(arguments) == 1:
            return Power(Constant("e"), arguments[0])
        elif name == "cbrt" and len(arguments) == 1:
            return Call("root", (arguments[0], Number(fmpq(3))))
        call = Call(name, arguments)
        return call if exponent is None else Power(call, exponent)

    def _arguments(self) -> tuple[Node, ...]:
        kind = self.kind
        if kind in ("(", "lset", "["):
            self.advance()
            closing = {"(": ")", "[": "]"}.get(kind, "rset")
            bars, self.bars = self.bars, 0
            inner = self.listing(closing)
            self.bars = bars
            self.expect(closing)
            return inner.items if isinstance(inner, Listing) else (inner,)
        self.deeper()
        negative = self._sign()
        factors = [self.power()]
        while self.kind not in ("fun", "[") and self._juxtaposed(self.kind):
            factors.append(self.power())
        self.depth -= 1
        inner = factors[0] if len(factors) == 1 else Product(tuple(factors))
        if self.kind == "/" and self.peek(1) == "num":  # \sin \pi/6
            self.advance()
            inner = Quotient(inner, self.power())
        return (_negative(inner) if negative else inner,)

    def _accent(self) -> Node:
        name = str(self.advance()[1])
        return Symbol(f"{name}({self.raw()})" + self._marks())

    def _deferred(self) -> Node:
        kind = str(self.advance()[1])
        bounds: list[Node] = []
        for _ in range(2):
            if self.kind in ("_", "^"):
                self.advance()
                bounds.append(self.argument())
        return Deferred(kind, (*bounds, self.product()))

    def _currency(self) -> Node:
        unit = str(self.advance()[1])
        return Quantity(self.power(), unit)

    def _empty(self) -> Node:
        self.advance()
        return SetOf(())

    def environment(self) -> Node:
        """``\\begin{…}``: given by the answer grammar."""
        raise NotImplementedError


def _negative(node: Node) -> Node:
    return node.inner if isinstance(node, Negative) else Negative(node)


def _is_set(node: Node) -> bool:
    return type(node).__name__ == "Builder"


def _mixed(whole: Node, fraction: Node) -> Number | None:
    """``3\\frac{1}{2}`` is three and a half when the fraction is proper."""
    if not (isinstance(whole, Number) and whole.places < 0 and isinstance(fraction, Quotient)):
        return None
    top, bottom = fraction.numerator, fraction.denominator
    if not (isinstance(top, Number) and isinstance(bottom, Number)):
        return None
    if whole.value.q == top.value.q == bottom.value.q == 1 and 0 < top.value < bottom.value:
        return Number(whole.value + top.value / bottom.value)
    return None


_PARTS_OF_A_DEGREE = {"arcminute": 60}


def _minutes(degrees: Node, minutes: Node) -> Quantity | None:
    """``60° 42'`` as one angle."""
    if (
        isinstance(degrees, Quantity)
        and isinstance(minutes, Quantity)
        and degrees.unit == "degree"
        and minutes.unit in _PARTS_OF_A_DEGREE
        and isinstance(degrees.value, Number)
        and isinstance(minutes.value, Number)
    ):
        part = minutes.value.value / _PARTS_OF_A_DEGREE[minutes.unit]
        return Quantity(Number(degrees.value.value + part), "degree")
    return None


_PRIMARIES = {
    "num": ExpressionParser._number, "sym": ExpressionParser._symbol,
    "const": ExpressionParser._constant, "word": ExpressionParser._word,
    "(": ExpressionParser._round, "[": ExpressionParser._round, "]": ExpressionParser._round,
    "{": ExpressionParser._braces, "lset": ExpressionParser._braces,
    "|": ExpressionParser._absolute, "lfloor": ExpressionParser._floor,
    "lceil": ExpressionParser._floor, "frac": ExpressionParser._fraction,
    "binom": ExpressionParser._fraction, "sqrt": ExpressionParser._root,
    "fun": ExpressionParser._function, "accent": ExpressionParser._accent,
    "deferred": ExpressionParser._deferred, "currency": ExpressionParser._currency,
    "empty": ExpressionParser._empty,
}  # fmt: skip
_PRIMARIES["begin"] = lambda parser: parser.environment()
