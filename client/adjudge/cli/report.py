"""What a person sees while a file is scored: a progress bar, then a table of outcomes."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from adjudge.cli.jsonl import Line


class Report:
    """Counts verdicts by verifier and outcome. Everything goes to standard error."""

    def __init__(self, *, total: int, done: int, quiet: bool) -> None:
        self.problems = 0
        self._done_before = done
        self._total = total
        self._counts: dict[tuple[str, str], int] = defaultdict(int)
        self._rewards: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._started = self._ended = time.monotonic()
        self._console = Console(stderr=True, quiet=quiet)
        self._progress = Progress(
            TextColumn("scoring"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:>8.1f}/s"),
            TimeRemainingColumn(),
            console=self._console,
        )
        self._bar = self._progress.add_task("", total=total, completed=done, rate=0.0)

    def __enter__(self) -> Self:
        """Show the progress bar."""
        self._started = time.monotonic()
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bar as it stands."""
        self._ended = time.monotonic()
        self._progress.stop()

    def say(self, sentence: str) -> None:
        """One line for the person."""
        self._console.print(sentence, highlight=False)

    def count(self, line: Line, outcome: str, reward: float | None) -> None:
        """Count one verdict."""
        verifier = line.candidate.task.verifier if line.candidate else "(malformed line)"
        self.problems += line.candidate is None
        self._counts[verifier, outcome] += 1
        if reward is not None:
            self._rewards[verifier, outcome].append(reward)
        self._progress.update(self._bar, advance=1, rate=self._rate())

    def print_table(self) -> None:
        """Outcomes and mean rewards by verifier, then the throughput."""
        table = Table("verifier", "outcome", title_justify="left")
        for heading in ("candidates", "mean reward"):
            table.add_column(heading, justify="right")
        before = ""
        for verifier, outcome in sorted(self._counts):
            rewards = self._rewards[verifier, outcome]
            mean = f"{sum(rewards) / len(rewards):.3f}" if rewards else "none"
            shown = verifier if verifier != before else ""
            table.add_row(shown, outcome, str(self._counts[verifier, outcome]), mean)
            before = verifier
        self._console.print(table)
        scored = sum(self._counts.values())
        rewarded = sum(len(rewards) for rewards in self._rewards.values())
        seconds = self._ended - self._started
        resumed = f" ({self._done_before} more were scored before)" if self._done_before else ""
        self.say(
            f"{scored} candidates in {seconds:.2f} s, {self._rate():.0f} a second; {rewarded} "
            f"bear a reward, {scored - rewarded} were not judged{resumed}"
        )

    def _rate(self) -> float:
        end = self._ended if self._ended > self._started else time.monotonic()
        return sum(self._counts.values()) / max(end - self._started, 1e-6)
