"""Grouping: which completions of a group give the same answer, and what the vote says."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from adjudge_verifiers.contract import Answer


@dataclasses.dataclass(frozen=True, slots=True)
class AnswerClass:
    """Completions whose answers mean the same: the first one's answer, and their positions."""

    answer: str
    members: Sequence[int]


@dataclasses.dataclass(frozen=True, slots=True)
class Grouping:
    """A partition of the completions 0 to ``votes`` - 1.

    ``classes``: largest first, of equal ones the one with the earliest member.
    ``without_answer``: completions that are in none.
    """

    classes: Sequence[AnswerClass]
    without_answer: Sequence[int]

    @property
    def votes(self) -> int:
        """Number of completions."""
        return len(self.without_answer) + sum(len(each.members) for each in self.classes)

    @property
    def majority(self) -> int | None:
        """Position of the class that is larger than every other; None when there is none."""
        return 0 if self._lead > 0 else None

    def decided(self, votes_expected: int) -> bool:
        """Whether no further votes, up to ``votes_expected`` in all, can change the majority."""
        return self._lead > max(0, votes_expected - self.votes)

    @property
    def _lead(self) -> int:
        sizes = [len(each.members) for each in self.classes[:2]]
        return sizes[0] - sum(sizes[1:]) if sizes else 0


def group(
    completions: Sequence[str],
    read: Callable[[str], Answer | None],
    same: Callable[[Answer, Answer], bool],
) -> Grouping:
    """Group completions by their answers.

    Answers are taken longest first, so that a class is led by its most explicit one ("3 km" before
    "3"), and each joins the first class whose leader it equals. So the classes are a partition that
    depends on the set of answers alone, never on the order of the completions, and are those of
    the equivalence when ``same`` is one. ``same`` is asked at most once for each
    distinct answer and class.
    """
    answers: dict[str, Answer] = {}
    voters: defaultdict[str, list[int]] = defaultdict(list)
    without_answer: list[int] = []
    known = {completion: _shielded(read, completion) for completion in dict.fromkeys(completions)}
    for position, completion in enumerate(completions):
        answer = known[completion]
        if answer is None:
            without_answer.append(position)
        else:
            answers[answer.text] = answer
            voters[answer.text].append(position)
    led = _led(sorted(answers.values(), key=lambda answer: (-len(answer.text), answer.text)), same)
    classes = []
    for followers in led:
        members = sorted(position for answer in followers for position in voters[answer.text])
        first = next(answer.text for answer in followers if members[0] in voters[answer.text])
        classes.append(AnswerClass(first, members))
    classes.sort(key=lambda each: (-len(each.members), each.members[0]))
    return Grouping(classes, without_answer)


def _led(answers: Iterable[Answer], same: Callable[[Answer, Answer], bool]) -> list[list[Answer]]:
    """Each answer behind the first leader that it equals; the leaders stand first."""
    led: list[list[Answer]] = []
    for answer in answers:
        for followers in led:
            if _shielded(same, followers[0], answer):
                followers.append(answer)
                break
        else:
            led.append([answer])
    return led


def _shielded[*A, R](ask: Callable[[*A], R], *about: *A) -> R | None:
    """The reply; None (no answer, not the same) for an answer that is nested too deeply."""
    try:
        return ask(*about)
    except RecursionError:
        return None
