"""Which verb does what: `score` and `serve` live here, the server rooms register theirs."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Callable

from adjudge.cli.failure import CommandError
from adjudge.errors import AdjudgeError

Command = Callable[[list[str]], int]

SERVER_COMMANDS = {
    "doctor": "say for each thing needed whether it was found, and how to mend it",
    "gateway": "run a gateway (needs a Redis)",
    "verifiers": "list the verifiers, their schemas and examples",
    "worker": "run worker slots (needs a Redis)",
}
OWN_COMMANDS = {
    "score": "score a JSON Lines file of completions",
    "serve": "run everything in one place: Redis, gateway, workers",
}
_MISSING_SERVER = (
    "adjudge {name} belongs to the server, which is not installed here.\n"
    "Fix: pip install 'adjudge[server,chemistry]' under Python 3.12 or newer."
)


def main(argv: list[str] | None = None) -> int:
    """Run one verb. Returns the exit status: 0 done, 1 failed, 2 called wrongly."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())  # noqa: T201 - the command's output
        return 0 if words else 2
    name, rest = words[0], words[1:]
    try:
        return _find(name)(rest)
    except CommandError as error:
        print(f"adjudge {name}: {error}", file=sys.stderr)  # noqa: T201 - the command's output
        return error.status
    except AdjudgeError as error:
        print(f"adjudge {name}: {error}", file=sys.stderr)  # noqa: T201 - the command's output
        return 1
    except KeyboardInterrupt:
        return 130


def usage() -> str:
    """The list of verbs."""
    lines = ["usage: adjudge COMMAND [options]   (adjudge COMMAND --help tells more)", ""]
    commands = {**OWN_COMMANDS, **SERVER_COMMANDS}
    lines += [f"  {name:<10} {what}" for name, what in sorted(commands.items())]
    return "\n".join(lines)


def _find(name: str) -> Command:
    if name == "score":
        from adjudge.cli.score import main as score  # noqa: PLC0415 - a verb loads what it needs

        return score
    if name == "serve":
        from adjudge.cli.serve import main as serve  # noqa: PLC0415 - a verb loads what it needs

        return serve
    for entry in importlib.metadata.entry_points(group="adjudge.commands", name=name):
        try:
            command: Command = entry.load()
        except ImportError as error:
            raise CommandError(f"{_MISSING_SERVER.format(name=name)}\n({error})") from error
        return command
    if name in SERVER_COMMANDS:
        raise CommandError(_MISSING_SERVER.format(name=name))
    raise CommandError(f"no such command.\n{usage()}", status=2)
