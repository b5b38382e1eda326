"""Verifiable rewards for RL post-training: what a trainer installs.

Names load when they are first used, so that ``import adjudge.v1.verdict_pb2`` needs no gRPC.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adjudge import formats, tasks
    from adjudge.async_client import AsyncClient
    from adjudge.candidate import Candidate
    from adjudge.client import Client
    from adjudge.errors import (
        AbortedError,
        AdjudgeError,
        AlreadyExistsError,
        CallCancelledError,
        ClientClosedError,
        DataLossError,
        DeadlineExceededError,
        FailedPreconditionError,
        InternalError,
        InvalidArgumentError,
        NotFoundError,
        OutOfRangeError,
        PermissionDeniedError,
        ProtocolError,
        ResourceExhaustedError,
        StatusError,
        UnauthenticatedError,
        UnavailableError,
        UnimplementedError,
        UnknownError,
        Violation,
    )
    from adjudge.fake import FakeAsyncClient, FakeClient
    from adjudge.grouping import AnswerClass, AnswerGroup, GroupedAnswers, GroupFailure
    from adjudge.options import Options, Tls
    from adjudge.outcome import Outcome
    from adjudge.task import Task
    from adjudge.verdict import TestResult, Usage, Verdict
    from adjudge.verifier import VerifierDescription, VerifierExample

__all__ = [
    "AbortedError",
    "AdjudgeError",
    "AlreadyExistsError",
    "AnswerClass",
    "AnswerGroup",
    "AsyncClient",
    "CallCancelledError",
    "Candidate",
    "Client",
    "ClientClosedError",
    "DataLossError",
    "DeadlineExceededError",
    "FailedPreconditionError",
    "FakeAsyncClient",
    "FakeClient",
    "GroupFailure",
    "GroupedAnswers",
    "InternalError",
    "InvalidArgumentError",
    "NotFoundError",
    "Options",
    "OutOfRangeError",
    "Outcome",
    "PermissionDeniedError",
    "ProtocolError",
    "ResourceExhaustedError",
    "StatusError",
    "Task",
    "TestResult",
    "Tls",
    "UnauthenticatedError",
    "UnavailableError",
    "UnimplementedError",
    "UnknownError",
    "Usage",
    "Verdict",
    "VerifierDescription",
    "VerifierExample",
    "Violation",
    "formats",
    "tasks",
]

_HOMES = {
    "AnswerClass": "grouping",
    "AnswerGroup": "grouping",
    "AsyncClient": "async_client",
    "Candidate": "candidate",
    "Client": "client",
    "FakeAsyncClient": "fake",
    "FakeClient": "fake",
    "GroupFailure": "grouping",
    "GroupedAnswers": "grouping",
    "Options": "options",
    "Outcome": "outcome",
    "Task": "task",
    "TestResult": "verdict",
    "Tls": "options",
    "Usage": "verdict",
    "Verdict": "verdict",
    "VerifierDescription": "verifier",
    "VerifierExample": "verifier",
}
"""Module of each public name; the names of errors live in ``errors``."""


def __getattr__(name: str) -> Any:
    if name in {"formats", "tasks"}:
        return importlib.import_module(f"adjudge.{name}")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"adjudge.{_HOMES.get(name, 'errors')}")
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
