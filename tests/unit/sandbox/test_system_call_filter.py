"""The system-call filter, run as the kernel would run it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from adjudge_worker.guest import seccomp
from adjudge_worker.guest.syscalls import ALLOWED

ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X86_HEADER = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
GENERIC_HEADER = Path("/usr/include/asm-generic/unistd.h")


def answer(machine, number, *arguments, audit=None):
    """What the filter for ``machine`` says to one call: interprets the classic BPF."""
    data = {0: number, 4: AUDIT[machine] if audit is None else audit}
    for position in range(6):
        value = arguments[position] if position < len(arguments) else 0
        data[16 + 8 * position] = value & 0xFFFFFFFF
        data[20 + 8 * position] = value >> 32 & 0xFFFFFFFF
    program, at, loaded = seccomp.assemble(machine), 0, 0
    while True:
        step = program[at]
        at += 1
        match step.code:
            case 0x20:
                loaded = data[step.operand]
            case 0x15:
                at += step.if_true if loaded == step.operand else step.if_false
            case 0x35:
                at += step.if_true if loaded >= step.operand else step.if_false
            case 0x45:
                at += step.if_true if loaded & step.operand else step.if_false
            case 0x06:
                return step.operand


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_number_gets_the_answer_of_the_table(machine):
    column = ["x86_64", "aarch64"].index(machine)
    numbers = {row[column]: name for name, row in ALLOWED.items() if row[column] is not None}
    by_arguments = {
        "clone",
        "socketpair",
        "ioctl",
        "prctl",
        "personality",
        "setrlimit",
        "prlimit64",
    }

    for number in range(1000):
        said = answer(machine, number)
        if number not in numbers:
            assert said in {ERROR | 1, ERROR | 38}, number
        elif numbers[number] not in by_arguments:
            assert said == ALLOW, numbers[number]


def test_calls_of_other_architectures_are_killed():
    assert answer("x86_64", 1, audit=0x40000003) == KILL  # 32 bits
    assert answer("x86_64", 0x40000001) == KILL  # x32
    assert answer("aarch64", 64, audit=0x40000028) == KILL


@pytest.mark.parametrize(
    ("number", "arguments", "expected"),
    [
        (56, (17,), ALLOW),  # clone: fork
        (56, (0x3D0F00,), ALLOW),  # clone: a thread
        (56, (0x10000011,), ERROR | 1),
        (56, (0x02000011,), ERROR | 1),
        (53, (1, 1, 0), ALLOW),  # socketpair
        (53, (2, 1, 0), ERROR | 1),
        (302, (0, 3, 0, 1), ALLOW),  # prlimit64: look
        (302, (0, 3, 0x7FFF00001000, 0), ERROR | 0),  # set: said to be done
        (302, (0, 3, 0x100000000, 0), ERROR | 0),  # an address whose lower half is 0
        (302, (1, 3, 0, 1), ERROR | 1),  # of another process
        (157, (15,), ALLOW),  # prctl: PR_SET_NAME
        (157, (4, 1), ERROR | 1),  # PR_SET_DUMPABLE
        (16, (1, 0x5401), ALLOW),  # ioctl: TCGETS
        (16, (1, 0x5412), ERROR | 25),  # TIOCSTI
        (135, (0xFFFFFFFF,), ALLOW),  # personality: ask
        (135, (0x40000,), ERROR | 1),
        (435, (), ERROR | 38),  # clone3
    ],
)
def test_arguments_decide_where_they_must(number, arguments, expected):
    assert answer("x86_64", number, *arguments) == expected


def test_the_numbers_for_x86_64_are_the_kernels():
    if not X86_HEADER.exists():
        pytest.skip("no kernel headers for x86_64")
    found = dict(re.findall(r"#define __NR_(\w+) (\d+)", X86_HEADER.read_text()))

    assert {name: row[0] for name, row in ALLOWED.items() if row[0] is not None} == {
        name: int(found[name]) for name, row in ALLOWED.items() if row[0] is not None
    }


def test_the_numbers_for_aarch64_are_the_kernels():
    compiler = shutil.which("gcc")
    if not GENERIC_HEADER.exists() or compiler is None:
        pytest.skip("no generic kernel headers or no gcc to read them")
    switches = [
        "-D__BITS_PER_LONG=64",
        "-D__ARCH_WANT_RENAMEAT",
        "-D__ARCH_WANT_NEW_STAT",
        "-D__ARCH_WANT_SET_GET_RLIMIT",
    ]
    out = subprocess.run(
        [compiler, "-E", "-dM", *switches, GENERIC_HEADER],
        capture_output=True,
        text=True,
        check=True,
    )
    raw = dict(re.findall(r"#define (__NR(?:3264)?_\w+) (\w+)", out.stdout))

    def number(name):
        value = f"__NR_{name}"
        while not value.isdigit():
            value = raw[value]
        return int(value)

    names = [name for name, row in ALLOWED.items() if row[1] is not None]
    assert {name: ALLOWED[name][1] for name in names} == {name: number(name) for name in names}
