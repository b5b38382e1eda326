"""Runs test code that passes when it raises nothing."""

from __future__ import annotations

import random
import sys
import warnings
from typing import TYPE_CHECKING, Any

from adjudge_worker.guest.suites.failures import described
from adjudge_worker.guest.suites.loading import load, share_seeds

if TYPE_CHECKING:
    import types

    from adjudge_worker.guest.suites.session import Session

_FILE = "<test>"


def run_code(
    session: Session, order: dict[str, Any], main: types.ModuleType
) -> list[dict[str, str]]:
    """Run the code as ``main``; the one test that it is."""
    seed = random.seed
    try:
        names = load(session, order)
        main.__dict__.update(names)
        share_seeds(session)
        with warnings.catch_warnings(action="ignore"):
            code = compile(order["code"], _FILE, "exec", dont_inherit=True)
            _run(code, main, uses_unittest="unittest" in order["code"])
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test has not passed
        return [{"name": "", **described(error, session)}]
    finally:
        random.seed = seed
    return [{"name": "", "status": "passed", "message": ""}]


def _run(code: types.CodeType, main: types.ModuleType, *, uses_unittest: bool) -> None:
    if not uses_unittest:
        exec(code, main.__dict__)  # noqa: S102 - the task's own code, in a process of its own
        return
    from unittest import TestCase  # noqa: PLC0415 - only where the test code has it

    unittest: Any = sys.modules["unittest"]
    runs: list[None] = []

    def run_cases(*_: Any, **__: Any) -> None:
        """Run every TestCase of the module; raises AssertionError when one does not pass."""
        runs.append(None)
        suite = unittest.defaultTestLoader.loadTestsFromModule(main)
        result = unittest.TestResult()
        result.failfast = True
        suite.run(result)
        if not result.wasSuccessful() or result.testsRun <= len(result.skipped):
            raise AssertionError("a unittest.TestCase did not pass")

    original = unittest.main
    unittest.main = run_cases
    try:
        exec(code, main.__dict__)  # noqa: S102 - the task's own code, in a process of its own
        own = [value for value in main.__dict__.values() if _is_case(value, TestCase, main)]
        if own and not runs:
            run_cases()
    finally:
        unittest.main = original


def _is_case(value: Any, base: type, main: types.ModuleType) -> bool:
    return isinstance(value, type) and issubclass(value, base) and value.__module__ == main.__name__
