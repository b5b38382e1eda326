"""What runs in the process of test code: our harness, the test code, and no line of a candidate.

A run is ordered by one JSON object, and leaves one:

    {"kind": "code" or "pytest", "code": …, "module_name": …, "entry_point": name or null,
     "last": whether no other run will come}
    {"tests": [{"name": …, "status": …, "message": …}, …], "lost": why, or ""}

A test's status is "passed", "failed" (an assertion), "raised" (anything else, by the candidate or
because of it), "lost" (the candidate has gone) or "skipped". Nothing is left when the process ends
before its end: then nothing has passed.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from adjudge_worker.guest import messages, reuse
from adjudge_worker.guest.candidate_python import is_clean, leave, left
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.stage import Stage
from adjudge_worker.guest.stdio import BELL
from adjudge_worker.guest.suites.code_run import run_code
from adjudge_worker.guest.suites.gates import Gates
from adjudge_worker.guest.suites.pytest_run import MODULE, run_pytest
from adjudge_worker.guest.suites.session import Session
from adjudge_worker.guest.suites.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Mapping

_RECURSION_LIMIT = 4_000


class TestProcess:
    """Runs tests whenever the keeper rings; ends when something is left over from one."""

    def __init__(self, folders: Mapping[str, str]) -> None:
        """``folders`` says in which folder each library lies that test code may import."""
        self._folders = folders

    def serve(self) -> NoReturn:
        """Run what is ordered."""
        stage = Stage(f"{SCRATCH}/test.py", self._folders)
        leftovers = reuse.Leftovers()
        bell = socket.socket(fileno=BELL)
        while True:
            tone, given, _ = messages.take(bell, 1)
            if not tone or len(given) != 1:
                os._exit(0)
            order: dict[str, Any] = json.loads(left())
            with socket.socket(fileno=given[0]) as end:
                result = self._run(stage, order, Session(Wire(end), Gates({"__main__", MODULE})))
            leave(json.dumps(result).encode())
            if order["last"] or order["kind"] == "pytest" or not is_clean(stage, leftovers):
                os._exit(0)
            os.write(BELL, b"!")

    @staticmethod
    def _run(stage: Stage, order: dict[str, Any], session: Session) -> dict[str, Any]:
        main = stage.set("__main__")
        sys.setrecursionlimit(_RECURSION_LIMIT)
        try:
            run = run_pytest if order["kind"] == "pytest" else run_code
            tests = run(session, order, main)
        finally:
            main.__dict__.clear()
            sys.modules.pop(order["module_name"], None)
        for test in tests:
            if session.lost and test["status"] == "passed" and len(tests) == 1:
                test |= {"status": "lost", "message": session.lost}
        return {"tests": tests, "lost": session.lost}
