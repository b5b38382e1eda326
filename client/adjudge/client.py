"""The client for plain threads."""

from __future__ import annotations

from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import TYPE_CHECKING

from adjudge import decoding
from adjudge.attempt import Attempts
from adjudge.batching import ThreadBatcher
from adjudge.connection import Connection
from adjudge.encoding import require_candidates
from adjudge.exchange import Exchange
from adjudge.retries import Retries
from adjudge.session import Session
from adjudge.splitting import split
from adjudge.streaming import stream_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from typing_extensions import Self

    from adjudge.candidate import Candidate
    from adjudge.deadline import Deadline
    from adjudge.options import Options
    from adjudge.splitting import Part
    from adjudge.verdict import Verdict
    from adjudge.verifier import VerifierDescription


class Client(Session["_Process"]):
    """Asks a running service what completions are worth.

    One client may be used from many threads, survives a fork (each process opens its own
    connection at its first call) and can be pickled (its state is address and options).

        with Client("127.0.0.1:50051") as client:
            verdicts = client.verify([Candidate("The answer is 42.", tasks.mathematics("42"))])
    """

    def __init__(self, address: str, options: Options | None = None) -> None:
        """Nothing is connected before the first call. Raises ValueError for a malformed address."""
        super().__init__(address, options, _Process)

    def verify(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> list[Verdict]:
        """One verdict for each candidate, in order. No candidates: no verdicts.

        Large batches are split and their parts judged concurrently. ``deadline_seconds`` bounds
        the whole call, retries included; absent, ``Options.deadline_seconds`` does.

        Raises:
            StatusError: the call failed; its subclass tells how.
            ProtocolError: the service's answer breaks the contract.
            ValueError: the deadline is not a finite number above 0, or two candidates share an id.
        """
        process = self._process()
        deadline = self._deadline(deadline_seconds)
        batch = list(candidates)
        require_candidates(batch)
        return process.verify(batch, deadline)

    def verify_one(self, candidate: Candidate, *, deadline_seconds: float | None = None) -> Verdict:
        """One verdict. Calls that other threads make within 2 ms travel in the same request."""
        process = self._process()
        deadline = self._deadline(deadline_seconds)
        require_candidates([candidate])
        if not candidate.id:
            return process.batcher.verify(candidate, deadline)
        # Callers that know nothing of each other may use the same id.
        verdict = process.batcher.verify(replace(candidate, id=""), deadline)
        return replace(verdict, candidate_id=candidate.id)

    def stream(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> Iterator[tuple[int, Verdict]]:
        """Positions and verdicts as they are made, in any order, each position once.

        ``candidates`` is read in a thread of its own and may be slow: what it has yielded is judged
        at once. Whatever it raises is raised here, after the verdicts of what it had yielded. A
        broken stream is opened again for the candidates that are still without a verdict.
        """
        process = self._process()
        return stream_verdicts(
            process.connection, candidates, self.options, self._deadline(deadline_seconds)
        )

    def verifiers(self, *, deadline_seconds: float | None = None) -> list[VerifierDescription]:
        """Every verifier that the live workers know, available or not."""
        connection = self._process().connection
        deadline = self._deadline(deadline_seconds)
        retries = Retries(deadline, self.options.patience_seconds)
        response = Attempts().run(
            lambda: connection.verifiers(deadline.remaining_seconds()), retries.after
        )
        return decoding.read_descriptions(response.verifiers)

    def close(self) -> None:
        """Close this process's connection; calls under way are cancelled. Twice does no harm."""
        self._closed = True
        process = self._processes.pop()
        if process is not None:
            process.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class _Process:
    """What the client holds in one process."""

    def __init__(self, address: str, options: Options) -> None:
        self._options = options
        self.connection = Connection(address, options)
        self.batcher = ThreadBatcher(self.verify, options.linger_seconds)

    def verify(self, candidates: list[Candidate], deadline: Deadline) -> list[Verdict]:
        parts = list(split(candidates, self._options))
        if len(parts) == 1:
            return self._verdicts(parts[0], deadline, Attempts())
        return self._all_verdicts(parts, deadline)

    def _all_verdicts(self, parts: list[Part], deadline: Deadline) -> list[Verdict]:
        """The verdicts of several requests sent side by side; the first failure ends them all."""
        attempts = [Attempts() for _ in parts]
        with ThreadPoolExecutor(self._options.concurrent_requests) as pool:
            futures = [
                pool.submit(self._verdicts, part, deadline, each)
                for part, each in zip(parts, attempts, strict=True)
            ]
            try:
                for future in wait(futures, return_when=FIRST_EXCEPTION).done:
                    future.result()
            except BaseException:
                for each in attempts:
                    each.cancel()
                raise
        return [verdict for future in futures for verdict in future.result()]

    def _verdicts(self, part: Part, deadline: Deadline, attempts: Attempts) -> list[Verdict]:
        exchange = Exchange(part, self.connection.known, self._options, deadline)
        response = attempts.run(
            lambda: self.connection.verify(exchange.request, deadline.remaining_seconds()),
            exchange.after,
            exchange.request.tasks,
        )
        return exchange.verdicts(response)
