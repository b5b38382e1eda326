"""Going on with an output file that an earlier run left unfinished."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from adjudge.cli.failure import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def open_output(path: Path, ids: Iterator[str], *, restart: bool) -> tuple[TextIO, int]:
    """Open the output for appending; returns it and how many input lines it holds already.

    Verdicts are written in input order, so what an earlier run wrote is a prefix of the whole. A
    last line that was cut in the middle is dropped.

    Raises CommandError when the file is no output of the same input.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if restart or not path.exists():
            return path.open("w", encoding="utf-8"), 0
        kept, length = _prefix(path, ids)
        file = path.open("r+", encoding="utf-8")
        file.truncate(length)
        file.seek(0, 2)
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror}") from error
    return file, kept


def _prefix(path: Path, ids: Iterator[str]) -> tuple[int, int]:
    """How many whole lines match the input's ids, and how many bytes they take."""
    kept = length = 0
    with path.open("rb") as file:
        for raw in file:
            if not raw.endswith(b"\n"):
                break
            expected = next(ids, None)
            if _id(raw) != expected:
                raise CommandError(
                    f"{path}, line {kept + 1}: expected the verdict of "
                    f"{'no further line' if expected is None else repr(expected)}; "
                    f"this is the output of another input. Use --restart to overwrite it"
                )
            kept += 1
            length += len(raw)
    return kept, length


def _id(raw: bytes) -> str | None:
    try:
        row: Any = json.loads(raw)
    except ValueError:
        return None
    return str(row["id"]) if isinstance(row, dict) and "id" in row else None  # pyright: ignore[reportUnknownArgumentType] - JSON
