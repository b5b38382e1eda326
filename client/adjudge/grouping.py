"""Groups of completions without a reference, and what the service says of their answers."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - type hints of a dataclass resolve at run time
from dataclasses import dataclass

from adjudge.outcome import Outcome  # noqa: TC001 - type hints of a dataclass resolve at run time


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """1 to 1,024 completions of one prompt, each a vote for its answer.

    ``id`` (at most 256 characters, unique within a call) comes back in the answer.
    ``votes_expected`` is how many completions there will be in the end, these included; with it
    the answer can say that the vote is decided.
    """

    completions: Sequence[str]
    id: str = ""
    votes_expected: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerClass:
    """Completions whose answers mean the same.

    ``answer`` is the first one's, perhaps cut; ``members`` are positions in the group, rising;
    ``share`` is their share of all the group's completions, those without an answer included.
    """

    answer: str
    members: tuple[int, ...]
    share: float


@dataclass(frozen=True, slots=True)
class GroupFailure:
    """Why a group has no classes; as in a verdict without reward, or a limit that was broken."""

    outcome: Outcome
    reason: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class GroupedAnswers:
    """What a group's completions say. Each is in one of the ``classes`` or ``without_answer``.

    ``classes`` are sorted, the largest first. ``majority_class`` is the position of the one that is
    larger than every other, None when there is none. ``decided``: the completions still to come
    cannot change it. ``failure`` is None when the group was grouped; else all this is empty.
    """

    classes: tuple[AnswerClass, ...] = ()
    without_answer: tuple[int, ...] = ()
    majority_class: int | None = None
    decided: bool = False
    failure: GroupFailure | None = None
    verifier_version: str = ""
    group_id: str = ""

    @property
    def majority(self) -> AnswerClass | None:
        """The class that is larger than every other."""
        return None if self.majority_class is None else self.classes[self.majority_class]
