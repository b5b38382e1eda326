"""One judgement, start to end: the only place where a verdict is made from a verifier's word.

Used by the evaluator inside the jail and by the worker for sandboxed verifiers, so that both turn
exceptions into outcomes and outcomes into rewards by the same table.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from adjudge_verifiers.contract import (
    AnyVerifier,
    BadTask,
    Outcome,
    SandboxedVerifier,
    TaskParameters,
    Unavailable,
    Verdict,
)
from adjudge_verifiers.sandbox import SandboxStopped, SandboxUnavailable

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Sandbox

_REWARDED = {outcome.name for outcome in Outcome if outcome.bears_reward}


@dataclasses.dataclass(frozen=True, slots=True)
class PreparedTask:
    """A task ready to judge: its verifier, its validated parameters, what ``prepare`` returned."""

    verifier: AnyVerifier
    parameters: TaskParameters
    prepared: Any


def read_parameters(verifier: AnyVerifier, parameters_json: str | bytes) -> TaskParameters:
    """Validate a task's parameters. Raises BadTask that names the field."""
    try:
        parameters = verifier.parameters_type.model_validate_json(parameters_json)
    except ValidationError as error:
        raise _as_bad_task(error) from error
    for name in parameters.rewards:
        if name not in _REWARDED:
            raise BadTask(
                f"rewards.{name}",
                f"expected the name of a rewarded outcome ({', '.join(sorted(_REWARDED))})",
                reason="bad_parameters",
            )
    return parameters


def prepare(verifier: AnyVerifier, parameters: TaskParameters) -> PreparedTask | Verdict:
    """Prepare one task, or say in a verdict for all its candidates why that cannot be."""
    try:
        return PreparedTask(verifier, parameters, verifier.prepare(parameters))
    except MemoryError:
        return Verdict.not_judged(
            Outcome.BAD_TASK,
            reason="reference_budget",
            message="Preparing the task (its reference or tests) ran out of memory.",
        )
    except RecursionError:
        return Verdict.not_judged(
            Outcome.BAD_TASK,
            reason="reference_too_deep",
            message="The task's reference or tests are nested too deeply.",
        )
    except (Exception, SystemExit) as error:  # noqa: BLE001 - every escape has its outcome below
        return not_judged(error)


def judge(task: PreparedTask, completion: str, sandbox: Sandbox | None = None) -> Verdict:
    """Judge one completion. Never raises: every escape becomes the verdict that names it."""
    if len(completion) > task.verifier.completion_characters:
        return with_rewards(_too_long(completion, task.verifier), task.parameters)
    try:
        verdict = _ask(task, completion, sandbox)
    except MemoryError:
        verdict = Verdict.fault(
            Outcome.MEMORY_LIMIT, reason="memory", message="Judging the answer ran out of memory."
        )
    except RecursionError:
        verdict = Verdict.fault(
            Outcome.INVALID_ANSWER, reason="too_deep", message="The answer is nested too deeply."
        )
    except (Exception, SystemExit) as error:  # noqa: BLE001 - every escape has its outcome below
        verdict = not_judged(error)
    return with_rewards(verdict, task.parameters)


def _ask(task: PreparedTask, completion: str, sandbox: Sandbox | None) -> Verdict:
    """The verifier's own word, as it comes."""
    if not isinstance(task.verifier, SandboxedVerifier):
        verdict = task.verifier.judge(task.prepared, completion)
    elif sandbox is None:
        raise SandboxUnavailable("this process has no sandbox")
    else:
        verdict = task.verifier.judge(task.prepared, completion, sandbox)
    if not isinstance(verdict, Verdict):
        raise TypeError(f"judge returned {type(verdict).__name__}, not a Verdict")
    return verdict


def _too_long(completion: str, verifier: AnyVerifier) -> Verdict:
    return Verdict.fault(
        Outcome.INVALID_ANSWER,
        reason="completion_too_long",
        message=f"The completion has {len(completion):,} characters; "
        f"the limit is {verifier.completion_characters:,}.",
    )


def with_rewards(verdict: Verdict, parameters: TaskParameters) -> Verdict:
    """The verdict with the task's own reward for its outcome, where the task sets one."""
    if not parameters.rewards or verdict.outcome.name not in parameters.rewards:
        return verdict
    return dataclasses.replace(verdict, reward=parameters.rewards[verdict.outcome.name])


def not_judged(error: BaseException) -> Verdict:
    """The verdict without reward that an escaped exception becomes."""
    match error:
        case BadTask():
            return Verdict.not_judged(Outcome.BAD_TASK, reason=error.reason, message=str(error))
        case Unavailable() | SandboxUnavailable():
            return Verdict.not_judged(Outcome.UNAVAILABLE, reason="unavailable", message=str(error))
        case SandboxStopped():
            return Verdict.not_judged(
                Outcome.DEADLINE_EXCEEDED, reason="deadline", message=str(error)
            )
        case _:
            return Verdict.not_judged(
                Outcome.INTERNAL_ERROR,
                reason="verifier_raised",
                message=f"The verifier raised {type(error).__name__}; "
                "this is a bug, not the answer's fault.",
            )


def _as_bad_task(error: ValidationError) -> BadTask:
    first = error.errors(include_url=False, include_input=False)[0]
    path = ""
    for step in first["loc"]:
        if isinstance(step, str) and step[:1].isupper() and not step.isupper():
            continue  # the tag of a union's member (a class name), no field of the task
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return BadTask(path or "parameters", first["msg"] + more, reason="bad_parameters")
