"""`adjudge doctor`: each thing that a server needs, found or not, and the exact fix."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from adjudge_worker.commands.checks import CHECKS, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = {True: "ok     ", False: "MISSING"}
_OPTIONAL = "absent "


def main(argv: Sequence[str] | None = None) -> int:
    """Print one finding a line. Exit status: 0 everything needed is there, 1 something is not."""
    parser = argparse.ArgumentParser(
        prog="adjudge doctor",
        description="Say for each thing a server needs whether it is there, and how to mend it.",
    )
    parser.add_argument(
        "--redis-url",
        default=os.environ.get("ADJUDGE_WORKER_REDIS_URL"),
        help="also try this Redis (default: $ADJUDGE_WORKER_REDIS_URL)",
    )
    options = parser.parse_args(argv)
    findings = [check(options.redis_url) for check in CHECKS]
    for finding in findings:
        _print(finding)
    missing = [finding.what for finding in findings if not finding.found and not finding.optional]
    print(f"\nmissing: {', '.join(missing)}" if missing else "\neverything needed is here")  # noqa: T201 - the command's output
    return 1 if missing else 0


def _print(finding: Finding) -> None:
    mark = _OPTIONAL if finding.optional and not finding.found else _MARKS[finding.found]
    print(f"{mark}  {finding.what:<18}  {finding.detail}")  # noqa: T201 - the command's output
    if finding.fix:
        print(f"{'':27}fix: {finding.fix}")  # noqa: T201 - the command's output
