"""A place in a list of tokens, and how deep the parser is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.errors import BeyondLimits, NotMathematics
from adjudge_verifiers.mathematics.syntax import Number

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.reading.vocabulary import Token

_END: Token = ("end", None, False)


class Cursor:
    """Walks over tokens; never past the end, which is a token of its own."""

    __slots__ = ("bars", "depth", "integrals", "position", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = [*tokens, _END, _END, _END]
        self.position = 0
        self.depth = 0
        self.bars = 0
        self.integrals = 0

    @property
    def kind(self) -> str:
        """The kind of the token to read next."""
        return self.tokens[self.position][0]

    @property
    def previous_is_number(self) -> bool:
        """Whether the token just read is a written number."""
        return self.position > 0 and self.tokens[self.position - 1][0] == "num"

    def peek(self, ahead: int) -> str:
        """The kind of a later token."""
        at = self.position + ahead
        return self.tokens[at][0] if at < len(self.tokens) else "end"

    def advance(self) -> Token:
        """Read one token."""
        token = self.tokens[self.position]
        if token[0] == "end":
            raise NotMathematics("the text ends too early")
        self.position += 1
        return token

    def expect(self, kind: str) -> None:
        """Read one token of this kind. Raises NotMathematics for another one."""
        if self.kind != kind:
            raise NotMathematics(f"expected {kind}, got {self.describe()}")
        self.position += 1

    def describe(self) -> str:
        """The token to read next, for a message."""
        kind, value, _ = self.tokens[self.position]
        if kind == "end":
            return "the end"
        return f"{kind} {value}" if isinstance(value, str) else kind

    def deeper(self) -> None:
        """Go one level down. Raises BeyondLimits; the caller comes up again by itself."""
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise BeyondLimits(f"the text is nested more than {limits.DEPTH} levels deep")

    def raw(self) -> str:
        """A braced group or one token, as a name: the text of a subscript."""
        if self.kind != "{":
            return _spelled(self.advance())
        self.advance()
        level = 1
        pieces: list[str] = []
        while True:
            token = self.advance()
            level += (token[0] == "{") - (token[0] == "}")
            if level == 0:
                return "".join(pieces)
            pieces.append(_spelled(token))


def _spelled(token: Token) -> str:
    kind, value, _ = token
    if isinstance(value, Number):
        return str(value.value)
    return value if isinstance(value, str) else kind if kind not in ("{", "}") else ""
