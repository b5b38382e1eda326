"""The grammar of functions and roots."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics.reading.names import NameParser
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Constant,
    Deferred,
    Listing,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    negated,
)

_ONE_HALF = Number(fmpq(1, 2))
_INVERSE = {"sin": "asin", "cos": "acos", "tan": "atan", "cot": "acot", "sec": "asec",
            "csc": "acsc",
            "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}  # fmt: skip


class FunctionParser(NameParser):
    """Parses what is applied to arguments."""

    __slots__ = ()

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

    def root(self) -> Node:
        r"""``\sqrt[n]{x}``."""
        self.advance()
        degree: Node | None = None
        if self.kind == "[":
            self.advance()
            degree = self.sum()
            self.expect("]")
        inner = self.argument()
        if degree is None:
            return Power(inner, _ONE_HALF)
        return Call("root", (inner, degree))

    def plain_root(self) -> Node:
        r"""``\root 3 \of x``."""
        self.advance()
        degree = self.argument()
        self.expect("of")
        return Call("root", (self.argument(), degree))

    def function(self) -> Node:
        r"""``\sin^2 x``, ``\log_2(8)``."""
        name = str(self.advance()[1])
        base: Node | None = None
        exponent: Node | None = None
        for _ in range(2):
            if self.kind == "_":
                self.advance()
                base = self.argument()
            elif self.kind == "^":
                self.advance()
                exponent = self.exponent()
        if name in _INVERSE and exponent == Negative(Number(fmpq(1))):
            name, exponent = _INVERSE[name], None
        arguments = self._arguments()
        if base is not None:
            arguments = (*arguments, base)
        call = _called(name, arguments)
        return call if exponent is None else Power(call, exponent)

    def _differential(self) -> bool:
        """Whether ``dx`` follows."""
        return self.tokens[self.position][:2] == ("sym", "d") and self.peek(1) == "sym"

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
        negative = self.sign()
        factors = [self.power()]
        while (
            self.kind not in ("fun", "[")
            and self.multiplies(self.kind)
            and not (self.integrals and self._differential())
        ):
            factors.append(self.power())
        self.depth -= 1
        inner = factors[0] if len(factors) == 1 else Product(tuple(factors))
        if self.kind == "/" and self.peek(1) == "num":  # \sin \pi/6
            self.advance()
            inner = Quotient(inner, self.power())
        return (negated(inner) if negative else inner,)


def _called(name: str, arguments: tuple[Node, ...]) -> Node:
    """A function of its arguments, in terms of those that all rungs know."""
    if name == "lg":
        return Call("log", (*arguments, Number(fmpq(10))))
    if len(arguments) == 1:
        if name == "exp":
            return Power(Constant("e"), arguments[0])
        if name == "cbrt":
            return Call("root", (arguments[0], Number(fmpq(3))))
        if name == "cis":
            turn = Product((Constant("i"), Call("sin", arguments)))
            return Sum((Call("cos", arguments), turn))
        if name == "det" and isinstance(arguments[0], Matrix):
            return Deferred("determinant", arguments)
    return Call("log" if name == "ln" else name, arguments)
