"""Precompiled headers for C++ candidates: made once for a worker, in the background, at its start.

g++ takes a precompiled header by itself when it is valid for the flags and the header is the first
thing that a program includes; else it reads the header as always. So a program means the same with
and without, also while the header is still being made. The folder of a standard is always among the
flags; until there is something in it, it is ignored.

Run as `python -m adjudge_worker.jail.precompiled TOOLS COMPILER`, it makes all of them.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from adjudge_worker.jail.trying import succeeds
from adjudge_worker.jail.workshop import TOOLS
from adjudge_worker.lifeline import die_with_parent

if TYPE_CHECKING:
    from adjudge_worker.jail.workshop import Workshop

_log = logging.getLogger(__name__)

STANDARDS: Final = ("gnu++17", "gnu++20")
HEADERS: Final = ("bits/stdc++.h", "iostream")
"""What programs include first, the most frequent one first."""

_INSTANTIATE: Final = Path(__file__).with_name("instantiate.cpp")
_FORWARD: Final = "#pragma GCC system_header\n#include_next <{}>\n"
"""Beside a precompiled header, for programs that include it twice: g++ then looks for the header
itself where it found the precompiled one."""
_PRAGMA: Final = "#pragma adjudge instantiate\n"
_NEEDED_BYTES: Final = 384 * 1024 * 1024
"""A header of a standard takes up to 150 MB while it is made."""
_NICENESS: Final = 19
_PATIENCE_SECONDS: Final = 300.0


def flags(standard: str) -> list[str]:
    """How candidates in a C++ standard are compiled; the headers are made with the same."""
    return [f"-std={standard}", "-O2", "-pipe", "-isystem", f"{TOOLS}/{standard}"]


def begin(workshop: Workshop) -> subprocess.Popen[bytes] | None:
    """Start making the headers of a workshop, unless that was begun before.

    Returns:
        The process that makes them; None where there is no g++, or no room for them.
    """
    compiler = shutil.which("g++")
    if workshop.helpers or compiler is None:
        return next(iter(workshop.helpers), None)
    if shutil.disk_usage(workshop.tools).free < _NEEDED_BYTES:
        _log.warning(
            "no precompiled headers: they need %d MB in %s", _NEEDED_BYTES >> 20, workshop.folder
        )
        return None
    maker = subprocess.Popen(
        [sys.executable, "-m", __name__, str(workshop.tools), compiler, str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    workshop.helpers.append(maker)
    return maker


def make(tools: Path, compiler: str) -> bool:
    """Make every header; false when one could not be made, which costs time but changes nothing."""
    with tempfile.TemporaryDirectory(dir=tools.parent, prefix="headers-") as folder:
        plugin = Path(folder, "instantiate.so")
        build = [compiler, "-O1", "-shared", "-fPIC", "-fno-rtti", str(_INSTANTIATE)]
        has_plugin = succeeds([*build, "-o", str(plugin)], _PATIENCE_SECONDS)
        ways = [[f"-fplugin={plugin}"]] if has_plugin else []
        return all(
            any(
                _make_one(Path(folder), tools, compiler, standard, header, way)
                for way in [*ways, []]
            )
            for header in HEADERS
            for standard in STANDARDS
        )


def _make_one(  # noqa: PLR0917 - one header, one way
    folder: Path, tools: Path, compiler: str, standard: str, header: str, way: list[str]
) -> bool:
    source, trial = folder / "header.h", folder / "trial.cpp"
    source.write_text(f"#include <{header}>\n" + (_PRAGMA if way else ""))
    body = "int main() { std::cout << std::string(3, 'x'); }\n"
    trial.write_text(f"#include <{header}>\n" * 2 + body)
    made = folder / "made" / f"{header}.gch"
    made.parent.mkdir(parents=True, exist_ok=True)
    made.with_suffix("").write_text(_FORWARD.format(header))
    common = [compiler, f"-std={standard}", "-O2"]
    use = ["-Werror=invalid-pch", "-Winvalid-pch", "-isystem", str(folder / "made")]
    commands = (
        [*common, *way, "-x", "c++-header", str(source), "-o", str(made)],
        [*common, *use, str(trial), "-o", str(folder / "trial")],
    )
    sound = all(succeeds(command, _PATIENCE_SECONDS) for command in commands)
    if sound:
        target = tools / standard / f"{header}.gch"
        for parent in (tools / standard, target.parent):
            parent.mkdir(mode=0o755, exist_ok=True)
        for file in (made.with_suffix(""), made):
            file.chmod(0o444)
            file.replace(target.with_name(file.name))
    return sound


def _stop(_number: int, _frame: object) -> None:
    """End this process and the compilers that it has started: its whole process group."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(os.getpid(), signal.SIGTERM)
    raise SystemExit(1)


def main(tools: str, compiler: str, parent: str) -> int:
    """Make the headers for another process, as long as that one lives."""
    os.nice(_NICENESS)
    signal.signal(signal.SIGTERM, _stop)
    die_with_parent(int(parent), signal.SIGTERM)
    if make(Path(tools), compiler):
        return 0
    sys.stderr.write("not every precompiled header could be made: C++ compiles slowly without\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
