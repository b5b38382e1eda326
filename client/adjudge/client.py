"""The client for plain threads."""

from __future__ import annotations

from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from adjudge import decoding
from adjudge.attempt import Attempts
from adjudge.batching import ThreadBatcher
from adjudge.connection import Connection
from adjudge.encoding import require_candidates
from adjudge.exchange import Exchange
from adjudge.group_exchange import GroupExchange, group_parts
from adjudge.retries import Retries
from adjudge.session import Session
from adjudge.splitting import split
from adjudge.streaming import stream_verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from typing_extensions import Self

    from adjudge.candidate import Candidate
    from adjudge.deadline import Deadline
    from adjudge.exchange import Inquiry
    from adjudge.grouping import AnswerGroup, GroupedAnswers
    from adjudge.options import Options
    from adjudge.verdict import Verdict
    from adjudge.verifier import VerifierDescription

R = TypeVar("R")


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

    def group(
        self,
        verifier: str,
        groups: Iterable[AnswerGroup],
        options: Mapping[str, Any] = MappingProxyType({}),
        *,
        deadline_seconds: float | None = None,
    ) -> list[GroupedAnswers]:
        """Which completions of each group give the same answer, without a reference.

        ``options`` are the verifier's (``VerifierDescription.group_options_schema``). One answer
        for each group, in order; what could not be grouped says why in ``failure``.

        Raises what ``verify`` does.
        """
        process = self._process()
        deadline = self._deadline(deadline_seconds)
        parts = list(group_parts(verifier, groups, options, self.options))
        make = [partial(GroupExchange, part, self.options, deadline) for part in parts]
        return process.answers(make, deadline)

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
        known, options = self.connection.known, self._options
        parts = split(candidates, options)
        make = [partial(Exchange, part, known, options, deadline) for part in parts]
        return self.answers(make, deadline)

    def answers(self, make: Sequence[Callable[[], Inquiry[R]]], deadline: Deadline) -> list[R]:
        """The answers of requests sent side by side; the first failure ends them all."""
        attempts = [Attempts() for _ in make]
        if len(make) == 1:
            return self._answers(make[0], deadline, attempts[0])
        with ThreadPoolExecutor(self._options.concurrent_requests) as pool:
            futures = [
                pool.submit(self._answers, one, deadline, each)
                for one, each in zip(make, attempts, strict=True)
            ]
            try:
                for future in wait(futures, return_when=FIRST_EXCEPTION).done:
                    future.result()
            except BaseException:
                for each in attempts:
                    each.cancel()
                raise
        return [answer for future in futures for answer in future.result()]

    def _answers(
        self, make: Callable[[], Inquiry[R]], deadline: Deadline, attempts: Attempts
    ) -> list[R]:
        exchange = make()
        response = attempts.run(
            lambda: exchange.begin(self.connection, deadline.remaining_seconds()),
            exchange.after,
            exchange.tasks,
        )
        return exchange.answers(response)
