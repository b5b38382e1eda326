"""Clients without a service, for the tests of whoever uses adjudge."""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from adjudge.async_client import AsyncClient
from adjudge.client import Client
from adjudge.encoding import require_candidates
from adjudge.group_exchange import group_parts
from adjudge.session import Session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence

    from adjudge.candidate import Candidate
    from adjudge.grouping import AnswerGroup, GroupedAnswers
    from adjudge.options import Options
    from adjudge.verdict import Verdict
    from adjudge.verifier import VerifierDescription

    Verdicts: TypeAlias = Callable[[Candidate], Verdict] | Mapping[str, Verdict]

_ADDRESS = "fake:0"


class _Fake(Session[Any]):
    """Answers from a callable or a table, and remembers what was asked."""

    def __init__(
        self,
        verdicts: Verdicts,
        descriptions: Sequence[VerifierDescription] = (),
        options: Options | None = None,
        grouped: Callable[[AnswerGroup], GroupedAnswers] | None = None,
    ) -> None:
        """Take ``verdicts``: called with each candidate, or a table by completion.

        What it raises, the verb raises: raise ``UnavailableError("…")`` to see what a trainer does
        then. ``descriptions`` is what ``verifiers()`` says, ``grouped`` what ``group()`` says of
        each group. ``batches`` keeps what ``verify`` was asked, one list for each call.
        """
        # The next class in line is Client or AsyncClient, which connect by themselves when asked.
        super().__init__(_ADDRESS, options)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        self.batches: list[list[Candidate]] = []
        self._verdicts = verdicts
        self._descriptions = tuple(descriptions)
        self._grouped = grouped

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._verdicts, self._descriptions, self.options, self._grouped)

    def _answers(
        self, candidates: Iterable[Candidate], deadline_seconds: float | None
    ) -> list[Verdict]:
        self._begin(deadline_seconds)
        batch = list(candidates)
        require_candidates(batch)
        self.batches.append(batch)
        return [replace(self._answer(each), candidate_id=each.id) for each in batch]

    def _answer(self, candidate: Candidate) -> Verdict:
        verdicts = self._verdicts
        if callable(verdicts):
            return verdicts(candidate)
        if candidate.completion not in verdicts:
            raise KeyError(f"the fake's table has no completion {candidate.completion!r}")
        return verdicts[candidate.completion]

    def _groups(
        self,
        verifier: str,
        groups: Iterable[AnswerGroup],
        options: Mapping[str, Any],
        deadline_seconds: float | None,
    ) -> list[GroupedAnswers]:
        self._begin(deadline_seconds)
        parts = list(group_parts(verifier, groups, options, self.options))
        if self._grouped is None:
            raise ValueError("the fake was made without `grouped`, which answers for group()")
        asked = [group for part in parts for group in part.groups]
        return [replace(self._grouped(group), group_id=group.id) for group in asked]

    def _begin(self, deadline_seconds: float | None) -> None:
        self._require_open()
        self._deadline(deadline_seconds)


class FakeClient(_Fake, Client):
    """A ``Client`` that connects to nothing: ``FakeClient(lambda candidate: Verdict(…))``."""

    def verify(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> list[Verdict]:
        """One verdict for each candidate, in order."""
        return self._answers(candidates, deadline_seconds)

    def verify_one(self, candidate: Candidate, *, deadline_seconds: float | None = None) -> Verdict:
        """One verdict."""
        return self._answers([candidate], deadline_seconds)[0]

    def stream(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> Iterator[tuple[int, Verdict]]:
        """Positions and verdicts, in the order of the candidates."""
        self._begin(deadline_seconds)
        return (
            (position, self._answers([candidate], deadline_seconds)[0])
            for position, candidate in enumerate(candidates)
        )

    def group(
        self,
        verifier: str,
        groups: Iterable[AnswerGroup],
        options: Mapping[str, Any] = MappingProxyType({}),
        *,
        deadline_seconds: float | None = None,
    ) -> list[GroupedAnswers]:
        """What ``grouped`` says of each group, in order."""
        return self._groups(verifier, groups, options, deadline_seconds)

    def verifiers(self, *, deadline_seconds: float | None = None) -> list[VerifierDescription]:
        """The ``descriptions`` it was made with."""
        self._begin(deadline_seconds)
        return list(self._descriptions)


class FakeAsyncClient(_Fake, AsyncClient):
    """An ``AsyncClient`` that connects to nothing."""

    async def verify(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> list[Verdict]:
        """One verdict for each candidate, in order."""
        return self._answers(candidates, deadline_seconds)

    async def verify_one(
        self, candidate: Candidate, *, deadline_seconds: float | None = None
    ) -> Verdict:
        """One verdict."""
        return self._answers([candidate], deadline_seconds)[0]

    def stream(
        self,
        candidates: Iterable[Candidate] | AsyncIterable[Candidate],
        *,
        deadline_seconds: float | None = None,
    ) -> AsyncIterator[tuple[int, Verdict]]:
        """Positions and verdicts, in the order of the candidates."""
        self._begin(deadline_seconds)
        return self._stream(candidates, deadline_seconds)

    async def group(
        self,
        verifier: str,
        groups: Iterable[AnswerGroup],
        options: Mapping[str, Any] = MappingProxyType({}),
        *,
        deadline_seconds: float | None = None,
    ) -> list[GroupedAnswers]:
        """What ``grouped`` says of each group, in order."""
        return self._groups(verifier, groups, options, deadline_seconds)

    async def verifiers(
        self, *, deadline_seconds: float | None = None
    ) -> list[VerifierDescription]:
        """The ``descriptions`` it was made with."""
        self._begin(deadline_seconds)
        return list(self._descriptions)

    async def _stream(
        self,
        candidates: Iterable[Candidate] | AsyncIterable[Candidate],
        deadline_seconds: float | None,
    ) -> AsyncIterator[tuple[int, Verdict]]:
        position = 0
        if isinstance(candidates, AsyncIterable):
            async for candidate in candidates:
                yield position, self._answers([candidate], deadline_seconds)[0]
                position += 1
        else:
            for candidate in candidates:
                yield position, self._answers([candidate], deadline_seconds)[0]
                position += 1
