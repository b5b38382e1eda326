"""What the service says of its verifiers."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - type hints of a dataclass resolve at run time
from dataclasses import dataclass, field
from typing import Any

from adjudge.outcome import Outcome  # noqa: TC001 - type hints of a dataclass resolve at run time


@dataclass(frozen=True, slots=True)
class VerifierExample:
    """A worked example of a verifier."""

    parameters: Mapping[str, Any]
    completion: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class VerifierDescription:
    """A verifier that the live workers know.

    ``parameters_schema`` is JSON Schema (2020-12); so is ``group_options_schema``, None when the
    verifier cannot group answers. ``toolchains`` says, for a verifier that runs programs, what each
    language is run with ("g++ 12.2.0"); ``missing_toolchains`` for the others what is missing.
    """

    name: str
    version: str
    summary: str
    parameters_schema: Mapping[str, Any]
    examples: tuple[VerifierExample, ...] = ()
    available: bool = True
    unavailable_reason: str = ""
    pools: tuple[str, ...] = ()
    group_options_schema: Mapping[str, Any] | None = None
    toolchains: Mapping[str, str] = field(default_factory=dict[str, str])
    missing_toolchains: Mapping[str, str] = field(default_factory=dict[str, str])
