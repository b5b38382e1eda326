"""One completion to be judged."""

from __future__ import annotations

from dataclasses import dataclass

from adjudge.task import Task  # noqa: TC001 - type hints of a dataclass resolve at run time


@dataclass(frozen=True, slots=True)
class Candidate:
    """One completion to be judged against one task.

    ``id`` (at most 256 characters, unique within a batch) comes back in the verdict. ``group``
    (at most 256 characters) names the candidates of one prompt. Lone surrogates in a completion
    travel as U+FFFD.
    """

    completion: str
    task: Task
    id: str = ""
    group: str = ""
