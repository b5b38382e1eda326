"""What became of a candidate and what it earns."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - type hints of a dataclass resolve at run time
from dataclasses import dataclass, field
from typing import Any

from adjudge.outcome import Outcome  # noqa: TC001 - type hints of a dataclass resolve at run time


@dataclass(frozen=True, slots=True)
class Usage:
    """What one judgement used. Times in seconds, memory in bytes (0: not measured)."""

    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class TestResult:
    """What one test case showed."""

    __test__ = False  # its name does not make it a test of pytest's

    outcome: Outcome
    message: str = ""
    usage: Usage = Usage()


@dataclass(frozen=True)
class Verdict:
    """What became of one candidate and what it earns.

    ``reward`` is None when the candidate was not judged: mask the sample, never read it as 0.
    ``reason`` is a stable lower_snake_case code, ``message`` one English sentence, ``answer`` what
    was extracted from the completion (None: nothing found), ``decided_by`` the rung or rule that
    decided, ``tests`` one result for each test that ran, in the task's order.
    """

    outcome: Outcome
    reward: float | None = None
    reason: str = ""
    message: str = ""
    answer: str | None = None
    decided_by: str = ""
    usage: Usage = Usage()
    tests: tuple[TestResult, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    verifier: str = ""
    verifier_version: str = ""
    from_cache: bool = False
    candidate_id: str = ""
