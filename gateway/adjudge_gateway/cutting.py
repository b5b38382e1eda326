"""Turns an admitted batch into spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_gateway.batch import Batch, runs_of
from adjudge_gateway.chunking import chunk_lengths
from adjudge_gateway.span import Owner, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge_gateway.board import Board
    from adjudge_gateway.costs import CostModel
    from adjudge_gateway.dispatch import Dispatch
    from adjudge_gateway.settings import Settings


class Cutter:
    """Knows costs, pools and limits."""

    def __init__(
        self, board: Board, costs: CostModel, dispatch: Dispatch, settings: Settings
    ) -> None:
        self._board = board
        self._costs = costs
        self._dispatch = dispatch
        self._limits = settings.chunk_limits

    def lengths(self, batch: Batch) -> list[list[int]]:
        """Chunk lengths of each lane as the costs are known now."""
        return [
            chunk_lengths(
                lane.ends,
                item_seconds=self._costs.item_seconds(lane.verifier),
                idle_slots=self._dispatch.idle_slots(self._board.pool_for(lane.verifier)),
                limits=self._limits,
            )
            for lane in batch.lanes()
        ]

    def spans(
        self,
        batch: Batch,
        lengths: Sequence[Sequence[int]],
        owner: Owner,
        *,
        tenant: str,
        deadline_unix_ms: int,
        job_id: Callable[[int, int], str],
        keep: bool = False,
    ) -> list[Span]:
        """The spans, in order of lane and position. ``job_id`` makes an id of lane and position."""
        lanes = batch.lanes()
        runs = [
            (number, run)
            for number, lane in enumerate(lanes)
            for run in runs_of(lane.positions, lengths[number])
        ]
        pieces = batch.cut([run for _, run in runs])
        return [
            Span(
                owner=owner,
                job_id=job_id(number, piece.positions[0]),
                pool=self._board.pool_for(lanes[number].verifier),
                verifier=lanes[number].verifier,
                tenant=tenant,
                positions=piece.positions,
                chunk=piece.chunk,
                stored_tasks=piece.stored_tasks,
                cost_seconds=len(piece.positions)
                * self._costs.item_seconds(lanes[number].verifier),
                deadline_unix_ms=deadline_unix_ms,
                keep=keep,
            )
            for (number, _), piece in zip(runs, pieces, strict=True)
        ]
