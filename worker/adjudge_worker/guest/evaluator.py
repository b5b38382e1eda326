"""Judges chunks of completions, one item at a time, and shows which item it is at."""

from __future__ import annotations

import collections
import dataclasses
import fcntl
import gc
import mmap
import os
import resource
import socket
import time
from typing import TYPE_CHECKING, Any

from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest
from adjudge_verifiers import judging
from adjudge_verifiers.contract import BadTask, Outcome, Unavailable, Verdict
from adjudge_worker import wire
from adjudge_worker.guest import confinement, frames
from adjudge_worker.guest.page import Page, Phase

if TYPE_CHECKING:
    from adjudge.v1.task_pb2 import Task
    from adjudge_verifiers.contract import AnyVerifier
    from adjudge_verifiers.registry import Registry

PREPARED_TASKS = 512
YOUNG_OBJECTS = 20_000
"""New objects, some megabytes, after which cycles among them are looked for: Python's own 700 make
that a tenth of the work where tasks are kept."""
PREPARED_CHARACTERS = 16 * 1024 * 1024
PEAK_AFTER_NS = 1_000_000
"""Peak memory is asked for only when an item took longer: the question costs half a microsecond."""
BUFFER_BYTES = 256 * 1024
"""A frame that is longer needs a buffer of its own."""
BASE_NS = 250_000_000
BASE_STEP = 16 * 1024 * 1024

_CHANNEL, _STATM = 3, 4


def run(
    request: dict[str, Any],
    descriptors: list[int],
    *,
    registry: Registry,
    most_memory_bytes: int,
    processes: int,
) -> None:
    """Confine this process, then serve frames until the slot closes its end.

    Args:
        request: the nursery's request; ``op`` "walls" makes it attack the walls instead.
        descriptors: stream socket, page, standard error.
        registry: the warm verifiers.
        most_memory_bytes: what may be mapped beyond what is mapped now, ever.
        processes: a procfs folder.
    """
    confinement.die_with_parent()
    confinement.be_killed_first(processes, willing=True)
    confinement.enter_own_scratch()
    memory = mmap.mmap(descriptors[1], mmap.PAGESIZE)
    statm = os.open("self/statm", os.O_RDONLY, dir_fd=processes)
    os.dup2(descriptors[2], 1)
    os.dup2(descriptors[2], 2)
    channel = fcntl.fcntl(descriptors[0], fcntl.F_DUPFD, _STATM + 1)
    statm = fcntl.fcntl(statm, fcntl.F_DUPFD, _STATM + 1)
    os.dup2(channel, _CHANNEL)
    os.dup2(statm, _STATM)
    os.closerange(_STATM + 1, 1024)
    confinement.limit_evaluator(mapped_bytes(_STATM) + most_memory_bytes)
    confinement.shut()
    lane = socket.socket(fileno=_CHANNEL)
    if request["op"] == "walls":
        from adjudge_worker.guest import walls  # noqa: PLC0415 - once, at the start of a worker

        walls.report(lane, request)
        return
    gc.set_threshold(YOUNG_OBJECTS, 10, 10)
    Evaluator(lane, Page(memory), registry, _STATM).serve()


def mapped_bytes(statm: int) -> int:
    """How much address space this process has mapped."""
    return int(os.pread(statm, 32, 0).split(b" ", 1)[0]) * mmap.PAGESIZE


@dataclasses.dataclass(frozen=True, slots=True)
class _Task:
    """One task of a chunk: prepared, or the verdict for all its candidates."""

    name: str
    verifier: AnyVerifier | None
    made: judging.PreparedTask | Verdict


