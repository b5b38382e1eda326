"""Tries whether a command works here: a compiler with certain flags, or what it made."""

from __future__ import annotations

import subprocess


def succeeds(command: list[str], patience_seconds: float) -> bool:
    """Whether the command ends with status 0 within that time. What it prints is thrown away."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=patience_seconds,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
