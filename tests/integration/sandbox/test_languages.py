"""Every language behind the same walls: one program of each does what its input asks for.

``languages/<language>/acts.*`` reads a word and acts on it; ``broken.*`` does not compile. Where a
toolchain is missing, the sandbox must say so, and how to get it.
"""

import time
from pathlib import Path

import pytest
from tests.fixtures.processes import below_us
from tests.fixtures.toolchains import runs_here

from adjudge_verifiers.sandbox import (
    MIB,
    CompileFailure,
    Limits,
    Program,
    RunStatus,
    StdinCase,
)
from adjudge_worker.jail.languages import LANGUAGES

pytestmark = [pytest.mark.jail, pytest.mark.timeout(120)]

PROGRAMS = Path(__file__).with_name("languages")
STANDARD_17 = "static_assert(__cplusplus == 201703L);"
STANDARD_20 = "template <std::integral T> T same(T x) { return x; }"
LIMITS = Limits(cpu_seconds=0.7, wall_seconds=10.0, memory_bytes=64 * MIB, output_bytes=MIB)
BOUNDED = {RunStatus.EXITED, RunStatus.TIME_LIMIT, RunStatus.MEMORY_LIMIT}


def source(language, name):
    if (language, name) == ("cpp20", "acts"):  # C++17's, but for a line that only C++20 takes
        return source("cpp", name).replace(STANDARD_17, STANDARD_20)
    (file,) = PROGRAMS.glob(f"{language}/{name}.*")
    return file.read_text()


@pytest.fixture(params=LANGUAGES)
def language(request, sandbox):
    """A language that can run here; of the others it is proved that the sandbox says so."""
    return request.param if runs_here(sandbox, request.param) else None


def test_a_program_ends_in_many_ways_and_leaves_nothing(language, sandbox):
    if language is None:
        return  # proved unavailable
    asked = ["sum 3 4", "file", "exit", "file", "fail", "deep", "secret", "connect", "leave"]
    asked += ["spawn", "flood", "memory", "loop", "sum -1 1 5"]
    cases = [StdinCase(f"{text}\n".encode()) for text in asked]
    before = below_us()

    runs = sandbox.run(Program(language, source(language, "acts")), cases, LIMITS)
    assert not isinstance(runs, CompileFailure), runs
    summed, file, left, again, failed, deep, secret, connect, leave, *hostile, last = runs

    assert (summed.status, summed.exit_code, summed.stdout) == (RunStatus.EXITED, 0, b"7\n")
    assert summed.cpu_seconds > 0
    assert summed.peak_memory_bytes > MIB
    assert (file.stdout, again.stdout) == (b"fresh\n", b"fresh\n")
    assert (left.status, left.exit_code, left.stdout) == (RunStatus.EXITED, 7, b"before\n")
    assert failed.status is RunStatus.SIGNALED or failed.exit_code != 0
    assert (deep.status, deep.stdout) == (RunStatus.EXITED, b"20000\n")
    assert (secret.stdout, connect.stdout) == (b"refused\n", b"refused\n")
    assert (leave.status, leave.stdout) == (RunStatus.EXITED, b"left\n")
    spawn, flood, memory, loop = hostile
    assert spawn.status in BOUNDED
    assert int(spawn.stdout or 0) <= LIMITS.processes
    assert (flood.status, len(flood.stdout)) == (RunStatus.OUTPUT_LIMIT, MIB)
    assert memory.status is RunStatus.MEMORY_LIMIT
    assert loop.status is RunStatus.TIME_LIMIT
    assert last.stdout == b"5\n"
    give_up = time.monotonic() + 5
    while below_us() - before and time.monotonic() < give_up:
        time.sleep(0.05)
    assert not below_us() - before


def test_a_program_that_does_not_compile_has_the_compilers_words(language, sandbox):
    if language is None:
        return  # proved unavailable
    failure = sandbox.run(Program(language, source(language, "broken")), [], LIMITS)

    assert isinstance(failure, CompileFailure)
    assert failure.reason == "syntax"
    assert any(word in failure.message for word in ("rror", "unexpected", "cannot use")), failure
