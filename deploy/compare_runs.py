"""Compare the outcomes of two runs; an id of the second is a number, a dash, an id of the first."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(first_path: str, second_path: str) -> int:
    """Exit status 0 when every outcome of the second run is that of the first."""
    first = {row["id"]: row["outcome"] for row in _rows(first_path)}
    second = _rows(second_path)
    differ = [row["id"] for row in second if row["outcome"] != first[row["id"].partition("-")[2]]]
    print(f"{len(second) - len(differ)} of {len(second)} outcomes are the first run's", *differ[:5])
    return 1 if differ else 0


def _rows(path: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
