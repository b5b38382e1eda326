"""Tasks made ready to judge: found, their parameters validated, prepared; each once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from adjudge.v1.task_pb2 import Task
from adjudge_verifiers import judging
from adjudge_verifiers.contract import BadTask, Outcome, Verdict
from adjudge_worker.lru import ByteLru

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adjudge_verifiers.contract import AnyVerifier, Budget, TaskParameters
    from adjudge_verifiers.judging import PreparedTask

_OBJECTS_PER_BYTE = 4
"""Parameters as Python objects weigh about four times their JSON text."""


@dataclasses.dataclass(frozen=True, slots=True)
class ReadyTask:
    """A task in full, with its validated parameters."""

    verifier: AnyVerifier
    task: Task
    parameters: TaskParameters

    @property
    def budget(self) -> Budget:
        """What one judgement may use: the task's own budget, else the verifier's."""
        return self.parameters.budget or self.verifier.budget


class Shelf:
    """Ready tasks of one worker, kept while they are in use, up to ``limit_bytes``."""

    def __init__(self, limit_bytes: int) -> None:
        self._ready: ByteLru[tuple[str, str], ReadyTask | Verdict] = ByteLru(limit_bytes // 2)
        self._prepared: ByteLru[tuple[str, str], PreparedTask | Verdict] = ByteLru(limit_bytes // 2)

    def ready(
        self, verifier: AnyVerifier, tasks: Iterable[Task], stored: Mapping[bytes, Task]
    ) -> list[ReadyTask | Verdict]:
        """Each task ready to judge, or the verdict of all its candidates.

        ``stored`` holds the tasks that were named by digest alone and could be fetched.
        """
        return [self._ready_one(verifier, task, stored) for task in tasks]

    def prepared(self, ready: ReadyTask) -> PreparedTask | Verdict:
        """What ``prepare`` made of a task, for a verifier that judges in this process."""
        key = _key(ready.verifier, ready.task)
        prepared = self._prepared.get(key)
        if prepared is None:
            prepared = judging.prepare(ready.verifier, ready.parameters)
            self._prepared.put(key, prepared, _weight(ready.task))
        return prepared

    def _ready_one(
        self, verifier: AnyVerifier, task: Task, stored: Mapping[bytes, Task]
    ) -> ReadyTask | Verdict:
        if by_digest(task):
            found = stored.get(task.digest)
            if found is None:
                return _lost(task.digest)
            task = found
        if task.verifier != verifier.name:
            return Verdict.not_judged(
                Outcome.INTERNAL_ERROR,
                reason="wrong_verifier",
                message=f"The task is for {task.verifier!r}, its job for {verifier.name!r}.",
            )
        key = _key(verifier, task)
        ready = self._ready.get(key)
        if ready is None:
            ready = _read(verifier, task)
            self._ready.put(key, ready, _weight(task))
        return ready


def by_digest(task: Task) -> bool:
    """True for a task that is named by its digest alone."""
    return bool(task.digest) and not task.verifier and not task.parameters_json


def _read(verifier: AnyVerifier, task: Task) -> ReadyTask | Verdict:
    try:
        parameters = judging.read_parameters(verifier, task.parameters_json)
    except BadTask as error:
        return judging.not_judged(error)
    copy = Task()
    copy.CopyFrom(task)  # else the whole request would stay alive with it
    return ReadyTask(verifier, copy, parameters)


def _key(verifier: AnyVerifier, task: Task) -> tuple[str, str]:
    """The parameters themselves: a digest beside a task sent in full may be anyone's word."""
    return verifier.name, task.parameters_json


def _weight(task: Task) -> int:
    return 1024 + (1 + _OBJECTS_PER_BYTE) * len(task.parameters_json)


def _lost(digest: bytes) -> Verdict:
    return Verdict.not_judged(
        Outcome.INTERNAL_ERROR,
        reason="task_lost",
        message=f"The task {digest.hex()[:64]} is no longer stored; send the request again.",
    )
