"""The grammar of whole answers: lists, relations, sets, units, labels, choice letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.comparing.families import COUNTED
from adjudge_verifiers.mathematics.comparing.points import grouped
from adjudge_verifiers.mathematics.comparing.quantities import joined_quantity, scaled
from adjudge_verifiers.mathematics.errors import BeyondLimits, NotMathematics
from adjudge_verifiers.mathematics.reading.grammar import ExpressionParser
from adjudge_verifiers.mathematics.reading.spelled import plain_sentence, spelled
from adjudge_verifiers.mathematics.reading.tokens import tokenize
from adjudge_verifiers.mathematics.reading.wording import (
    CONNECTING,
    ELSE,
    LEADING,
    LINKING,
    QUALIFIERS,
    REFUSING,
    SCALES,
)
from adjudge_verifiers.mathematics.syntax import (
    Builder,
    Call,
    Combined,
    Constant,
    Deferred,
    Listing,
    Matrix,
    Modular,
    Negative,
    Node,
    Quantity,
    Ratio,
    Relation,
    Sequence,
    SetOf,
    Sum,
    Symbol,
    Word,
)

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.reading.vocabulary import Token

_SAYS = (("rel", "="), ("rel", "~"))
"""Signs before an answer that do not change it."""
_INTEGERS = frozenset(("Z", "N"))
_COUNTING = frozenset(("N", "positive", "nonnegative", "natural", "non-negative"))
"""What makes a parameter no negative integer."""
_NUMBERS = frozenset(("Z", "N", "Q", "R", "C"))
_VALUES = frozenset(
    ("num", "frac", "sqrt", "(", "[", "{", "-", "lset", "currency", "begin", "binom", "lfloor")
)
"""What a value begins with that is no name."""
_SEPARATORS = frozenset((",", ";", "and", "or", "newline", "&"))
_MATRICES = frozenset(
    ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix")
)


class AnswerParser(ExpressionParser):
    """Parses a whole answer. ``parameters``: names that it says are any integer."""

    __slots__ = ("parameters",)

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.parameters: set[str] = set()

    def answer(self) -> Node:
        """All of the text. Raises NotMathematics when something is left over."""
        self._skip_sentence()
        node = self.listing("end", top=True)
        if self.kind == "choose":
            self.advance()
            node = Call("binomial", (node, self.sum()))
        if self.kind != "end":
            raise NotMathematics(f"did not expect {self.describe()}")
        return node

    def _skip_sentence(self) -> None:
        """Go behind ``Therefore,`` and ``The probability is``, which only lead to the answer."""
        at = 0
        while self.tokens[at][0] == "word":
            word = str(self.tokens[at][1]).lower()
            if word in REFUSING or word in ELSE:
                return
            at += 1
            if word in LINKING and self.tokens[at][0] in _VALUES:
                self.position = at
        if at == 1 and word in CONNECTING and self.kind == "word" and self.tokens[1][0] == ",":
            self.position = 2

    def listing(  # noqa: C901 - one loop over items and what stands between them
        self, *closings: str, top: bool = False
    ) -> Node:
        """Items up to one of the closing tokens, which is not consumed."""
        items: list[Node] = []
        joints: list[str] = []  # before each item
        joint = ""
        while self.kind not in closings:
            if self.kind in _SEPARATORS:
                mark = self.advance()[0]
                joint = mark if mark != "," or not joint else joint
                continue
            if top and items and self.kind == "word" and self._word_text() in QUALIFIERS:
                self._skip_qualifier()
                continue
            item = self.item()
            if not (top and items and self._declares(item)):
                items.append(item)
                joints.append(joint)
            if len(items) > limits.ITEMS:
                raise BeyondLimits(f"a list has more than {limits.ITEMS} items")
            joint = ""
            if self.kind in closings or self.kind in _SEPARATORS:
                continue
            if self.kind in ("choose", "over"):
                break
            qualified = self.kind == "word" and self._word_text() in QUALIFIERS
            if not (top and (qualified or (self.kind == "(" and self._condition()))):
                raise NotMathematics(f"did not expect {self.describe()}")
        if not items:
            raise NotMathematics("nothing stands where a value should")
        if len(items) == 1 and (not joint or top):
            return items[0]
        spoken = "or" if "or" in joints else "and" if "and" in joints else ","
        return Listing(grouped(items, joints), spoken)

    def _declares(self, item: Node) -> bool:
        """Whether this only says what a name may be: ``k ∈ Z``."""
        if not (isinstance(item, Relation) and item.operators == ("in",)):
            return False
        name, numbers = item.sides
        if not (isinstance(name, Symbol) and isinstance(numbers, Constant)):
            return False
        if numbers.name in _INTEGERS:
            self.parameters.add(name.name)
        if numbers.name == "N":
            self.parameters.add(name.name + COUNTED)
        return numbers.name in _NUMBERS

    def _word_text(self) -> str:
        return str(self.tokens[self.position][1])

    def _skip_qualifier(self) -> None:
        """Go to the end, or to the separator before a next equation."""
        names: set[str] = set()
        integers = separated = counted = False
        opening = self._word_text()
        self.position += 1
        while self.kind != "end":
            kind, value, _ = self.tokens[self.position]
            if kind == "word" and str(value).lower() in ELSE:
                raise NotMathematics("a condition offers another answer")
            if separated and kind == "word" and value == opening:  # 12 for x = 1, 13 for x = 2
                raise NotMathematics("two answers stand under two conditions")
            separated = separated or kind in _SEPARATORS
            integers = integers or value in ("integer", "integers", "Z", "N")
            counted = counted or value in _COUNTING
            if kind == "sym":
                names.add(str(value))
            self.position += 1
            if integers:
                self.parameters.update(names)
            if counted:
                self.parameters.update(name + COUNTED for name in names)
            if self.kind in _SEPARATORS:
                at = self.position
                while self.tokens[at][0] in _SEPARATORS:
                    at += 1
                ahead = [token[:2] for token in self.tokens[at : at + 6]]
                if ahead[0][0] == "sym" and ("rel", "=") in ahead:
                    return

    def _condition(self) -> bool:
        """Skip a condition or remark in brackets at the end: ``(x > 0)``, ``(double root)``."""
        start = self.position
        self.advance()
        inner = self.listing(")")
        self.expect(")")
        if isinstance(inner, Word) and not REFUSING.isdisjoint(inner.text.lower().split()):
            raise NotMathematics("a remark takes the answer back")
        if isinstance(inner, Relation | Word) and self.kind == "end":
            self._declares(inner)
            return True
        self.position = start
        return False

    def item(self) -> Node:
        """One item: the last of what arrows connect."""
        node = self._labelled()
        while self.kind == "arrow":
            self.advance()
            node = self._labelled()
        return node

    def _labelled(self) -> Node:
        if self.position == 0 and self.tokens[0][:2] in _SAYS:
            self.advance()
        start = self.position
        while self.kind == "word" and str(self.tokens[self.position][1]).lower() in LEADING:
            self.advance()
        if self.kind in ("end", "rel", ",", ":"):
            self.position = start
        return self.relation()

    def relation(self) -> Node:
        """``a < b = c ∈ S``, with ratios and sets as its sides."""
        sides = [self._ratio()]
        operators: list[str] = []
        while self.kind == "rel":
            operators.append(str(self.advance()[1]))
            sides.append(self._ratio())
        node = sides[0] if not operators else Relation(tuple(sides), tuple(operators))
        if self.kind == "mod" or (self.kind == "(" and self.peek(1) == "mod"):
            bracketed = self.advance()[0] == "("
            if bracketed:
                self.advance()
            modulus = self.sum()
            if bracketed:
                self.expect(")")
            node = Modular(node, modulus)
        return node

    def _ratio(self) -> Node:
        first = self._combined()
        if self.kind != ":" and not self._to():
            return first
        items = [first]
        while self.kind == ":" or self._to():
            self.advance()
            items.append(self._combined())
        if isinstance(first, Word) and len(items) == 2:  # noqa: PLR2004 - a label and its value
            return Relation((first, items[1]), ("=",))
        return Ratio(tuple(items))

    def _to(self) -> bool:
        """Whether ``to 4`` follows, as in ``3 to 4``."""
        return self.kind == "word" and self.peek(1) == "num" and self._word_text() == "to"

    def _combined(self) -> Node:
        node = self._quantity()
        while self.kind == "set":
            operator = str(self.advance()[1])
            right = self._quantity()
            if isinstance(node, Combined) and node.operator == operator == "union":
                node = Combined(operator, (*node.sets, right))
            else:
                node = Combined(operator, (node, right))
        return node

    def _quantity(self) -> Node:
        node = self.sum()
        if isinstance(node, Sum) and len(node.terms) == 2:  # noqa: PLR2004 - {x | …} - {6}
            left, right = node.terms
            if isinstance(right, Negative) and (
                isinstance(left, Builder | SetOf)
                or (isinstance(left, Constant) and isinstance(right.inner, SetOf))
            ):
                return Combined("difference", (left, right.inner))
        if self.kind != "word" or isinstance(node, Word):
            return node
        while self.kind == "word" and (scale := SCALES.get(self._word_text().lower())):
            self.advance()
            node = scaled(node, scale)
        unit = self._unit()
        if not unit:
            return node
        quantity = Quantity(node, unit)
        while self.peek(self.kind == "and") == "num":  # 2 hours (and) 30 minutes
            start = self.position
            self.position += self.kind == "and"
            joined = joined_quantity(quantity, self.power(), self._unit())
            if joined is None:
                self.position = start
                break
            quantity = joined
        return quantity

    def _unit(self) -> str:
        """Words after a value, with powers and slashes: ``cm^2``, ``km/h``, ``red apples``."""
        pieces: list[str] = []
        while True:
            kind = self.kind
            if kind == "word":
                word = str(self.tokens[self.position][1])
                if word.lower() in REFUSING:
                    raise NotMathematics(f"did not expect the word {word!r}")
                if word in QUALIFIERS or self._to():
                    break
                pieces.append(word)
                self.advance()
            elif kind == "^" and pieces:
                self.advance()
                pieces[-1] += "^" + self.raw()
            elif kind == "/" and pieces and self.peek(1) == "word":
                self.advance()
                pieces.append("/")
            else:
                break
        return " ".join(pieces)

    def set_content(self, closing: str) -> Node:
        """``a, b`` or ``x | condition``."""
        first = self._builder_variable(closing)
        if first is None:
            return self.listing(closing, "choose", "over")
        condition = self.listing(closing)
        if not isinstance(first, Symbol) and self._declares(condition):  # {5k + 2 : k ∈ Z}
            return first
        return Builder(first, condition)

    def _builder_variable(self, closing: str) -> Node | None:
        """``x |``, ``x :``, ``x ∈ R |`` at the start of braces."""
        at, level = self.position, 0
        kind = self.tokens[at][0]
        if kind not in ("sym", "(", "num") or closing == "end":
            return None
        named = False
        while kind not in ("end", closing, ","):
            if kind == "mid" or (kind in ("|", ":") and level == 0):
                break
            at += 1
            named |= kind == "sym"
            kind = self.tokens[at][0]
        if (
            not named
            or kind not in ("mid", "|", ":")
            or (kind == "|" and self._pairs_bars(at, closing))
        ):
            return None
        variable = self.sum()
        if self.kind == "rel":  # x ∈ R
            self.advance()
            self.sum()
        if self.kind not in ("mid", "|", ":"):
            raise NotMathematics(f"did not expect {self.describe()} in braces")
        self.advance()
        return variable

    def _pairs_bars(self, at: int, closing: str) -> bool:
        """Whether the bars up to the closing brace are those of absolute values: ``a + |b|``."""
        bars = 0
        while (kind := self.tokens[at][0]) not in ("end", closing):
            bars += kind == "|"
            at += 1
        return bars % 2 == 0

    def environment(self) -> Node:  # noqa: C901 - rows, cells and their ends
        """Matrices, and lines of equations."""
        name = str(self.advance()[1])
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        while self.kind != "close":
            if self.kind == "newline":
                self.advance()
                if row:
                    rows.append(tuple(row))
                row = []
            elif self.kind in ("&", ",") or (
                self.kind == "word" and self._word_text() in QUALIFIERS
            ):
                self.advance()
            else:
                row.append(self.item())
            if len(rows) > limits.ITEMS or len(row) > limits.ITEMS:
                raise BeyondLimits(f"a matrix has more than {limits.ITEMS} rows or columns")
        closing = str(self.advance()[1])
        if closing != name:
            raise NotMathematics(f"\\begin{{{name}}} ends with \\end{{{closing}}}")
        if row:
            rows.append(tuple(row))
        if not rows or any(len(other) != len(rows[0]) for other in rows):
            raise NotMathematics("the rows of a matrix differ in length")
        if name in ("vmatrix", "Vmatrix"):
            return Deferred("determinant", (Matrix(tuple(rows)),))
        if name in _MATRICES or name == "array":
            return Matrix(tuple(rows))
        lines = tuple(
            line[0] if len(line) == 1 else Sequence(line, "case", "case") for line in rows
        )
        return lines[0] if len(lines) == 1 else Listing(lines, ",")


def parse_answer(text: str, *, grouping: bool = True) -> tuple[Node, frozenset[str]]:
    """The syntax tree of an answer and its integer parameters. Raises MathematicsError.

    ``grouping``: whether commas outside brackets may group digits.
    """
    phrase = spelled(text) or plain_sentence(text)
    if phrase is not None:
        return phrase, frozenset()
    parser = AnswerParser(tokenize(text, grouping=grouping))
    return parser.answer(), frozenset(parser.parameters)
