"""What runs in a candidate's process when test code in another one asks for its module."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING, NoReturn

from adjudge_worker.guest import messages, reuse
from adjudge_worker.guest.candidate_python import Candidate, is_clean, stop_tracing
from adjudge_worker.guest.stage import Stage
from adjudge_worker.guest.stdio import BELL
from adjudge_worker.guest.suites.hosting import Host
from adjudge_worker.guest.suites.wire import Wire

if TYPE_CHECKING:
    import types

MODULE = "solution"
ANOTHER, LAST = b"!", b"L"
"""What the bell says: that another run may follow, or that this is the last."""


class HostedCandidate(Candidate):
    """One Python program in its process: a fresh module for each test, see decision 0007."""

    def _run_on_demand(self, code: types.CodeType, *, plain: bool) -> NoReturn:
        stage = Stage(self._file, self._folders)
        leftovers = reuse.Leftovers() if plain else None
        bell = socket.socket(fileno=BELL)
        while True:
            tone, given, _ = messages.take(bell, 1)
            if not tone or len(given) != 1:
                os._exit(0)
            self._host(stage, code, given[0])
            if tone == LAST or leftovers is None or not is_clean(stage, leftovers):
                os._exit(0)
            os.write(BELL, b"!")

    @staticmethod
    def _host(stage: Stage, code: types.CodeType, descriptor: int) -> None:
        """Answer for a fresh module until the test is over."""
        module = stage.set(MODULE)
        with socket.socket(fileno=descriptor) as end:
            host = Host(Wire(end))
            host.take_streams()

            def load() -> types.ModuleType:
                exec(code, module.__dict__)  # noqa: S102 - its own process
                return module

            host.run(load)
        stop_tracing()
        module.__dict__.clear()
        sys.modules.pop(MODULE, None)
