"""One chunk, judged: each candidate gets exactly one verdict, in order, whatever goes wrong."""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Protocol

from google.protobuf.message import DecodeError as ProtobufDecodeError

from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest, VerifyCandidatesResponse
from adjudge_verifiers import judging
from adjudge_verifiers.contract import Outcome, SandboxedVerifier, Unavailable, Verdict
from adjudge_verifiers.sandbox import Sandbox
from adjudge_worker.errors import BadChunk
from adjudge_worker.queue.patience import patiently
from adjudge_worker.shelf import ReadyTask, Shelf, by_digest
from adjudge_worker.wire import encode_verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from adjudge.v1.task_pb2 import Candidate
    from adjudge_verifiers.contract import AnyVerifier, Budget
    from adjudge_verifiers.registry import Registry
    from adjudge_worker.queue import Job
    from adjudge_worker.tasks import TaskStore


class Evaluators(Protocol):
    """What a chunk needs of ``adjudge_worker.evaluators``."""

    def judge(
        self,
        request: VerifyCandidatesRequest,
        budgets: Sequence[Budget],
        stop: Callable[[], Outcome | None],
    ) -> bytes:
        """Serialised VerifyCandidatesResponse, one verdict for each candidate, in order."""
        ...


class SlotSandbox(Sandbox, Protocol):
    """What a chunk needs of ``adjudge_worker.jail.sandbox``."""

    def until(self, stop: Callable[[], object]) -> Sandbox:
        """The same sandbox, which raises SandboxStopped soon after ``stop()`` is true."""
        ...


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """What became of a chunk."""

    response: bytes
    """Serialised VerifyCandidatesResponse."""
    items: int
    stopped: bool
    """True when it was stopped before its end: such a response must not be kept for retries."""


class ChunkJudge:
    """Judges chunks, one at a time: the part of a slot that knows verifiers and no queue."""

    def __init__(
        self,
        registry: Registry,
        evaluators: Evaluators,
        sandbox: SlotSandbox,
        tasks: TaskStore,
        *,
        shelf: Shelf,
    ) -> None:
        self._registry = registry
        self._evaluators = evaluators
        self._sandbox = sandbox
        self._tasks = tasks
        self._shelf = shelf

    def judge(self, job: Job, stop: Callable[[], Outcome | None]) -> Judged:
        """Judge a job's chunk. ``stop`` is asked between items: None to go on.

        Raises BadChunk when there is no chunk to judge, JailError when the jail is lost for good.
        """
        request = _parse(job)
        halt = _Halt(stop)
        try:
            verifier = self._registry.get(job.verifier)
        except Unavailable as error:
            return _whole(job, request, None, judging.not_judged(error))
        if halt() is not None:
            return _whole(job, request, verifier, halt.verdict, stopped=True)
        ready = self._ready(verifier, request, halt)
        if job.blamed:
            response = b"".join(_blamed(request, ready, verifier))
        elif isinstance(verifier, SandboxedVerifier):
            response = b"".join(self._sandboxed(request, ready, verifier, halt))
        else:
            response = self._evaluated(request, ready, verifier, halt)
        return Judged(response, len(request.candidates), halt.said is not None)

    def give_up(self, job: Job, reason: str, message: str) -> Judged:
        """No reward for any candidate: judging failed, and none of them is to blame.

        Raises BadChunk as ``judge`` does.
        """
        verdict = Verdict.not_judged(Outcome.INTERNAL_ERROR, reason=reason, message=message)
        return _whole(job, _parse(job), None, verdict, stopped=True)

    def _ready(
        self, verifier: AnyVerifier, request: VerifyCandidatesRequest, halt: _Halt
    ) -> list[ReadyTask | Verdict]:
        digests = [task.digest for task in request.tasks if by_digest(task)]
        stored = patiently(
            "fetching tasks", lambda: self._tasks.fetch(digests), lambda: halt() is not None
        )
        if stored is None:
            return [halt.verdict] * len(request.tasks)
        return self._shelf.ready(verifier, request.tasks, stored)

    def _sandboxed(
        self,
        request: VerifyCandidatesRequest,
        ready: Sequence[ReadyTask | Verdict],
        verifier: AnyVerifier,
        halt: _Halt,
    ) -> Iterator[bytes]:
        sandbox = self._sandbox.until(halt)
        for candidate in request.candidates:
            began = time.monotonic()
            task = _task_of(candidate, ready)
            if isinstance(task, ReadyTask):
                prepared = halt.verdict if halt() is not None else self._shelf.prepared(task)
                verdict = (
                    prepared
                    if isinstance(prepared, Verdict)
                    else judging.judge(prepared, candidate.completion, sandbox)
                )
            else:
                verdict = task
            yield encode_verdict(
                verdict,
                verifier=verifier,
                verifier_name=verifier.name,
                candidate_id=candidate.id,
                cpu_seconds=sum(case.cpu_seconds for case in verdict.tests),
                wall_seconds=time.monotonic() - began,
                peak_memory_bytes=max(
                    (case.peak_memory_bytes for case in verdict.tests), default=0
                ),
            )

    def _evaluated(
        self,
        request: VerifyCandidatesRequest,
        ready: Sequence[ReadyTask | Verdict],
        verifier: AnyVerifier,
        halt: _Halt,
    ) -> bytes:
        """Hand over what can be judged, as one request, and put the rest between its verdicts."""
        for position, task in enumerate(ready):
            if isinstance(task, ReadyTask) and by_digest(request.tasks[position]):
                request.tasks[position].CopyFrom(task.task)
        fates = [_task_of(candidate, ready) for candidate in request.candidates]
        if all(isinstance(fate, ReadyTask) for fate in (*ready, *fates)):
            budgets = [task.budget for task in ready if isinstance(task, ReadyTask)]
            return self._evaluators.judge(request, budgets, halt) if fates else b""
        judged = iter(self._evaluated_in_part(request, ready, fates, halt).verdicts)
        return b"".join(
            VerifyCandidatesResponse(verdicts=[next(judged)]).SerializeToString()
            if isinstance(fate, ReadyTask)
            else _unjudged(fate, verifier, verifier.name, candidate)
            for candidate, fate in zip(request.candidates, fates, strict=True)
        )

    def _evaluated_in_part(
        self,
        request: VerifyCandidatesRequest,
        ready: Sequence[ReadyTask | Verdict],
        fates: Sequence[ReadyTask | Verdict],
        halt: _Halt,
    ) -> VerifyCandidatesResponse:
        """The verdicts of the candidates whose task is ready, in order."""
        places: dict[int, int] = {}
        budgets: list[Budget] = []
        some = VerifyCandidatesRequest()
        for position, task in enumerate(ready):
            if isinstance(task, ReadyTask):
                places[position] = len(budgets)
                budgets.append(task.budget)
                some.tasks.append(task.task)
        for candidate, fate in zip(request.candidates, fates, strict=True):
            if isinstance(fate, ReadyTask):
                some.candidates.append(candidate)
                some.candidates[-1].task_index = places[candidate.task_index]
        if not some.candidates:
            return VerifyCandidatesResponse()
        return VerifyCandidatesResponse.FromString(self._evaluators.judge(some, budgets, halt))


