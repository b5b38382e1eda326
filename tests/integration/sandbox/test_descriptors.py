"""Descriptors that the slot gives to a run: the program's streams, or further ones."""

import contextlib
import functools
import os

import pytest

from adjudge_verifiers.sandbox import Limits, Program
from adjudge_worker.guest.orders import Run
from adjudge_worker.guest.stdio import GIVEN
from adjudge_worker.jail.keeper import Keeper
from adjudge_worker.jail.sandbox import JailSandbox

pytestmark = pytest.mark.jail

LIMITS = Limits(cpu_seconds=5, wall_seconds=5, output_bytes=1000)
SAY_AND_HEAR = "import sys\nprint('hello', flush=True)\nprint(sys.stdin.read(), file=sys.stderr)\n"
SAY_AND_HEAR_COMPILED = """
#include <iostream>
int main() { std::string s; std::cout << "hello" << std::endl; std::cin >> s; std::cerr << s; }
"""
FURTHER = f"""
import os
os.write({GIVEN + 1}, os.read({GIVEN}, 100).upper())
try:
    os.fstat({GIVEN + 2})
except OSError:
    print("no more")
"""


@contextlib.contextmanager
def keeper_of(jail, language, source):
    sandbox = JailSandbox(jail.spawn_keeper)
    with Keeper(jail.spawn_keeper) as keeper:
        compiled, _ = keeper.compile(
            sandbox._order(Program(language, source), LIMITS), source.encode()
        )
        assert not compiled.reason
        yield keeper


@contextlib.contextmanager
def two_pipes():
    """Their reading end, our writing end, our reading end, their writing end."""
    ends = [*os.pipe2(os.O_CLOEXEC), *os.pipe2(os.O_CLOEXEC)]
    try:
        yield ends
    finally:
        for end in ends:
            with contextlib.suppress(OSError):
                os.close(end)


def converse(keeper, order):
    """Say "HEARD" to a run over pipes; what it says, until it closes its end; how it ended."""
    with two_pipes() as (theirs_in, ours_out, ours_in, theirs_out):
        keeper.begin(b"unread", LIMITS.wall_seconds, order, [theirs_in, theirs_out])
        os.close(theirs_in)
        os.close(theirs_out)
        os.write(ours_out, b"heard")
        os.close(ours_out)
        said = b"".join(iter(functools.partial(os.read, ours_in, 100), b""))
        return said, keeper.finish(LIMITS.output_bytes)


@pytest.mark.parametrize(
    ("language", "source"), [("python", SAY_AND_HEAR), ("cpp", SAY_AND_HEAR_COMPILED)]
)
def test_a_program_talks_over_given_streams(jail, language, source):
    with keeper_of(jail, language, source) as keeper:
        for _ in range(2):
            said, (ending, stdout, stderr, _) = converse(keeper, Run(streams=True))

            assert (ending.exit_code, ending.signal, ending.stopped) == (0, 0, "")
            assert (said, stdout, stderr.strip()) == (b"hello\n", b"", b"heard")


def test_runs_with_and_without_streams_take_turns(jail):
    with keeper_of(jail, "python", "print(input())") as keeper:
        for _ in range(2):
            _, stdout, _, _ = keeper.run(b"from a file\n", 5, 1000)
            assert stdout == b"from a file\n"
            said, (ending, stdout, _, _) = converse(keeper, Run(streams=True))
            assert (said, ending.exit_code, stdout) == (b"heard\n", 0, b"")


def test_a_python_program_finds_further_descriptors(jail):
    with keeper_of(jail, "python", FURTHER) as keeper:
        for _ in range(2):
            said, (ending, stdout, _, _) = converse(keeper, Run())

            assert (said, ending.exit_code, stdout) == (b"HEARD", 0, b"no more\n")


def test_a_run_that_is_ended_lets_go_of_its_streams(jail):
    endless = "print(1, flush=True)\nwhile True: pass"
    with (
        keeper_of(jail, "python", endless) as keeper,
        two_pipes() as (theirs_in, _, ours_in, theirs_out),
    ):
        keeper.begin(b"", 5, Run(streams=True), [theirs_in, theirs_out])
        os.close(theirs_out)
        assert os.read(ours_in, 100) == b"1\n"
        keeper.end()
        assert os.read(ours_in, 100) == b""
