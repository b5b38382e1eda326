"""`adjudge verifiers`: what this installation can judge; schemas, examples, and trying them."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from adjudge_verifiers.registry import load_registry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge_verifiers.registry import Description


def main(argv: Sequence[str] | None = None) -> int:
    """List verifiers, or print one's schema or examples. Exit status 1: no such verifier."""
    parser = argparse.ArgumentParser(
        prog="adjudge verifiers", description="List the verifiers that are installed here."
    )
    parser.add_argument("name", nargs="?", help="one verifier; default: all")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--schema", action="store_true", help="JSON Schema of its parameters")
    shown.add_argument(
        "--examples", action="store_true", help="worked examples as lines for `adjudge score`"
    )
    options = parser.parse_args(argv)
    described = load_registry().describe()
    if options.name is not None:
        described = [each for each in described if each.name == options.name]
        if not described:
            names = ", ".join(load_registry().names())
            print(f"no verifier is called {options.name!r}; known: {names}", file=sys.stderr)  # noqa: T201 - the command's output
            return 1
    for each in described:
        for line in _lines(each, options):
            print(line)  # noqa: T201 - the command's output
    return 0


def _lines(each: Description, options: argparse.Namespace) -> list[str]:
    if options.schema:
        return [json.dumps(json.loads(each.parameters_schema_json or "{}"), indent=2)]
    if options.examples:
        return [
            json.dumps(
                {
                    "id": f"{each.name}-{number}",
                    "verifier": each.name,
                    "task": dict(example.parameters),
                    "completion": example.completion,
                    "expected_outcome": example.outcome.name,
                },
                ensure_ascii=False,
            )
            for number, example in enumerate(each.examples, start=1)
        ]
    state = "available" if each.available else f"UNAVAILABLE: {each.unavailable_reason}"
    return [f"{each.name:<14} {each.version or '-':<8} {each.summary or '-'}", f"{'':<24}{state}"]
