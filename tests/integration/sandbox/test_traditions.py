# ruff: noqa: E501 - whole programs, one line each
"""What judges have always had to get right: what counts as time, how to end, which bytes pass."""

from pathlib import Path

import pytest
from tests.fixtures.toolchains import runs_here

from adjudge_verifiers.sandbox import MIB, CompileFailure, Limits, Program, RunStatus, StdinCase
from adjudge_worker.jail.languages import LANGUAGES

pytestmark = [pytest.mark.jail, pytest.mark.timeout(90)]

SOURCE = Path(__file__).with_name("traditions.c")
EXITED, SIGNALED = RunStatus.EXITED, RunStatus.SIGNALED
END = b"end\n"
# word: (status, exit code or signal, output; None: whatever it had printed)
ENDINGS = {
    "exit 0": (EXITED, 0, b"right\n"),
    "exit 1": (EXITED, 1, b"right\n"),
    "exit 3": (EXITED, 3, b"right\n"),
    "exit 255": (EXITED, 255, b"right\n"),
    "exit 256": (EXITED, 0, b"right\n"),
    "signal 6": (SIGNALED, 6, b"right\n"),
    "signal 9": (SIGNALED, 9, b"right\n"),
    "signal 11": (SIGNALED, 11, b"right\n"),
    "signal 13": (SIGNALED, 13, b"right\n"),
    "signal 15": (SIGNALED, 15, b"right\n"),
    "divide 0": (SIGNALED, 8, b""),
    "pipe": (SIGNALED, 13, b""),
    "core": (SIGNALED, 6, b""),
    "zombies": (EXITED, 0, END),
    "daemon": (EXITED, 0, None),
    "deep": (EXITED, 0, b"57825\nend\n"),
    "errors 900000": (EXITED, 0, END),
    "errors 9000000": (RunStatus.OUTPUT_LIMIT, 0, None),
    "prints 900000": (EXITED, 0, None),
    "prints 9000000": (RunStatus.OUTPUT_LIMIT, 0, None),
    "closes": (EXITED, 0, b""),
    "order": (EXITED, 0, b"a\nc\nd"),
    "past": (EXITED, 0, b"-1 -1\n"),
    "end": (EXITED, 0, END),
}


def run_all(sandbox, program, inputs, limits):
    runs = sandbox.run(program, [StdinCase(data) for data in inputs], limits)
    assert not isinstance(runs, CompileFailure), runs
    return list(runs)


def test_a_program_ends_as_its_author_wrote_it(sandbox):
    limits = Limits(cpu_seconds=2.0, wall_seconds=5.0, memory_bytes=128 * MIB, output_bytes=MIB)
    program = Program("c", SOURCE.read_text())

    runs = run_all(sandbox, program, [f"{word}\n".encode() for word in ENDINGS], limits)

    seen = {}
    for (word, (_, _, output)), run in zip(ENDINGS.items(), runs, strict=True):
        seen[word] = (
            run.status,
            run.exit_code or run.signal,
            run.stdout if output is not None else None,
        )
    assert seen == ENDINGS
    of = dict(zip(ENDINGS, runs, strict=True))
    assert of["daemon"].wall_seconds < 1  # nobody waits for whoever holds the output
    assert of["errors 900000"].stderr_tail == ((b"0" * 999 + b"\n") * 3)[-2048:]
    assert len(of["prints 9000000"].stdout) == MIB


def test_time_is_what_all_threads_and_children_compute_and_not_what_they_sleep(sandbox):
    limits = Limits(cpu_seconds=10.0, wall_seconds=20.0, memory_bytes=128 * MIB)
    program = Program("c", SOURCE.read_text())
    words = ["end", "sleep-threads", "burn-threads", "burn-children", "burn-orphans"]

    alone, asleep, threads, children, orphans = run_all(
        sandbox, program, [word.encode() for word in words], limits
    )

    assert asleep.wall_seconds >= 0.2
    assert asleep.cpu_seconds < 0.1
    least = 4 * 0.01  # four times at least 60 million steps
    assert threads.cpu_seconds > least
    assert children.cpu_seconds > least
    assert orphans.cpu_seconds > alone.cpu_seconds + 0.01


COPIES = {
    "python": "import sys, shutil\nshutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)",
    "c": "#include <stdio.h>\nint main(void) { for (int c; (c = getchar_unlocked()) != EOF;) putchar_unlocked(c); }",
    "cpp": "#include <iostream>\nint main() { std::ios::sync_with_stdio(false); if (std::cin.peek() != EOF) std::cout << std::cin.rdbuf(); }",
    "java": "class Main { public static void main(String[] a) throws Exception { System.in.transferTo(System.out); System.out.flush(); } }",
    "rust": "fn main() { std::io::copy(&mut std::io::stdin().lock(), &mut std::io::stdout().lock()).unwrap(); }",
    "javascript": "process.stdin.pipe(process.stdout)",
    "go": 'package main\nimport ("io"; "os")\nfunc main() { io.Copy(os.Stdout, os.Stdin) }',
    "bash": "cat",
}
TEXTS = [
    b"",
    b"no newline",
    b"\r\nlines\r\n of windows\r",
    b"\xef\xbb\xbfmarked\n",
    "é ß 😀 \u2028 e\u0301\n".encode(),
    b"\xff\xfe\x00\x80\x1a\x04bytes\n",
    b"x" * 10 * MIB,
]


@pytest.mark.parametrize("language", COPIES)
def test_bytes_pass_through_as_they_are(language, sandbox):
    if not runs_here(sandbox, language):
        return
    limits = Limits(cpu_seconds=10.0, wall_seconds=30.0, memory_bytes=128 * MIB)

    runs = run_all(sandbox, Program(language, COPIES[language]), TEXTS, limits)

    assert [(run.status, run.exit_code) for run in runs] == [(EXITED, 0)] * len(TEXTS)
    assert [run.stdout for run in runs] == TEXTS


def test_every_language_but_a_twin_is_copied_with():
    assert COPIES.keys() | {"cpp20"} == LANGUAGES.keys()
