"""One grader of the field behind a pipe: run by `programs.py` and `attacks_paid.py`, never alone.

    python programs_peer.py GRADER [FOLDER]

GRADER is "verl" (verl's prime_code) or "livecodebench", with the FOLDER of a checkout, or one of
two habits: "output" (a process for each test, its output compared) and "exit" (the tests appended
as asserts, the exit code trusted). Each line on standard input is one job:

    {"source": "...", "tests": {"inputs": [...], "outputs": [...], "fn_name": "f"}}

The answer to each is a line {"paid": true, "cpu_seconds": 0.1}: the processor time of this process
and of all it has waited for. These graders isolate nothing: a hostile job must come in a jail.

Standard library only, for the Python that the peer runs on; what a peer imports is its own affair.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import types
from typing import Any

Tests = dict[str, Any]

SECONDS_PER_TEST = 6
FAILURE = 1


class _RuntimeModule:
    """What verl takes from pyext, which installs on no Python above 3.10."""

    @staticmethod
    def from_string(name: str, doc: str, source: str) -> types.ModuleType:
        module = types.ModuleType(name, doc)
        exec(source, module.__dict__)
        return module


class Verl:
    """verl/utils/reward_score/prime_code, loaded without the rest of verl."""

    def __init__(self, folder: str) -> None:
        try:
            import pyext  # noqa: F401, PLC0415 - only here, if at all
        except (ImportError, AttributeError):
            stand_in = types.ModuleType("pyext")
            stand_in.RuntimeModule = _RuntimeModule  # type: ignore[attr-defined]
            sys.modules["pyext"] = stand_in
        sys.path.insert(0, os.path.join(folder, "verl", "utils", "reward_score"))  # noqa: PTH118
        import prime_code  # type: ignore[import-not-found] # noqa: PLC0415 - after the path

        self._compute_score = prime_code.compute_score

    def paid(self, source: str, tests: Tests) -> bool:
        try:
            return self._compute_score(source, _as_lines(tests))[0] is True
        except UnboundLocalError:  # its way to say that something went wrong
            return False


class LiveCodeBench:
    """lcb_runner/evaluation, as its own evaluation calls it."""

    def __init__(self, folder: str) -> None:
        sys.path.insert(0, folder)
        from lcb_runner.evaluation.compute_code_generation_metrics import (  # type: ignore[import-not-found] # noqa: PLC0415
            check_correctness,
        )

        self._check = check_correctness

    def paid(self, source: str, tests: Tests) -> bool:
        sample = {"input_output": json.dumps(_as_lines(tests))}
        results, _ = self._check(sample, source, timeout=SECONDS_PER_TEST, debug=False)
        return bool(results) and all(one is True for one in results)


class Output:
    """A process for each test; stripped output compared. For calls, the result is printed."""

    def paid(self, source: str, tests: Tests) -> bool:
        name = tests.get("fn_name")
        for given, expected in zip(tests["inputs"], tests["outputs"]):  # noqa: B905 - Python 3.9 may run it
            program, text, right = source, given, expected
            if name:
                program = f"{source}\nprint(repr({name}(*{given!r})))\n"
                text, right = "", repr(expected)
            run = _run(program, text)
            if run is None or run.stdout.strip() != right.strip():
                return False
        return True


class Exit:
    """Tests appended as asserts, in the candidate's own process; exit code 0 is a pass."""

    def paid(self, source: str, tests: Tests) -> bool:
        name = tests["fn_name"]
        asserts = [
            f"assert {name}(*{given!r}) == {expected!r}"
            for given, expected in zip(tests["inputs"], tests["outputs"])  # noqa: B905
        ]
        run = _run("\n".join([source, *asserts, ""]), "")
        return run is not None and run.returncode == 0


def _as_lines(tests: Tests) -> Tests:
    """The arguments of calls as both graders' data have them: a JSON value a line."""
    if "fn_name" not in tests:
        return tests
    return {
        "inputs": ["\n".join(map(json.dumps, one)) for one in tests["inputs"]],
        "outputs": [json.dumps(one) for one in tests["outputs"]],
        "fn_name": tests["fn_name"],
    }


def _run(program: str, text: str) -> subprocess.CompletedProcess[str] | None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "solution.py")  # noqa: PTH118 - no pathlib where it is jailed
        with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:  # noqa: PTH123
            file.write(program)
        try:
            return subprocess.run(
                [sys.executable, path],
                input=text,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=SECONDS_PER_TEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None


def grader(words: list[str]) -> Verl | LiveCodeBench | Output | Exit:
    """The grader that the command line names."""
    kind, *folder = words
    made = {"verl": Verl, "livecodebench": LiveCodeBench, "output": Output, "exit": Exit}[kind]
    return made(*folder)  # type: ignore[no-any-return]


def spent_seconds() -> float:
    """Processor seconds of this process and of the children that it has waited for."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> None:
    """Answer job after job."""
    answers = io.TextIOWrapper(os.fdopen(os.dup(1), "wb"), write_through=True)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # graders and candidates may print
    judge = grader(sys.argv[1:])
    for line in sys.stdin:
        job = json.loads(line)
        before = spent_seconds()
        paid = judge.paid(job["source"], job["tests"])
        answer = {"paid": paid, "cpu_seconds": spent_seconds() - before}
        answers.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