class _Halt:
    """A ``stop`` that remembers that it said so."""

    def __init__(self, stop: Callable[[], Outcome | None]) -> None:
        self._stop = stop
        self.said: Outcome | None = None

    def __call__(self) -> Outcome | None:
        if self.said is None:
            self.said = self._stop()
        return self.said

    @property
    def verdict(self) -> Verdict:
        return Verdict.not_judged(
            self.said or Outcome.DEADLINE_EXCEEDED,
            reason="deadline",
            message="The caller's deadline passed before this candidate was judged.",
        )


def _parse(job: Job) -> VerifyCandidatesRequest:
    try:
        return VerifyCandidatesRequest.FromString(job.chunk)
    except ProtobufDecodeError as error:
        raise BadChunk(f"its chunk is no VerifyCandidatesRequest: {error}") from error


def _task_of(candidate: Candidate, ready: Sequence[ReadyTask | Verdict]) -> ReadyTask | Verdict:
    if candidate.task_index < len(ready):
        return ready[candidate.task_index]
    return Verdict.not_judged(
        Outcome.INTERNAL_ERROR,
        reason="no_such_task",
        message=f"The chunk has {len(ready)} tasks, the candidate asks for "
        f"number {candidate.task_index}.",
    )


def _blamed(
    request: VerifyCandidatesRequest,
    ready: Sequence[ReadyTask | Verdict],
    verifier: AnyVerifier,
) -> Iterator[bytes]:
    verdict = Verdict.fault(
        Outcome.RUNTIME_ERROR,
        reason="killed_worker",
        message="Judging this candidate has killed its worker more than once.",
    )
    for candidate in request.candidates:
        task = _task_of(candidate, ready)
        fate = (
            judging.with_rewards(verdict, task.parameters) if isinstance(task, ReadyTask) else task
        )
        yield _unjudged(fate, verifier, verifier.name, candidate)


def _whole(
    job: Job,
    request: VerifyCandidatesRequest,
    verifier: AnyVerifier | None,
    verdict: Verdict,
    *,
    stopped: bool = False,
) -> Judged:
    """One verdict for every candidate."""
    response = b"".join(
        _unjudged(verdict, verifier, job.verifier, candidate) for candidate in request.candidates
    )
    return Judged(response, len(request.candidates), stopped)


def _unjudged(
    verdict: Verdict, verifier: AnyVerifier | None, name: str, candidate: Candidate
) -> bytes:
    return encode_verdict(
        verdict,
        verifier=verifier,
        verifier_name=name,
        candidate_id=candidate.id,
        cpu_seconds=0.0,
        wall_seconds=0.0,
        peak_memory_bytes=0,
    )
