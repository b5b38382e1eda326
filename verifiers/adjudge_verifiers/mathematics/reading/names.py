"""The grammar of names: symbols with marks, constants, words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import cast

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.rewriting import conjugate
from adjudge_verifiers.mathematics.errors import NotMathematics
from adjudge_verifiers.mathematics.reading.cursor import Cursor
from adjudge_verifiers.mathematics.syntax import (
    Apply,
    Call,
    Constant,
    Listing,
    Node,
    Number,
    Power,
    Product,
    Symbol,
    Word,
)

_FUNCTION_LETTERS = frozenset("fghFGH")
_UNIT_VECTORS = frozenset("ijk")
_INVERSE = [("^",), ("{",), ("-",), ("num",), ("}",), ("(",)]
"""What follows the name of an inverse function: ``^{-1}(``."""


class NameParser(Cursor, ABC):
    """Parses what stands for something, and declares the rules that names need."""

    __slots__ = ()

    @abstractmethod
    def listing(self, *closings: str, top: bool = False) -> Node:
        """Items up to one of the closing tokens, which is not consumed."""

    @abstractmethod
    def sum(self) -> Node:
        """``a + b - c ± d``."""

    @abstractmethod
    def product(self) -> Node:
        """``a b · c / d``."""

    @abstractmethod
    def power(self) -> Node:
        """A factor with its postfixes and exponents."""

    @abstractmethod
    def primary(self) -> Node:
        """A number, name, function call or bracketed thing."""

    @abstractmethod
    def exponent(self) -> Node:
        """What stands after ``^``."""

    def sign(self) -> bool:
        """Read plus and minus signs; whether they are negative together."""
        negative = False
        while self.kind in ("+", "-"):
            negative ^= self.advance()[0] == "-"
        return negative

    @abstractmethod
    def multiplies(self, kind: str) -> bool:
        """Whether a token of this kind, after a factor, is another factor."""

    def symbol(self) -> Node:
        """A variable, with its marks, or an unknown function with its arguments."""
        name = str(self.advance()[1])
        subscripted = self.kind == "_"
        name += self.marks()
        if subscripted and self.kind == "^" and (ways := self._chosen_above(name)) is not None:
            return ways
        if self.kind == "^" and (raised := self._raised_before_subscript(name)) is not None:
            return raised
        if (
            name[0] in _FUNCTION_LETTERS
            and [token[:1] for token in self.tokens[self.position : self.position + 6]] == _INVERSE
        ):
            self.position += 5
            name += "^-1"
        if name in ("C", "P") and self._chooses():
            (total, chosen) = (self.tokens[self.position + at][1] for at in (1, 3))
            self.position += 5
            return _ways(name, cast("Node", total), cast("Node", chosen))
        if self.kind == "(" and (name[0] in _FUNCTION_LETTERS or self._defines()):
            self.advance()
            arguments = self.listing(")")
            self.expect(")")
            return Apply(name, arguments.items if isinstance(arguments, Listing) else (arguments,))
        return Symbol(name)

    def combination(self) -> Node:
        """``_{10}C_3`` and ``^{10}P_3``: what is chosen, or arranged, from a number of things."""
        self.advance()
        total = self.primary()
        name = self.advance()[1] if self.kind == "sym" else ""
        if name not in ("C", "P") or self.kind != "_":
            raise NotMathematics("an index stands before nothing")
        self.advance()
        return _ways(name, total, self.primary())

    def counted(self, total: Number) -> Node | None:
        """``10C3``: what follows a number without a space, as on a calculator; None for others."""
        name, chosen = (self.tokens[self.position + at] for at in (0, 1))
        if name[0] != "sym" or name[1] not in ("C", "P") or chosen[0] != "num":
            return None
        if name[2] or chosen[2] or not _are_counts(total, chosen[1]):
            return None
        self.position += 2
        return _ways(str(name[1]), total, cast("Node", chosen[1]))

    def _is_complex(self) -> bool:
        """Whether a braced group with a sum and an ``i`` follows."""
        at = self.position
        inside: set[tuple[str, object]] = set()
        while self.tokens[at][0] not in ("end", "}"):
            inside.add(self.tokens[at][:2])
            at += 1
        return ("const", "i") in inside and not inside.isdisjoint((("+", None), ("-", None)))

    def _chosen_above(self, name: str) -> Node | None:
        """``C_{10}^{3}`` and ``A_{10}^3``, with the number chosen above; None for other powers."""
        letter, _, total = name.partition("_")
        braced = self.peek(1) == "{"
        if letter not in ("C", "P", "A") or not total.isdigit() or self.peek(1 + braced) != "num":
            return None
        things = Number(fmpq(int(total)))
        chosen = self.tokens[self.position + 1 + braced][1]
        if (braced and self.peek(3) != "}") or not _are_counts(things, chosen):
            return None
        self.position += 2 + 2 * braced
        return _ways(letter, things, cast("Node", chosen))

    def _chooses(self) -> bool:
        """Whether ``(10, 3)`` follows, and not the coordinates of a point."""
        ahead = self.tokens[self.position : self.position + 5]
        kinds = [token[0] for token in ahead]
        return kinds == ["(", "num", ",", "num", ")"] and _are_counts(ahead[1][1], ahead[3][1])

    def _raised_before_subscript(self, name: str) -> Node | None:
        """``v^2_0`` and ``v^{2}_{0}`` are the square of ``v_0``."""
        braced = self.peek(1) == "{"
        if self.peek(1 + braced) != "num" or self.peek(2 + 2 * braced) != "_":
            return None
        number = self.tokens[self.position + 1 + braced][1]
        assert isinstance(number, Number)  # noqa: S101 - the tokenizer's promise
        self.position += 2 + 2 * braced
        return Power(Symbol(name + self.marks()), number)

    def marks(self) -> str:
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

    def constant(self) -> Node:
        """``e``, ``i``, ``pi`` or a set of numbers; ``e_1`` is a symbol."""
        name = str(self.advance()[1])
        if name in ("e", "i") and self.kind in ("_", "'"):
            return Symbol(name + self.marks())
        if name == "R" and self.kind in ("^", "_") and self.peek(1) in ("+", "-"):
            self.position += 1
            name = "R" + str(self.advance()[0])
        return Constant(name)

    def word(self) -> Node:
        """Words in a row."""
        words = [str(self.advance()[1])]
        while self.kind == "word":
            words.append(str(self.advance()[1]))
        return Word(" ".join(words))

    def accent(self) -> Node:
        r"""``\vec{v}``, ``\overline{AB}``, the unit vector ``\hat{i}``, a conjugate."""
        name = str(self.advance()[1])
        if name == "bar" and self._is_complex():
            return conjugate(self.primary())
        if name == "vec" and self.peek(self.kind == "{") in ("sym", "const"):
            at = self.position + (self.kind == "{")
            name = "hat" if self.tokens[at][1] in _UNIT_VECTORS else name
        return Symbol(f"{name}({self.raw()})" + self.marks())


def _are_counts(total: object, chosen: object) -> bool:
    """Whether so many can be chosen from so many."""
    assert isinstance(total, Number)  # noqa: S101 - the tokenizer's promise
    assert isinstance(chosen, Number)  # noqa: S101 - the tokenizer's promise
    return total.value.q == chosen.value.q == 1 and total.value >= chosen.value


def _ways(letter: str, total: Node, chosen: Node) -> Node:
    """In how many ways things are chosen (C), or chosen and arranged (P, A)."""
    ways = Call("binomial", (total, chosen))
    return ways if letter == "C" else Product((ways, Call("factorial", (chosen,))))
