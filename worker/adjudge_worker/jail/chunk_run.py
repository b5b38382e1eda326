"""One chunk on its way through evaluators that may overrun, die or lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers import judging
from adjudge_verifiers.contract import BadTask, Budget, Outcome, Verdict
from adjudge_worker import wire
from adjudge_worker.guest import frames
from adjudge_worker.jail.conversation import Conversation, Ending, Frame, Report, frame_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest
    from adjudge_worker.evaluators import Evaluators

_NO_TIME = Report(Ending.STOPPED)


class ChunkRun:
    """One chunk on its way to an answer.

    Candidates before ``_position`` are answered. An item that must be answered by us is *held*
    until all before it are answered too: the page that named it is not trusted, and when an earlier
    one turns out to be at fault, it is judged after all. A *suspect* is an item at which an
    evaluator died: it is tried once more, alone.
    """

    def __init__(
        self,
        evaluators: Evaluators,
        request: VerifyCandidatesRequest,
        budgets: Sequence[Budget],
        stop: Callable[[], Outcome | None],
    ) -> None:
        self._evaluators = evaluators
        self._request = request
        self._candidates = request.candidates
        self._data = request.SerializeToString()
        self._budgets = budgets
        self._stop = stop
        self._shortest = min(
            (min(budget.cpu_seconds, budget.wall_seconds) for budget in budgets), default=1.0
        )
        self._count = len(request.candidates)
        self._position = 0
        self._out: list[bytes] = []
        self._held: tuple[int, bytes] | None = None
        self._suspect: int | None = None
        self._doubted: set[int] = set()
        self._broken: dict[int, tuple[Verdict, Report]] = {}

    def answer(self) -> bytes:
        """Every verdict, one after the other."""
        while self._position < self._count:
            if self._held is not None and self._held[0] == self._position:
                self._accept(self._held[1], 1)
                self._held = None
                continue
            broken = self._broken.get(self._task_of(self._position))
            if broken is not None:
                self._accept(self._verdict(self._position, *broken), 1)
                continue
            last = self._last()
            report = self._run(self._position, last - self._position)
            if report.ending is Ending.STOPPED:
                self._evaluators.discard()
                self._stopped(report)
            elif report.ending is not Ending.DONE:
                self._breach(report, alone=last - self._position == 1)
        self._evaluators.renew_if_grown()
        return b"".join(self._out)

    def _last(self) -> int:
        """Where the next frame must end: before a held or suspect item, or one of a broken task."""
        last = self._count
        if self._held is not None:
            last = self._held[0]
        if self._suspect is not None:
            last = self._position + 1 if self._suspect == self._position else self._suspect
        if self._broken:
            for position in range(self._position, last):
                if self._task_of(position) in self._broken:
                    return position
        return last

    def _run(self, first: int, count: int, kind: int = frames.JUDGE) -> Report:
        process = self._evaluators.warm()
        data = frame_bytes(kind, first, count, self._budgets, self._data)
        budget_of = self._budget_of if kind == frames.JUDGE else lambda _: self._budgets[first]
        frame = Frame(data, first, count, budget_of, self._shortest)
        return Conversation(process, frame, self._accept, self._stop).hold()

    def _accept(self, run: bytes, count: int) -> None:
        self._out.append(run)
        self._position += count
        if self._suspect is not None and self._suspect < self._position:
            self._suspect = None

    def _breach(self, report: Report, *, alone: bool) -> None:
        """An evaluator overran, died or sent garbage: replace it and decide who is to blame."""
        process = self._evaluators.warm()
        by_itself = report.ending in {Ending.DIED, Ending.GARBAGE}
        peak_bytes = process.peak_bytes()
        memory = by_itself and report.ending is Ending.DIED and self._evaluators.was_memory(process)
        self._evaluators.discard()
        if report.preparing and report.position not in self._doubted:
            self._doubted.add(report.position)
            self._prove_task(self._task_of(report.position))
            return
        if by_itself and not (alone and self._suspect == report.position):
            self._suspect, self._held = report.position, None
            return
        verdict = _blame(report, memory=memory)
        self._suspect = None
        self._held = (report.position, self._verdict(report.position, verdict, report, peak_bytes))

    def _prove_task(self, index: int) -> None:
        """Prepare one task in a fresh evaluator that has seen no completion.

        What happened while an evaluator *said* that it was preparing may be a candidate's trick to
        get its group masked. What happens here is the task's own doing.
        """
        report = self._run(index, 0, frames.PREPARE)
        if report.ending is Ending.DONE:
            return
        self._evaluators.discard()
        if report.ending is Ending.STOPPED:
            self._stopped(report)
            return
        how = {
            Ending.CPU: "took more processor time than its budget",
            Ending.WALL: "took longer than its budget",
        }.get(report.ending, "crashed the evaluator")
        verdict = Verdict.not_judged(
            Outcome.BAD_TASK,
            reason="reference_budget",
            message=f"Preparing the task (its reference or tests) {how}.",
        )
        self._broken[index] = (verdict, report)

    def _stopped(self, report: Report) -> None:
        """Answer all that is left with what the caller said."""
        outcome = report.outcome or Outcome.DEADLINE_EXCEEDED
        verdict = Verdict.not_judged(
            outcome,
            reason=outcome.name.lower(),
            message="The caller's deadline passed, or the call was cancelled, before that.",
        )
        while self._position < self._count:
            self._accept(self._verdict(self._position, verdict, _NO_TIME), 1)

    def _verdict(
        self, position: int, verdict: Verdict, report: Report, peak_bytes: int = 0
    ) -> bytes:
        """Our own verdict for one candidate, with the rewards that its task sets."""
        candidate = self._candidates[position]
        task = self._request.tasks[candidate.task_index]
        verifier = self._evaluators.verifier(task.verifier)
        if verifier is not None and verdict.outcome.bears_reward:
            try:
                parameters = judging.read_parameters(verifier, task.parameters_json)
            except BadTask as error:
                verdict = judging.not_judged(error)
            else:
                verdict = judging.with_rewards(verdict, parameters)
        return wire.encode_verdict(
            verdict,
            verifier=verifier,
            verifier_name=task.verifier,
            candidate_id=candidate.id,
            cpu_seconds=report.cpu_seconds,
            wall_seconds=report.wall_seconds,
            peak_memory_bytes=peak_bytes,
        )

    def _task_of(self, position: int) -> int:
        return self._candidates[position].task_index

    def _budget_of(self, position: int) -> Budget:
        index = self._task_of(position)
        return self._budgets[index] if index < len(self._budgets) else Budget()


def _blame(report: Report, *, memory: bool) -> Verdict:
    """The verdict of an item that overran, or at which an evaluator ended twice."""
    match report.ending:
        case Ending.CPU:
            return Verdict.fault(
                Outcome.TIME_LIMIT,
                reason="cpu_time",
                message="Judging the answer took more processor time than its budget.",
            )
        case Ending.WALL:
            return Verdict.fault(
                Outcome.TIME_LIMIT,
                reason="wall_time",
                message="Judging the answer took longer than its budget.",
            )
    if memory:
        return Verdict.fault(
            Outcome.MEMORY_LIMIT, reason="memory", message="Judging the answer ran out of memory."
        )
    return Verdict.fault(
        Outcome.RUNTIME_ERROR,
        reason="evaluator_crashed",
        message="The process that judged the answer crashed on it twice.",
    )
