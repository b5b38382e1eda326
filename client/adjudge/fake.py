"""Clients without a service, for the tests of whoever uses adjudge."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from adjudge.async_client import AsyncClient
from adjudge.client import Client
from adjudge.encoding import require_candidates

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from adjudge.candidate import Candidate
    from adjudge.options import Options
    from adjudge.verdict import Verdict
    from adjudge.verifier import VerifierDescription

    Verdicts = Callable[[Candidate], Verdict] | Mapping[str, Verdict]

_ADDRESS = "fake:0"


class _Answers:
    """Verdicts from a callable or from a table by completion."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts

    def of(self, candidate: Candidate) -> Verdict:
        if isinstance(self._verdicts, Mapping):
            try:
                verdict = self._verdicts[candidate.completion]
            except KeyError:
                raise KeyError(
                    f"the fake's table has no verdict for completion {candidate.completion!r}"
                ) from None
        else:
            verdict = self._verdicts(candidate)
        return replace(verdict, candidate_id=candidate.id)


class FakeClient(Client):
    """A ``Client`` that answers from ``verdicts`` and connects to nothing.

    ``verdicts`` is called with each candidate, or is a table from completions to verdicts. What it
    raises, the verb raises: raise ``UnavailableError("…")`` to see what a trainer does then.
    ``batches`` keeps what was asked, one list for each call.
    """

    def __init__(
        self,
        verdicts: Verdicts,
        *,
        descriptions: Sequence[VerifierDescription] = (),
        options: Options | None = None,
    ) -> None:
        super().__init__(_ADDRESS, options)
        self.batches: list[list[Candidate]] = []
        self._verdicts = verdicts
        self._answers = _Answers(verdicts)
        self._descriptions = list(descriptions)

    def verify(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> list[Verdict]:
        """One verdict for each candidate, in order."""
        self._begin(deadline_seconds)
        batch = list(candidates)
        require_candidates(batch)
        self.batches.append(batch)
        return [self._answers.of(candidate) for candidate in batch]

    def verify_one(self, candidate: Candidate, *, deadline_seconds: float | None = None) -> Verdict:
        """One verdict."""
        return self.verify([candidate], deadline_seconds=deadline_seconds)[0]

    def stream(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> Iterator[tuple[int, Verdict]]:
        """Positions and verdicts, in the order of the candidates."""
        self._begin(deadline_seconds)
        return (
            (position, self.verify([candidate])[0]) for position, candidate in enumerate(candidates)
        )

    def verifiers(self, *, deadline_seconds: float | None = None) -> list[VerifierDescription]:
        """The ``descriptions`` it was made with."""
        self._begin(deadline_seconds)
        return list(self._descriptions)

    def __reduce__(self) -> tuple[Any, ...]:
        return _fake, (type(self), self._verdicts, self._descriptions, self.options)

    def _begin(self, deadline_seconds: float | None) -> None:
        self._require_open()
        self._deadline(deadline_seconds)


class FakeAsyncClient(AsyncClient):
    """An ``AsyncClient`` that answers from ``verdicts`` and connects to nothing."""

    def __init__(
        self,
        verdicts: Verdicts,
        *,
        descriptions: Sequence[VerifierDescription] = (),
        options: Options | None = None,
    ) -> None:
        super().__init__(_ADDRESS, options)
        self.batches: list[list[Candidate]] = []
        self._verdicts = verdicts
        self._answers = _Answers(verdicts)
        self._descriptions = list(descriptions)

    async def verify(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> list[Verdict]:
        """One verdict for each candidate, in order."""
        self._begin(deadline_seconds)
        batch = list(candidates)
        require_candidates(batch)
        self.batches.append(batch)
        return [self._answers.of(candidate) for candidate in batch]

    async def verify_one(
        self, candidate: Candidate, *, deadline_seconds: float | None = None
    ) -> Verdict:
        """One verdict."""
        return (await self.verify([candidate], deadline_seconds=deadline_seconds))[0]

    def stream(
        self,
        candidates: Iterable[Candidate] | AsyncIterable[Candidate],
        *,
        deadline_seconds: float | None = None,
    ) -> AsyncIterator[tuple[int, Verdict]]:
        """Positions and verdicts, in the order of the candidates."""
        self._begin(deadline_seconds)
        return self._stream(candidates)

    async def verifiers(
        self, *, deadline_seconds: float | None = None
    ) -> list[VerifierDescription]:
        """The ``descriptions`` it was made with."""
        self._begin(deadline_seconds)
        return list(self._descriptions)

    def __reduce__(self) -> tuple[Any, ...]:
        return _fake, (type(self), self._verdicts, self._descriptions, self.options)

    async def _stream(
        self, candidates: Iterable[Candidate] | AsyncIterable[Candidate]
    ) -> AsyncIterator[tuple[int, Verdict]]:
        position = 0
        if isinstance(candidates, AsyncIterable):
            async for candidate in candidates:
                yield position, await self.verify_one(candidate)
                position += 1
        else:
            for candidate in candidates:
                yield position, await self.verify_one(candidate)
                position += 1

    def _begin(self, deadline_seconds: float | None) -> None:
        self._require_open()
        self._deadline(deadline_seconds)


def _fake(
    kind: Callable[..., Any],
    verdicts: Verdicts,
    descriptions: Sequence[VerifierDescription],
    options: Options,
) -> Any:
    """Put a pickled fake together again."""
    return kind(verdicts, descriptions=descriptions, options=options)
