"""Subtasks: groups of tests that earn their weight together."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from adjudge_verifiers.contract import BadTask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

MOST_SUBTASKS = 1000
_TestIndex = Annotated[int, Field(strict=True, ge=0)]


class Subtask(BaseModel):
    """One group: the indices (from 0) of its tests, and what it is worth beside the others."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    name: str = Field(default="", max_length=100)
    tests: list[_TestIndex] = Field(min_length=1, max_length=10_000)
    weight: Annotated[float, Field(strict=True, gt=0, le=1e6)] = 1.0


@dataclasses.dataclass(frozen=True, slots=True)
class Subtasks:
    """All groups of a task that has some."""

    groups: Sequence[Subtask]
    groups_of: Sequence[Sequence[int]]
    """For each test the positions of the groups that it is in."""

    @classmethod
    def of(cls, groups: Sequence[Subtask], tests: int) -> Subtasks:
        """Check the groups of a task with so many tests. Raises BadTask that names the field."""
        groups_of: list[list[int]] = [[] for _ in range(tests)]
        for number, group in enumerate(groups):
            for position, test in enumerate(group.tests):
                if test >= tests:
                    raise BadTask(
                        f"subtasks[{number}].tests[{position}]",
                        f"expected the index of a test, 0 to {tests - 1}, got {test}",
                    )
            if len(set(group.tests)) < len(group.tests):
                raise BadTask(f"subtasks[{number}].tests", "names a test twice")
            for test in group.tests:
                groups_of[test].append(number)
        if not all(groups_of):
            left = groups_of.index([])
            raise BadTask("subtasks", f"tests[{left}] is in none of them; it could not count")
        return cls(groups, groups_of)

    def can_earn(self, test: int, lost: AbstractSet[int]) -> bool:
        """Whether a test can still matter, when the groups at the positions ``lost`` cannot."""
        return any(group not in lost for group in self.groups_of[test])

    def earned(self, shares_of_tests: Mapping[int, float]) -> float:
        """The share of all weights that was earned, from 0 to 1."""
        shares = [_share(group, shares_of_tests) for group in self.groups]
        weights = [group.weight for group in self.groups]
        got = sum(weight * share for weight, share in zip(weights, shares, strict=True))
        return got / sum(weights)

    def details(self, shares_of_tests: Mapping[int, float]) -> list[dict[str, Any]]:
        """What became of each group, for the verdict."""
        return [
            {
                "name": group.name or str(number),
                "weight": group.weight,
                "earned": group.weight * _share(group, shares_of_tests),
            }
            for number, group in enumerate(self.groups, 1)
        ]


def _share(group: Subtask, shares_of_tests: Mapping[int, float]) -> float:
    """The least share of its tests; one that did not run has none."""
    return min(shares_of_tests.get(test, 0.0) for test in group.tests)
