"""Fuzzing of the verifier ``mathematics``: anything but a verdict in time is a finding.

    python tests/fuzz/mathematics.py --minutes 10 [--seed N]
    python tests/fuzz/mathematics.py --replay '{"reference": …}'

Findings: an exception, an outcome that is no verdict on the answer, more than a second of CPU time
for an item, a hang, more than 512 MiB of growth in memory, and verify(a, b) other than
verify(b, a). Trials run in a child that is watched and replaced; every finding is printed with the
line that repeats it. The exit status is 1 when there was one.
"""

# ruff: noqa: T201 - a command prints
from __future__ import annotations

import argparse
import json
import mmap
import os
import random
import secrets
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from adjudge_verifiers.mathematics import Mathematics
from tests.fuzz.mutations import Mutator
from tests.fuzz.trial import Trial, failures, make_trial

GROWTH_BYTES = 512 << 20
HANG_SECONDS = 20.0
_NOTE_BYTES = 1 << 16
_HEAD = struct.Struct("<QQQ")
_KIB = 1024


class Note:
    """Where a child is, in a file that outlives it: trials, findings, the trial as JSON."""

    def __init__(self, path: str) -> None:
        with Path(path).open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _NOTE_BYTES)

    def write(self, trials: int, findings: int, text: str) -> None:
        """Note the next trial."""
        data = text.encode()[: _NOTE_BYTES - _HEAD.size]
        _HEAD.pack_into(self._map, 0, trials, findings, len(data))
        self._map[_HEAD.size : _HEAD.size + len(data)] = data

    def read(self) -> tuple[int, int, str]:
        """How many trials and findings there were, and the last trial."""
        trials, findings, size = _HEAD.unpack_from(self._map)
        return trials, findings, self._map[_HEAD.size : _HEAD.size + size].decode(errors="replace")


def peak_bytes() -> int:
    """The largest resident memory of this program so far."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * _KIB


def run_trials(seed: int, seconds: float, most: int, note: Note | None = None) -> list[str]:
    """Run trials until the time or their number is used up; a line for each finding."""
    Mathematics().warm()
    dice = random.Random(seed)
    mutator = Mutator(dice)
    findings: list[str] = []
    start, before = time.monotonic(), peak_bytes()
    for count in range(most):
        if time.monotonic() - start > seconds:
            break
        trial = make_trial(mutator, dice)
        line = trial.shown()
        if note is not None:
            note.write(count + 1, len(findings), line)
        found = failures(trial)
        growth = peak_bytes() - before
        if growth > GROWTH_BYTES:
            found.append(f"memory grew by {growth >> 20} MiB")
            before += growth
        for finding in found:
            findings.append(f"seed {seed}, trial {count}: {finding}\n    {line}")
            if note is not None:
                note.write(count + 1, len(findings), line)
                print(findings[-1], flush=True)
    return findings


def watch(minutes: float, seed: int) -> int:
    """Run children one after another and end those that hang; the number of findings."""
    end = time.monotonic() + 60 * minutes
    total = findings = 0
    while time.monotonic() < end:
        with tempfile.NamedTemporaryFile() as file:
            file.truncate(_NOTE_BYTES)
            note = Note(file.name)
            arguments = ["--child", file.name, "--seed", str(seed)]
            remaining = str(max(end - time.monotonic(), 1.0) / 60)
            child = subprocess.Popen([sys.executable, __file__, *arguments, "--minutes", remaining])
            hung = _wait(child, note)
            count, found, line = note.read()
            total += count
            findings += found
            if hung or child.returncode != 0:
                findings += 1
                why = "hung" if hung else f"died with status {child.returncode}"
                print(f"seed {seed}, trial {count}: the child {why}\n    {line}", flush=True)
        seed += 1
    print(f"{total:,} trials, {findings} findings")
    return findings


def _wait(child: subprocess.Popen[bytes], note: Note) -> bool:
    """Wait for the end of a child; whether it had to be ended because it stood still."""
    last, since = -1, time.monotonic()
    while child.poll() is None:
        time.sleep(0.5)
        count = note.read()[0]
        if count != last:
            last, since = count, time.monotonic()
        elif time.monotonic() - since > HANG_SECONDS and last > 0:
            child.send_signal(signal.SIGKILL)
            child.wait()
            return True
    return False


def main() -> int:
    """Read the command line and fuzz."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--replay", help="one line of a finding")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.replay:
        found = failures(Trial(**json.loads(arguments.replay)))
        print("\n".join(found) or "nothing found")
        return bool(found)
    if arguments.child:
        run_trials(arguments.seed, 60 * arguments.minutes, sys.maxsize, Note(arguments.child))
        return 0
    print(f"seed {arguments.seed}, process {os.getpid()}", flush=True)
    return bool(watch(arguments.minutes, arguments.seed))


if __name__ == "__main__":
    sys.exit(main())
