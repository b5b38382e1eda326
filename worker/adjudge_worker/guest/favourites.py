"""The standard modules that most programs import: loaded once in the zygote, not in every run."""

from __future__ import annotations

import importlib
from typing import Final

MODULES: Final = (
    "array",
    "bisect",
    "cmath",
    "copy",
    "dataclasses",
    "datetime",
    "decimal",
    "fractions",
    "heapq",
    "itertools",
    "math",
    "operator",
    "queue",
    "random",
    "re",
    "statistics",
    "string",
    "typing",
)


def load() -> None:
    """Import them all."""
    for name in MODULES:
        importlib.import_module(name)