class Evaluator:
    """Serves frames; see ``frames.py``."""

    def __init__(self, lane: socket.socket, page: Page, registry: Registry, statm: int) -> None:
        self._lane = lane
        self._page = page
        self._registry = registry
        self._statm = statm
        self._prepared: collections.OrderedDict[tuple[str, str], _Task] = collections.OrderedDict()
        self._characters = 0
        _, self._most_bytes = resource.getrlimit(resource.RLIMIT_AS)
        self._limit_bytes = self._most_bytes
        self._base, self._based_ns = 0, -BASE_NS
        self._buffer = bytearray(BUFFER_BYTES)
        self._filled = 0

    def serve(self) -> None:
        """Serve frames until the slot closes its end."""
        header = frames.REQUEST_HEADER
        while True:
            self._page.show(Phase.IDLE, 0, 0, 0)
            if not self._fill(header.size):
                return
            kind, first, count, tasks, length = header.unpack_from(self._buffer, 0)
            layout = frames.memory_budgets(tasks)
            body = header.size + layout.size
            if not self._fill(body + length):
                return
            budgets = layout.unpack_from(self._buffer, header.size)
            with memoryview(self._buffer) as view:
                request = VerifyCandidatesRequest.FromString(bytes(view[body : body + length]))
            self._drop(body + length)
            limits = [self._base_bytes() + budget for budget in budgets]
            if kind == frames.PREPARE:
                self._look_up(request.tasks[first], first, limits[first])
                self._lane.sendall(frames.REPLY_HEADER.pack(0, 0))
            else:
                self._judge(request, first, count, limits)

    def _judge(
        self, request: VerifyCandidatesRequest, first: int, count: int, limits: list[int]
    ) -> None:
        candidates, tasks = request.candidates, request.tasks
        show, monotonic_ns, cpu_ns = self._page.show, time.monotonic_ns, time.process_time_ns
        judge, encode = judging.judge, wire.encode_verdict
        known: dict[int, _Task] = {}
        run: list[bytes] = []
        started, cpu_started = monotonic_ns(), cpu_ns()
        flushed = started
        for position in range(first, first + count):
            candidate = candidates[position]
            index = candidate.task_index
            task = known.get(index)
            if task is None:
                task = known[index] = self._task(tasks, index, position, limits)
                started, cpu_started = monotonic_ns(), cpu_ns()
            made = task.made
            if isinstance(made, judging.PreparedTask):
                if self._limit_bytes != limits[index]:
                    self._limit_memory(limits[index])
                show(Phase.JUDGING, position, started, cpu_started)
                verdict = judge(made, candidate.completion)
            else:
                verdict = made
            ended, cpu_ended = monotonic_ns(), cpu_ns()
            peak = 0
            if ended - started > PEAK_AFTER_NS:
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            run.append(
                encode(
                    verdict,
                    verifier=task.verifier,
                    verifier_name=task.name,
                    candidate_id=candidate.id,
                    cpu_seconds=(cpu_ended - cpu_started) * 1e-9,
                    wall_seconds=(ended - started) * 1e-9,
                    peak_memory_bytes=peak,
                )
            )
            started, cpu_started = ended, cpu_ended
            if ended - flushed > frames.FLUSH_NS:
                self._flush(run)
                flushed = ended
        if run:
            self._flush(run)

    def _task(self, tasks: Any, index: int, position: int, limits: list[int]) -> _Task:
        if index < len(tasks):
            return self._look_up(tasks[index], position, limits[index])
        verdict = Verdict.not_judged(
            Outcome.INTERNAL_ERROR,
            reason="malformed_chunk",
            message=f"The chunk has {len(tasks)} tasks; a candidate points at number {index}.",
        )
        return _Task("", None, verdict)

    def _look_up(self, task: Task, position: int, limit_bytes: int) -> _Task:
        """The task, prepared now unless it was before."""
        key = (task.verifier, task.parameters_json)
        known = self._prepared.get(key)
        if known is not None:
            self._prepared.move_to_end(key)
            return known
        self._limit_memory(limit_bytes)
        self._page.show(Phase.PREPARING, position, time.monotonic_ns(), time.process_time_ns())
        made = self._prepare(task)
        self._prepared[key] = made
        self._characters += len(task.parameters_json)
        while len(self._prepared) > PREPARED_TASKS or self._characters > PREPARED_CHARACTERS:
            (_, old), _ = self._prepared.popitem(last=False)
            self._characters -= len(old)
        return made

    def _prepare(self, task: Task) -> _Task:
        verifier: AnyVerifier | None = None
        try:
            verifier = self._registry.get(task.verifier)
            parameters = judging.read_parameters(verifier, task.parameters_json)
        except (BadTask, Unavailable) as error:
            return _Task(task.verifier, verifier, judging.not_judged(error))
        return _Task(task.verifier, verifier, judging.prepare(verifier, parameters))

    def _limit_memory(self, limit_bytes: int) -> None:
        limit_bytes = min(limit_bytes, self._most_bytes)
        if limit_bytes != self._limit_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, self._most_bytes))
            self._limit_bytes = limit_bytes

    def _flush(self, run: list[bytes]) -> None:
        body = b"".join(run)
        self._lane.sendall(frames.REPLY_HEADER.pack(len(run), len(body)) + body)
        run.clear()

    def _base_bytes(self) -> int:
        """What is mapped while no item is judged, looked up now and then, in steps of 16 MiB."""
        now = time.monotonic_ns()
        if now > self._based_ns + BASE_NS:
            self._based_ns = now
            self._base = (mapped_bytes(self._statm) // BASE_STEP + 1) * BASE_STEP
        return self._base

    def _fill(self, size: int) -> bool:
        """Have at least ``size`` bytes of a frame in the buffer; false when the slot has gone."""
        if size > len(self._buffer):
            self._limit_memory(self._most_bytes)
            self._buffer.extend(bytes(size - len(self._buffer)))
        while self._filled < size:
            with memoryview(self._buffer) as view, view[self._filled :] as rest:
                got = self._lane.recv_into(rest)
            if got == 0:
                return False
            self._filled += got
        return True

    def _drop(self, size: int) -> None:
        """Forget a frame that has been read; what came after it moves to the front."""
        if self._filled > size:
            self._buffer[: self._filled - size] = self._buffer[size : self._filled]
        self._filled -= size
        if len(self._buffer) > BUFFER_BYTES:
            self._buffer = bytearray(BUFFER_BYTES)
