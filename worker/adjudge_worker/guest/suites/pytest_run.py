"""Runs a pytest file with pytest itself: no plugins but ours, no configuration, no cache."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.suites.failures import described
from adjudge_worker.guest.suites.loading import load, share_seeds

if TYPE_CHECKING:
    import types

    from adjudge_worker.guest.suites.session import Session

MODULE = "test_suite"
"""The name of the file, and of the module that it becomes."""

_OPTIONS = [
    "--quiet",
    "--noconftest",
    "--assert=plain",
    "--capture=sys",
    "--import-mode=importlib",
    f"--rootdir={SCRATCH}",
    "--config-file=/dev/null",
    *("-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:junitxml", "-p", "no:pastebin"),
    *("-p", "no:doctest", "-p", "no:stepwise", "-p", "no:legacypath", "-p", "no:setuponly"),
]


def run_pytest(
    session: Session, order: dict[str, Any], main: types.ModuleType
) -> list[dict[str, str]]:
    """Run the file; what became of each of its tests."""
    del main  # pytest makes its own module
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    import pytest  # noqa: PLC0415 - takes long

    try:
        load(session, order)
    except BaseException as error:  # noqa: BLE001 - whatever it is, no test has passed
        return [{"name": "", **described(error, session)}]
    seed = random.seed
    share_seeds(session)
    path = Path(SCRATCH) / f"{MODULE}.py"
    path.write_text(order["code"], encoding="utf-8", errors="surrogatepass")
    record = Record(session)
    try:
        pytest.main([str(path), *_OPTIONS], plugins=[record])
    finally:
        random.seed = seed
        sys.stdout.flush()
    return record.tests()


class Record:
    """A plugin of pytest that notes what became of each test."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._planned: list[str] = []
        self._status: dict[str, dict[str, str]] = {}
        self._asked = 0

    def pytest_collection_finish(self, session: Any) -> None:
        """Note which tests there are, so that one that never runs is missed."""
        self._planned = [item.nodeid for item in session.items]

    def pytest_collectreport(self, report: Any) -> None:
        """A file that cannot be collected is a test that failed."""
        if report.failed:
            self._note(report.nodeid, "raised", "the tests could not be collected")
            self._planned.append(report.nodeid)

    def pytest_runtest_logstart(self) -> None:
        """A test begins."""
        self._asked = self._session.asked

    def pytest_exception_interact(self, node: Any, call: Any) -> None:
        """Note whose exception it was."""
        told = described(call.excinfo.value, self._session)
        self._note(node.nodeid, told["status"], told["message"])

    def pytest_runtest_logreport(self, report: Any) -> None:
        """One phase of a test is over."""
        expected = getattr(report, "wasxfail", None) is not None
        if self._session.lost:
            self._note(report.nodeid, "lost", self._session.lost)
        elif report.failed:
            self._note(report.nodeid, "failed", "an assertion does not hold")
        elif report.skipped and not expected and self._session.asked != self._asked:
            self._note(report.nodeid, "failed", "skipped after the candidate had been asked")
        elif report.skipped:
            self._note(report.nodeid, "skipped", "")
        elif report.when == "call":
            self._note(report.nodeid, "passed", "")

    def tests(self) -> list[dict[str, str]]:
        """Every test in order; one that never came to its end has failed."""
        missing = {"status": "failed", "message": "the test never came to its end"}
        return [{"name": name, **self._status.get(name, missing)} for name in self._planned]

    def _note(self, name: str, status: str, message: str) -> None:
        """Keep the worst that is known of a test."""
        known = self._status.get(name)
        if known is None or known["status"] in {"passed", "skipped"}:
            self._status[name] = {"status": status, "message": message}
