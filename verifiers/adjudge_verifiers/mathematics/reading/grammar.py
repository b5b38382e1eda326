"""The grammar of expressions: recursive descent from tokens to the syntax tree."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics.algebra.exact import based
from adjudge_verifiers.mathematics.errors import NotMathematics
from adjudge_verifiers.mathematics.reading.calculus import CalculusParser
from adjudge_verifiers.mathematics.syntax import (
    Based,
    Call,
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
    Word,
    negated,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_STARTS = frozenset(
    [
        "num",
        "sym",
        "const",
        "fun",
        "(",
        "{",
        "frac",
        "sqrt",
        "root",
        "binom",
        "lfloor",
        "lceil",
        "accent",
        "deferred",
        "begin",
        "[",
    ]
)
"""Tokens that multiply when they follow a factor."""
_ORDINALS = frozenset(("th", "st", "nd", "rd"))
_MOST_POSTFIXES = 3
_MAX_BASE = 36
_BASES = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "twelve": "12", "sixteen": "16",
}  # fmt: skip


class ExpressionParser(CalculusParser):
    """Parses sums, products, powers and what stands between brackets.

    ``listing`` (what may stand inside brackets) comes from the answer grammar above it.
    """

    __slots__ = ()

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
                terms.append(negated(self._signed()))
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
        return negated(inner) if negative else inner

    def product(self) -> Node:
        """``a b · c / d``: divisions go from left to right."""
        first = self.power()
        if isinstance(first, Word):
            return first
        above: list[Node] = [first]
        below: list[Node] = []
        while True:
            kind = self.kind
            if kind in ("*", "/"):
                self.advance()
                sign = self.sign()
                factor = self.power()
                if sign:
                    factor = Negative(factor)
                (above if kind == "*" else below).append(factor)
            elif self.multiplies(kind):
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

    def multiplies(self, kind: str) -> bool:
        """Whether a token of this kind, after a factor, is another factor."""
        if kind == "|":
            return self.bars == 0
        if kind not in _STARTS:
            return False
        if kind == "num":
            return not self.previous_is_number
        if kind == "(":
            remark = self.peek(1) == "word" and self.peek(2) in (")", "word")
            condition = self.peek(1) == "sym" and self.peek(2) == "rel"
            return not (remark or condition) and self.peek(1) != "mod"
        return kind != "[" or not self.previous_is_number

    def power(self) -> Node:
        """A factor with its postfixes and exponents."""
        base = self._postfix(self.primary())
        while self.kind == "^":
            self.advance()
            if self.kind == "deg" or (self.kind == "{" and self.peek(1) == "deg"):
                self._skip_group(1)
                base = Quantity(base, self._degrees())
                continue
            if self.kind == "{" and self.peek(1) == "word" and self.peek(2) == "}":
                word = str(self.tokens[self.position + 1][1])
                if word in _ORDINALS:
                    self._skip_group(1)
                    continue
            base = self._postfix(Power(base, self.exponent()))
        return base

    def _degrees(self) -> str:
        """The unit whose sign was read: degrees, or those of the scale that ends the text."""
        scale = self.tokens[self.position]
        if scale[0] != "sym" or scale[1] not in ("C", "F") or self.peek(1) != "end":
            return "degree"
        self.advance()
        return f"deg{scale[1]}"

    def _skip_group(self, inside: int) -> None:
        braced = self.kind == "{"
        for _ in range(inside + 2 * braced):
            self.advance()

    def exponent(self) -> Node:
        """What stands after ``^``."""
        self.deeper()
        if self.sign():
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
                node = Quantity(node, self._degrees())
            elif kind == "currency":
                node = Quantity(node, str(self.advance()[1]))
            elif kind == "'" and isinstance(node, Number):
                self.advance()
                double = self.kind == "'"
                self.position += double
                node = Quantity(node, "arcsecond" if double else "arcminute")
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

    def number(self) -> Node:
        """A number, a numeral with its base, or a mixed number."""
        number = self.advance()[1]
        assert isinstance(number, Number)  # noqa: S101 - the tokenizer's promise
        if self.kind == "_" and number.places < 0:
            return self._in_base(number)
        if self.kind == "sym" and (ways := self.counted(number)) is not None:
            return ways
        if (
            self.kind == "num"
            and self.tokens[self.position][2]
            and self.peek(1) == "/"
            and self.peek(2) == "num"
        ):  # 3 1/2
            top, bottom = self.tokens[self.position][1], self.tokens[self.position + 2][1]
            assert isinstance(top, Number)  # noqa: S101 - the tokenizer's promise
            assert isinstance(bottom, Number)  # noqa: S101 - the tokenizer's promise
            if (
                0 < top.value < bottom.value
                and number.value.q == top.value.q == bottom.value.q == 1
            ):
                self.position += 3
                return Number(number.value + top.value / bottom.value)
        return number

    def _in_base(self, number: Number) -> Based:
        """The numeral whose base follows as a subscript."""
        self.advance()
        base = self.raw().strip("()").removeprefix("base")
        base = _BASES.get(base, base)
        if base.isdigit() and len(base) <= 2 and 2 <= int(base) <= _MAX_BASE:  # noqa: PLR2004
            numeral = Based(str(number.value), int(base))
            if based(numeral) is None:
                raise NotMathematics(f"a digit does not fit the base {base}")
            return numeral
        raise NotMathematics(f"a numeral's base must lie between 2 and {_MAX_BASE}")

    def round(self) -> Node:
        """A group, tuple or interval."""
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
        if self.kind == "_" and isinstance(inner, Number) and inner.value.q == 1:
            return self._in_base(inner)
        return inner

    def braces(self) -> Node:
        """A group or a set."""
        closing = "}" if self.advance()[0] == "{" else "rset"
        if self.kind == closing:
            if closing == "}" and self.peek(1) in ("^", "_"):
                self.advance()
                return self.combination()
            if closing == "}" and self.depth > 1:
                raise NotMathematics("nothing stands between braces")
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
            return SetOf(inner.items, grouped=closing == "}")
        return SetOf((inner,)) if closing == "rset" and not _is_set(inner) else inner

    def set_content(self, closing: str) -> Node:
        """What stands between braces; the answer grammar adds ``{x | condition}``."""
        return self.listing(closing)

    def absolute(self) -> Node:
        """``|x|``."""
        self.advance()
        self.bars += 1
        inner = self.sum()
        self.bars -= 1
        self.expect("|")
        return Call("abs", (inner,))

    def floor(self) -> Node:
        """Floor and ceiling brackets."""
        name = "floor" if self.advance()[0] == "lfloor" else "ceil"
        inner = self.sum()
        self.expect("r" + name)
        return Call(name, (inner,))

    def currency(self) -> Node:
        """A currency sign and its value."""
        unit = str(self.advance()[1])
        value = self.power()
        if self.kind == "frac" and self.previous_is_number:  # $12 1/2
            part = self.power()
            value = _mixed(value, part) or Product((value, part))
        return Quantity(value, unit)

    def empty(self) -> Node:
        """The empty set."""
        self.advance()
        return SetOf(())

    @abstractmethod
    def environment(self) -> Node:
        r"""``\\begin{…}``: given by the answer grammar."""


def _is_set(node: Node) -> bool:
    return type(node).__name__ == "Builder"


def _mixed(whole: Node, fraction: Node) -> Node | None:
    r"""``3\\frac{1}{2}`` is three and a half when the fraction is proper."""
    if isinstance(fraction, Quantity):  # 33 1/3 %
        mixed = _mixed(whole, fraction.value)
        return None if mixed is None else Quantity(mixed, fraction.unit)
    if not (isinstance(whole, Number) and whole.places < 0 and isinstance(fraction, Quotient)):
        return None
    top, bottom = fraction.numerator, fraction.denominator
    if not (isinstance(top, Number) and isinstance(bottom, Number)):
        return None
    if whole.value.q == top.value.q == bottom.value.q == 1 and 0 < top.value < bottom.value:
        return Number(whole.value + top.value / bottom.value)
    return None


_PARTS_OF_A_DEGREE = {"arcminute": 60, "arcsecond": 3600}


def _minutes(degrees: Node, minutes: Node) -> Quantity | None:
    """``60° 42'`` as one angle; seconds are added to that."""
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


_PRIMARIES: dict[str, Callable[[ExpressionParser], Node]] = {
    "num": ExpressionParser.number, "sym": ExpressionParser.symbol,
    "const": ExpressionParser.constant, "word": ExpressionParser.word,
    "(": ExpressionParser.round, "[": ExpressionParser.round, "]": ExpressionParser.round,
    "{": ExpressionParser.braces, "lset": ExpressionParser.braces,
    "|": ExpressionParser.absolute, "lfloor": ExpressionParser.floor,
    "lceil": ExpressionParser.floor, "frac": ExpressionParser.fraction,
    "binom": ExpressionParser.fraction, "sqrt": ExpressionParser.root,
    "root": ExpressionParser.plain_root,
    "fun": ExpressionParser.function, "accent": ExpressionParser.accent,
    "deferred": ExpressionParser.deferred, "currency": ExpressionParser.currency,
    "empty": ExpressionParser.empty, "^": ExpressionParser.combination,
    "_": ExpressionParser.combination,
}  # fmt: skip
_PRIMARIES["begin"] = lambda parser: parser.environment()
