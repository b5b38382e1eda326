"""Real gateway processes over a real Redis; real workers but for their jails."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
READY_SECONDS = 30.0
EXTRA_VERIFIERS = (
    "noop=tests.plugins.noop:Noop,fatal=tests.plugins.noop:Fatal,"
    "sleeping=tests.plugins.sleeping:Sleeping"
)


def wait_for(condition: Callable[[], object], seconds: float = READY_SECONDS) -> None:
    """Return when ``condition`` holds; fails when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


class Stage:
    """Starts processes, and ends exactly those."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.folder = folder
        self.redis_url = redis_url
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, module: str, *flags: str) -> tuple[subprocess.Popen[bytes], Path]:
        """A process and the file that it writes when it is ready."""
        number = len(self._processes)
        ready = self.folder / f"{number}.ready"
        common = ["--redis-url", self.redis_url, "--die-with-parent", "--ready-file", str(ready)]
        with (self.folder / f"{number}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *common, *flags],
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._processes.append(process)
        return process, ready

    def log(self, process: subprocess.Popen[bytes]) -> str:
        """What it has logged."""
        return (self.folder / f"{self._processes.index(process)}.log").read_text(errors="replace")

    def gateway(self, *flags: str) -> tuple[subprocess.Popen[bytes], str]:
        """A gateway that serves, and where."""
        process, ready = self.start("adjudge_gateway", "--listen", "127.0.0.1:0", *flags)
        wait_for(lambda: ready.exists() or process.poll() is not None)
        assert process.poll() is None, self.log(process)
        return process, json.loads(ready.read_text())["address"]

    def worker(self, slots: int = 1) -> subprocess.Popen[bytes]:
        """A worker that takes jobs."""
        process, ready = self.start(
            "tests.fixtures.fake_jail_worker",
            "--slots",
            str(slots),
            "--extra-verifiers",
            EXTRA_VERIFIERS,
        )
        wait_for(lambda: ready.exists() or process.poll() is not None)
        assert process.poll() is None, self.log(process)
        return process

    def close(self) -> None:
        """End what still runs."""
        for process in reversed(self._processes):
            if process.poll() is None:
                process.terminate()
        for process in self._processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            if process.poll() is None:
                process.kill()
                process.wait()


def slots_of(worker: subprocess.Popen[bytes]) -> list[int]:
    """Process ids of a worker's slots."""
    return [
        int(each)
        for each in Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    ]


def kill(pid: int) -> None:
    """End one process as a crash would."""
    os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def stage(folder: Path, redis_url: str) -> Iterator[Stage]:
    """A stage that is cleared at the end."""
    it = Stage(folder, redis_url)
    try:
        yield it
    finally:
        it.close()
