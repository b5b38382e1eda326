"""`adjudge score FILE.jsonl`: score a file, through a running service or an embedded one."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from adjudge.async_client import AsyncClient
from adjudge.cli.dataset import FORMATS, read_dataset
from adjudge.cli.failure import CommandError
from adjudge.cli.jsonl import Line, problem_line, read_lines, verdict_line
from adjudge.cli.report import Report
from adjudge.cli.resume import open_output
from adjudge.errors import AdjudgeError
from adjudge.options import Options

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator

Scored = tuple[Line, str, str, "float | None"]
"""Input line, output line, outcome, reward."""
BATCH = 64
IN_FLIGHT = 16
PARTIAL_FAILURE = 3


def main(argv: list[str]) -> int:
    """Score the file. Exit status: 0 all lines scored, 3 some input lines were malformed."""
    options = _parser().parse_args(argv)
    path: Path = options.file
    if not path.is_file():
        raise CommandError(f"{path} is no file; expected a JSON Lines file of candidates")
    total = sum(1 for _ in _lines(options))
    if not total:
        raise CommandError(f"{path} holds no line; expected one JSON object a line")
    with contextlib.ExitStack() as stack:
        output, done = _output(options, stack)
        report = Report(total=total, done=done, quiet=options.quiet)
        address = options.address or stack.enter_context(_embedded(options, report))
        lines = itertools.islice(_lines(options), done, None)
        stack.enter_context(report)
        try:
            asyncio.run(_score(lines, address, options, output, report))
        except AdjudgeError as error:
            raise CommandError(f"{error}\n{_how_to_go_on(options)}") from error
    report.print_table()
    return PARTIAL_FAILURE if report.problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="adjudge score", description="Score a JSON Lines file of completions."
    )
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT.jsonl",
        help="write verdicts here, in input order; a run that was cut short goes on where it was",
    )
    parser.add_argument(
        "--format",
        choices=sorted(FORMATS),
        help="the lines are rows of this data set with a completion (or completions) each",
    )
    parser.add_argument(
        "--rows",
        type=Path,
        metavar="ROWS.jsonl",
        help="with --format: take the rows from here; the lines hold their ids and completions",
    )
    parser.add_argument("--restart", action="store_true", help="overwrite OUT.jsonl")
    parser.add_argument("--address", help="HOST:PORT of a running service (default: embedded)")
    parser.add_argument("--slots", type=int, help="embedded worker slots (default: one per core)")
    parser.add_argument("--tenant", default="default", help="who is asking, for fair shares")
    parser.add_argument(
        "--deadline", type=float, default=600.0, metavar="SECONDS", help="for each batch of 64"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar and no table")
    return parser


def _lines(options: argparse.Namespace) -> Iterator[Line]:
    if options.format is None:
        if options.rows is not None:
            raise CommandError("--rows needs --format: how are the rows to be read?", status=2)
        return read_lines(options.file)
    return read_dataset(options.file, options.format, options.rows)


def _output(options: argparse.Namespace, stack: contextlib.ExitStack) -> tuple[TextIO, int]:
    if options.output is None:
        return sys.stdout, 0
    ids = (line.id for line in _lines(options))
    file, done = open_output(options.output, ids, restart=options.restart)
    return stack.enter_context(file), done


@contextlib.contextmanager
def _embedded(options: argparse.Namespace, report: Report) -> Generator[str]:
    from adjudge.embedded.service import EmbeddedService  # noqa: PLC0415 - only when asked for

    report.say("starting Redis, gateway and workers …")
    started = time.monotonic()
    with EmbeddedService(slots=options.slots) as service:
        report.say(f"ready after {time.monotonic() - started:.1f} s at {service.address}")
        yield service.address


async def _score(
    lines: Iterator[Line],
    address: str,
    options: argparse.Namespace,
    output: TextIO,
    report: Report,
) -> None:
    async with AsyncClient(address, Options(tenant=options.tenant)) as client:
        async for batch in _judged(lines, client, options.deadline):
            for line, text, outcome, reward in batch:
                output.write(text + "\n")
                report.count(line, outcome, reward)
            output.flush()


async def _judged(
    lines: Iterator[Line], client: AsyncClient, deadline_seconds: float
) -> AsyncIterator[list[Scored]]:
    """Batches in input order, with at most IN_FLIGHT of them at the service at once."""
    pending: deque[asyncio.Task[list[Scored]]] = deque()
    try:
        while True:
            while len(pending) < IN_FLIGHT and (batch := list(itertools.islice(lines, BATCH))):
                pending.append(asyncio.create_task(_judge(batch, client, deadline_seconds)))
            if not pending:
                return
            yield await pending.popleft()
    finally:
        for task in pending:
            task.cancel()


async def _judge(batch: list[Line], client: AsyncClient, deadline_seconds: float) -> list[Scored]:
    candidates = [line.candidate for line in batch if line.candidate is not None]
    verdicts = iter(
        await client.verify(candidates, deadline_seconds=deadline_seconds) if candidates else []
    )
    scored: list[Scored] = []
    for line in batch:
        if line.candidate is None:
            scored.append((line, problem_line(line), "BAD_TASK", None))
        else:
            verdict = next(verdicts)
            text = verdict_line(line.id, verdict)
            scored.append((line, text, verdict.outcome.name, verdict.reward))
    return scored


def _how_to_go_on(options: argparse.Namespace) -> str:
    if options.output is None:
        return "With --output OUT.jsonl a run can be continued."
    return f"What was scored lies in {options.output}; run the same command to go on from there."
