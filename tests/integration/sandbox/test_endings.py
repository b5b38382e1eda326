# ruff: noqa: E501 - whole programs, one line each
"""Every way to end has its status, and the next run is not disturbed."""

import time

import pytest

from adjudge_verifiers.sandbox import (
    KIB,
    MIB,
    Limits,
    Program,
    RunStatus,
    SandboxStopped,
    StdinCase,
)

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]

ENDINGS = {
    "exit code": ("raise SystemExit(3)", RunStatus.EXITED),
    "exit with a text": ("raise SystemExit('no')", RunStatus.EXITED),
    "exception": ("1 / 0", RunStatus.EXITED),
    "interrupt": ("raise KeyboardInterrupt", RunStatus.EXITED),
    "interrupts itself": (
        "import os, signal; os.kill(os.getpid(), signal.SIGINT)",
        RunStatus.EXITED,
    ),
    "descriptor 1 closed": ("import os; os.close(1); print('lost')", RunStatus.EXITED),
    "kills itself": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", RunStatus.SIGNALED),
    "terminates itself": (
        "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
        RunStatus.SIGNALED,
    ),
    "aborts": ("import os; os.abort()", RunStatus.SIGNALED),
    "reads address 0": ("import ctypes; ctypes.string_at(0)", RunStatus.SIGNALED),
    "loops": ("while True: pass", RunStatus.TIME_LIMIT),
    "loops in C": ("9 ** 9 ** 9", RunStatus.TIME_LIMIT),
    "loops in a thread": (
        "import threading\ndef f():\n    while True: pass\nthreading.Thread(target=f).start()",
        RunStatus.TIME_LIMIT,
    ),
    "loops in children": (
        "import os, time\nfor _ in range(2):\n    if os.fork() == 0:\n        while True: pass\ntime.sleep(60)",
        RunStatus.TIME_LIMIT,
    ),
    "loops in short-lived children": (
        (
            "import os, signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\nwhile True:\n"
            "    if os.fork() == 0:\n        sum(range(10**6)); os._exit(0)\n"
            "    try: os.wait()\n    except ChildProcessError: pass"
        ),
        RunStatus.TIME_LIMIT,
    ),
    "sleeps": ("import time; time.sleep(60)", RunStatus.TIME_LIMIT),
    "waits for input": ("import os; r, w = os.pipe(); os.read(r, 1)", RunStatus.TIME_LIMIT),
    "stops itself": (
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        RunStatus.TIME_LIMIT,
    ),
    "ignores every signal": (
        (
            "import signal\nfor s in range(1, 65):\n    try: signal.signal(s, signal.SIG_IGN)\n"
            "    except (OSError, ValueError): pass\nwhile True: pass"
        ),
        RunStatus.TIME_LIMIT,
    ),
    "daemon thread at the end": (
        (
            "import threading\ndef f():\n    while True: pass\n"
            "threading.Thread(target=f, daemon=True).start(); raise SystemExit(3)"
        ),
        RunStatus.EXITED,
    ),
    "takes much memory": ("x = bytearray(10**9)", RunStatus.MEMORY_LIMIT),
    "asks for endless memory": ("x = [0] * 10**12", RunStatus.MEMORY_LIMIT),
    "takes memory slowly": ("x = []\nwhile True: x.append(bytes(10**6))", RunStatus.MEMORY_LIMIT),
    "takes memory in children": (
        (
            "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n"
            "        x = bytearray(60 * 2**20); time.sleep(60)\ntime.sleep(60)"
        ),
        RunStatus.MEMORY_LIMIT,
    ),
    "maps memory": (
        "import mmap\nm = mmap.mmap(-1, 400 * 2**20)\nfor i in range(0, len(m), 4096): m[i] = 1",
        RunStatus.MEMORY_LIMIT,
    ),
    "prints for ever": ("while True: print('x' * 10000)", RunStatus.OUTPUT_LIMIT),
    "prints too much": ("print('x' * (2**20 + 1))", RunStatus.OUTPUT_LIMIT),
    "complains for ever": (
        "import sys\nwhile True: sys.stderr.write('x' * 10000)",
        RunStatus.OUTPUT_LIMIT,
    ),
    "truncates its output up": ("import os; os.ftruncate(1, 10**9)", RunStatus.OUTPUT_LIMIT),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_an_ending_has_its_status(runs, name):
    source, status = ENDINGS[name]
    limits = {
        "cpu_seconds": 0.4,
        "wall_seconds": 1.0,
        "memory_bytes": 200 * MIB,
        "output_bytes": MIB,
    }
    started = time.monotonic()

    one, _ = runs.program(source, b"", b"", **limits)

    assert one.status is status, one
    assert time.monotonic() - started < 8
    assert status is not RunStatus.EXITED or one.exit_code != 0, one
    assert len(one.stdout) <= MIB
    (after,) = runs.program("print(input())", b"well")
    assert after.stdout == b"well\n"


def test_the_exit_code_comes_through(runs):
    assert [
        run.exit_code for run in runs.program("raise SystemExit(int(input()))", b"0", b"7", b"255")
    ] == [0, 7, 255]


def test_the_signal_comes_through(runs):
    (run,) = runs.program("import os; os.kill(os.getpid(), 10)")

    assert (run.status, run.signal) == (RunStatus.SIGNALED, 10)


def test_output_of_exactly_the_limit_is_no_fault(runs):
    (run,) = runs.program("print('x' * 999)", output_bytes=1000)

    assert (run.status, len(run.stdout)) == (RunStatus.EXITED, 1000)


def test_what_was_printed_before_a_failure_is_kept(runs):
    (run,) = runs.program("print('some')\n1 / 0")

    assert run.stdout == b"some\n"
    assert run.stderr_tail.rstrip().endswith(b"ZeroDivisionError: division by zero")
    assert b"adjudge_worker" not in run.stderr_tail


def test_only_the_last_two_kibibytes_of_stderr_are_kept(runs):
    (run,) = runs.program("import sys; sys.stderr.write('x' * 10000 + 'end')")

    assert len(run.stderr_tail) == 2 * KIB
    assert run.stderr_tail.endswith(b"end")


def test_processor_time_of_children_counts(runs):
    source = (
        "import os, time\nif os.fork() == 0:\n    t = time.process_time()\n"
        "    while time.process_time() - t < 0.3: pass\n    os._exit(0)\nos.wait()"
    )

    (run,) = runs.program(source)

    assert run.cpu_seconds >= 0.3


def test_sleeping_costs_no_processor_time(runs):
    (run,) = runs.program("import time; time.sleep(0.3)")

    assert run.wall_seconds >= 0.3
    assert run.cpu_seconds < 0.2


def test_peak_memory_is_that_of_the_run(runs):
    small, big = runs.program("x = bytearray(int(input()))", b"1", b"100000000")

    assert small.peak_memory_bytes < 60 * MIB
    assert 100_000_000 < big.peak_memory_bytes < 160_000_000


def test_cases_come_as_they_are_done_and_closing_ends_the_program(sandbox):
    from adjudge_verifiers.sandbox import Limits, Program, StdinCase

    source = "import time\nprint(1) if input() == 'a' else time.sleep(60)"
    cases = [StdinCase(b"a"), StdinCase(b"b"), StdinCase(b"a")]
    started = time.monotonic()
    iterator = iter(sandbox.run(Program("python", source), cases, Limits()))

    first = next(iterator)
    iterator.close()

    assert first.stdout == b"1\n"
    assert list(iterator) == []
    assert time.monotonic() - started < 3


def test_a_run_that_was_never_iterated_can_be_closed(sandbox):
    from adjudge_verifiers.sandbox import Limits, Program, StdinCase

    runs = sandbox.run(Program("python", "print(1)"), [StdinCase(b"")], Limits())
    runs.close()
    runs.close()

    assert list(runs) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def f(:\n  pass", "SyntaxError"),
        ("print 'x'", "SyntaxError"),
        ("\ta = 1\n        b = 2", "IndentationError"),
        ("x = '\\ud800'; y = \x00", "null"),
        ("(" * 300 + ")" * 300, "nested"),
        ("x = " + "-" * 100_000 + "1", ""),
        ("# coding: nonsense\nx = 1", "SyntaxError"),
    ],
)
def test_what_does_not_compile_is_a_syntax_failure(runs, source, words):
    failure = runs.compile(source)

    assert failure is not None
    assert failure.reason in {"syntax", "memory_limit"}
    assert words in failure.message


def test_an_unknown_language_is_unavailable(runs):
    from adjudge_verifiers.sandbox import SandboxUnavailable

    assert "cobol" in runs.sandbox.missing("cobol")
    with pytest.raises(SandboxUnavailable, match="cobol"):
        runs.program("x", language="cobol")


def test_a_running_program_is_ended_when_nobody_wants_its_answer(sandbox):
    # Given a program that would sleep for a minute
    program = Program("python", "import time\ntime.sleep(60)")
    began = time.monotonic()
    impatient = sandbox.until(lambda: time.monotonic() - began > 0.3)
    # When the caller's deadline passes
    with pytest.raises(SandboxStopped):
        list(impatient.run(program, [StdinCase(b"")], Limits(wall_seconds=60.0)))
    # Then it ends at once, and the sandbox goes on with the next
    assert time.monotonic() - began < 5
    honest = sandbox.run(Program("python", "print(1)"), [StdinCase(b"")], Limits())
    assert [run.stdout for run in honest] == [b"1\n"]
