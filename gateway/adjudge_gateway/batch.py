"""A request that was admitted, and how it is cut."""

from __future__ import annotations

import dataclasses
import hashlib
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from adjudge_gateway.wire import CANDIDATES_TAG, frame_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest
    from adjudge_gateway.tasks import KnownTask

ITEM_OVERHEAD_BYTES: Final = 64


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A chunk before it is a job: candidates that travel together."""

    positions: Sequence[int]
    """Of its candidates in the batch."""
    chunk: bytes
    """Serialised VerifyCandidatesRequest."""
    stored_tasks: Sequence[KnownTask]
    """Tasks that it names by digest."""


@dataclasses.dataclass(frozen=True, slots=True)
class Lane:
    """The candidates of a batch that go to one verifier."""

    verifier: str
    positions: Sequence[int]
    ends: Sequence[int]
    """Running total of their bytes."""


class Batch:
    """Candidates with their tasks, checked.

    ``message`` holds the candidates and nothing else; it belongs to the batch, which renumbers
    `task_index` in it. ``task_of[position]``: index of the candidate's task in ``tasks``.
    """

    def __init__(
        self,
        message: VerifyCandidatesRequest,
        tasks: Sequence[KnownTask],
        task_of: Sequence[int],
        *,
        request_id: str = "",
    ) -> None:
        self.message = message
        self.tasks = tasks
        self.task_of = task_of
        self.request_id = request_id
        self._data = message.SerializeToString()
        self._ends = frame_ends(self._data, CANDIDATES_TAG)
        self.content = self._hash() if request_id else b""
        self.size_bytes = (
            len(self._data)
            + ITEM_OVERHEAD_BYTES * len(task_of)
            + sum(len(task.entry) + len(task.stored or b"") for task in tasks)
        )

    def __len__(self) -> int:
        return len(self.task_of)

    def _hash(self) -> bytes:
        """SHA-256 of tasks and candidates, the same whether tasks came in full or by digest."""
        digest = hashlib.sha256(b"".join(task.digest for task in self.tasks))
        digest.update(self._data)
        return digest.digest()

    def lanes(self) -> list[Lane]:
        """The batch by verifier, in the order in which verifiers first come."""
        verifiers = [task.verifier for task in self.tasks]
        if len(set(verifiers)) == 1:
            return [Lane(verifiers[0], range(len(self)), self._ends)]
        by_verifier: dict[str, list[int]] = {}
        for position, task in enumerate(self.task_of):
            by_verifier.setdefault(verifiers[task], []).append(position)
        starts = [0, *self._ends]
        return [
            Lane(
                verifier,
                positions,
                list(accumulate(starts[position + 1] - starts[position] for position in positions)),
            )
            for verifier, positions in by_verifier.items()
        ]

    def cut(self, runs: Sequence[Sequence[int]]) -> list[Piece]:
        """One piece for each run of positions. To be called once, with every position once."""
        used = [dict.fromkeys([self.task_of[at] for at in run]) for run in runs]
        self._renumber(runs, used)
        starts = [0, *self._ends]
        pieces = []
        for run, tasks in zip(runs, used, strict=True):
            known = [self.tasks[task] for task in tasks]
            entries = [task.entry for task in known]
            if isinstance(run, range):
                entries.append(self._data[starts[run.start] : starts[run.stop]])
            else:
                entries += [self._data[starts[at] : starts[at + 1]] for at in run]
            stored = [task for task in known if task.stored is not None]
            pieces.append(Piece(run, b"".join(entries), stored))
        return pieces

    def _renumber(self, runs: Sequence[Sequence[int]], used: Sequence[dict[int, None]]) -> None:
        """Let every candidate point at its task's place in its own chunk."""
        changed = False
        candidates = self.message.candidates
        for run, tasks in zip(runs, used, strict=True):
            if all(at == task for at, task in enumerate(tasks)):
                continue
            place = {task: at for at, task in enumerate(tasks)}
            for position in run:
                candidates[position].task_index = place[self.task_of[position]]
            changed = True
        if changed:
            self._data = self.message.SerializeToString()
            self._ends = frame_ends(self._data, CANDIDATES_TAG)


def runs_of(positions: Sequence[int], lengths: Sequence[int]) -> list[Sequence[int]]:
    """``positions`` cut into runs of the given lengths, which must add up."""
    return [positions[start:stop] for start, stop in pairwise([0, *accumulate(lengths)])]
