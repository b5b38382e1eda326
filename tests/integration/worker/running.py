"""Worker processes for tests: started, watched, ended."""

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

from tests.fixtures.processes import children, descendants

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
EXTRA = "noop=tests.plugins.noop:Noop,fatal=tests.plugins.noop:Fatal"


class RunningWorker:
    """A worker (supervisor and slots) in its own process."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text()

    def slots(self) -> list[int]:
        """Process ids of the slots that run now: the forks of the supervisor."""
        ours = command_line(self.process.pid)
        return [child for child in children(self.process.pid) if command_line(child) == ours]

    def stop(self, seconds: float = 15.0) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


def command_line(pid: int) -> bytes:
    """What a process was started with; nothing when it has ended."""
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_bytes() if path.exists() else b""


@contextlib.contextmanager
def worker(
    redis_url: str,
    tmp_path: Path,
    *flags: str,
    module: str = "tests.fixtures.fake_jail_worker",
    ready: bool = True,
    seconds: float = 60.0,
) -> Iterator[RunningWorker]:
    """A worker that is ready; whatever of it is left at the end is killed."""
    ready_file = tmp_path / f"ready-{time.monotonic_ns()}.json"
    log = tmp_path / f"worker-{time.monotonic_ns()}.log"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("ADJUDGE_")
    } | {
        "ADJUDGE_WORKER_EXTRA_VERIFIERS": EXTRA,
        "ADJUDGE_WORKER_EXTRA_PATHS": str(ROOT),
        "ADJUDGE_WORKER_PRECOMPILE": "false",  # costs a quarter of a minute
    }
    if "ADJUDGE_NSJAIL" in os.environ:
        environment["ADJUDGE_NSJAIL"] = os.environ["ADJUDGE_NSJAIL"]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", module, "--redis-url", redis_url),
                *("--ready-file", str(ready_file), "--die-with-parent", *flags),
            ],
            cwd=ROOT,
            env=environment,
            stdout=stream,
            stderr=stream,
        )
    running = RunningWorker(process, log)
    try:
        if ready:
            wait_until(lambda: ready_file.exists() or process.poll() is not None, seconds)
            assert ready_file.exists(), running.log
            assert "slots" in json.loads(ready_file.read_text())
        yield running
    finally:
        below = descendants(process.pid)
        process.kill()
        process.wait()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below), 10)


def wait_until(done, seconds: float = 10.0) -> None:
    """Ask every 20 ms; fails after ``seconds``."""
    limit = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < limit, f"not within {seconds} s"
        time.sleep(0.02)
