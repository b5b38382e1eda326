"""The checker a task asks for: a name, or an object with a name and its options."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from adjudge_verifiers.programs.checkers import (
    exact,
    floats,
    tokens,
    trailing_space,
    unordered_lines,
    unordered_tokens,
)
from adjudge_verifiers.programs.helper_program import HelperProgram

Tolerance = Annotated[float, Field(strict=True, ge=0, le=1e308, allow_inf_nan=False)]


class _Checker(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class TokensChecker(_Checker):
    """The same words in the same order, however they are spaced."""

    name: Literal["tokens"] = "tokens"

    def difference(self, expected: bytes, output: bytes) -> str | None:
        """None when right, else where the output first goes wrong."""
        return tokens.difference(expected, output)


class ExactChecker(_Checker):
    """Byte for byte. For call tests: floats without tolerance."""

    name: Literal["exact"] = "exact"

    def difference(self, expected: bytes, output: bytes) -> str | None:
        """None when right, else where the output first goes wrong."""
        return exact.difference(expected, output)


class LinesChecker(_Checker):
    """Line by line, blind to blanks at the ends of lines and blank lines at the end."""

    name: Literal["lines", "trailing_space"] = "lines"

    def difference(self, expected: bytes, output: bytes) -> str | None:
        """None when right, else where the output first goes wrong."""
        return trailing_space.difference(expected, output)


class UnorderedLinesChecker(_Checker):
    """The same lines in any order."""

    name: Literal["unordered_lines"] = "unordered_lines"

    def difference(self, expected: bytes, output: bytes) -> str | None:
        """None when right, else where the output first goes wrong."""
        return unordered_lines.difference(expected, output)


class UnorderedTokensChecker(_Checker):
    """The same words in any order."""

    name: Literal["unordered_tokens"] = "unordered_tokens"

    def difference(self, expected: bytes, output: bytes) -> str | None:
        """None when right, else where the output first goes wrong."""
        return unordered_tokens.difference(expected, output)


class FloatsChecker(_Checker):
    """Words in order, numbers by value within a tolerance. For call tests: the same tolerances."""

    name: Literal["floats"] = "floats"
    rel_tol: Tolerance = Field(
        default=1e-6, description="Allowed difference as a share of the expected number."
    )
    abs_tol: Tolerance = Field(default=1e-6, description="Allowed difference as such.")

    def difference(self, expected: bytes, output: bytes) -> str | None:
        """None when right, else where the output first goes wrong."""
        return floats.difference(expected, output, rel_tol=self.rel_tol, abs_tol=self.abs_tol)


class ProgramChecker(HelperProgram):
    """A program of the task's author, which is given input, output and answer of each test."""

    name: Literal["program"] = "program"


def _named(value: Any) -> Any:
    """``"floats"`` is short for ``{"name": "floats"}``."""
    return {"name": value} if isinstance(value, str) else value


TextChecker = (
    TokensChecker
    | ExactChecker
    | LinesChecker
    | UnorderedLinesChecker
    | UnorderedTokensChecker
    | FloatsChecker
)
_Choice = Annotated[TextChecker | ProgramChecker, Field(discriminator="name")]
CheckerName = Literal[
    "tokens",
    "exact",
    "lines",
    "trailing_space",
    "unordered_lines",
    "unordered_tokens",
    "floats",
]

Checker = Annotated[_Choice, BeforeValidator(_named, json_schema_input_type=CheckerName | _Choice)]
