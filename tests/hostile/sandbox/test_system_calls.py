# ruff: noqa: E501 - whole programs, one line each
"""Calls into the kernel that no candidate may make. They run in the jail alone."""

import pytest

from adjudge_verifiers.sandbox import RunStatus

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]

PRELUDE = """
import ctypes, errno, os, platform
libc = ctypes.CDLL(None, use_errno=True)
X86 = platform.machine() == "x86_64"
def call(x86, arm, *arguments):
    arguments = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(x86 if X86 else arm), *arguments)
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]
"""

# name: (number on x86_64, on aarch64, arguments)
REFUSED = {
    "socket(AF_INET)": (41, 198, "2, 1, 0"),
    "socket(AF_INET6)": (41, 198, "10, 2, 0"),
    "socket(AF_UNIX)": (41, 198, "1, 1, 0"),
    "socket(AF_NETLINK)": (41, 198, "16, 3, 0"),
    "socket(AF_PACKET)": (41, 198, "17, 3, 0"),
    "socket(AF_VSOCK)": (41, 198, "40, 1, 0"),
    "socketpair(AF_INET)": (53, 199, "2, 1, 0, b'x' * 8"),
    "bind": (49, 200, "0, b'x' * 16, 16"),
    "connect": (42, 203, "0, b'x' * 16, 16"),
    "ptrace(TRACEME)": (101, 117, "0, 0, 0, 0"),
    "ptrace(ATTACH, 1)": (101, 117, "16, 1, 0, 0"),
    "ptrace(SEIZE, 1)": (101, 117, "0x4206, 1, 0, 0"),
    "process_vm_readv": (310, 270, "1, 0, 0, 0, 0, 0"),
    "process_vm_writev": (311, 271, "1, 0, 0, 0, 0, 0"),
    "mount": (165, 40, "b'none', b'/tmp', b'tmpfs', 0, 0"),
    "umount2": (166, 39, "b'/proc', 2"),
    "open_tree": (428, 428, "-100, b'/', 1"),
    "move_mount": (429, 429, "-100, b'/', -100, b'/tmp', 0"),
    "fsopen": (430, 430, "b'proc', 0"),
    "mount_setattr": (442, 442, "-100, b'/', 0, 0, 0"),
    "pivot_root": (155, 41, "b'/', b'/tmp'"),
    "chroot": (161, 51, "b'/tmp'"),
    "unshare(NEWUSER)": (272, 97, "0x10000000"),
    "unshare(NEWNET)": (272, 97, "0x40000000"),
    "setns": (308, 268, "0, 0"),
    "clone(NEWUSER)": (56, 220, "0x10000011, 0, 0, 0, 0"),
    "clone(NEWPID)": (56, 220, "0x20000011, 0, 0, 0, 0"),
    "clone3": (435, 435, "b'\\0' * 64, 64"),
    "bpf": (321, 280, "0, b'\\0' * 64, 64"),
    "perf_event_open": (298, 241, "b'\\0' * 128, 0, -1, -1, 0"),
    "io_uring_setup": (425, 425, "8, b'\\0' * 120"),
    "io_uring_enter": (426, 426, "0, 0, 0, 0, 0, 0"),
    "io_setup": (206, 0, "8, b'\\0' * 8"),
    "userfaultfd": (323, 282, "0"),
    "add_key": (248, 217, "b'user', b'a', b'b', 1, -3"),
    "request_key": (249, 218, "b'user', b'a', 0, -3"),
    "keyctl": (250, 219, "0, -3, 0"),
    "init_module": (175, 105, "b'x', 1, b''"),
    "finit_module": (313, 273, "0, b'', 0"),
    "kexec_load": (246, 104, "0, 0, 0, 0"),
    "reboot": (169, 142, "0xfee1dead, 672274793, 0, 0"),
    "settimeofday": (164, 170, "b'\\0' * 16, 0"),
    "clock_settime": (227, 112, "0, b'\\0' * 16"),
    "clock_adjtime": (305, 266, "0, b'\\0' * 208"),
    "sethostname": (170, 161, "b'x', 1"),
    "setuid(0)": (105, 146, "0"),
    "setresuid(0)": (117, 147, "0, 0, 0"),
    "setgroups": (116, 159, "0, 0"),
    "capset": (126, 91, "b'\\0' * 8, b'\\xff' * 24"),
    "personality": (135, 92, "0x0040000"),
    "prctl(SET_DUMPABLE)": (157, 167, "4, 0, 0, 0, 0"),
    "prctl(SET_CHILD_SUBREAPER)": (157, 167, "36, 1, 0, 0, 0"),
    "prctl(SET_SECCOMP)": (157, 167, "22, 1, 0, 0, 0"),
    "prctl(SET_MM)": (157, 167, "35, 1, 0, 0, 0"),
    "seccomp": (317, 277, "1, 0, 0"),
    "prlimit64 of the keeper": (302, 261, "1, 7, b'\\0' * 16, 0"),
    "name_to_handle_at": (303, 264, "-100, b'/', b'\\0' * 200, b'\\0' * 8, 0"),
    "open_by_handle_at": (304, 265, "-100, b'\\0' * 200, 0"),
    "quotactl": (179, 60, "0, 0, 0, 0"),
    "swapon": (167, 224, "b'/tmp/x', 0"),
    "syslog": (103, 116, "3, b'x' * 100, 100"),
    "acct": (163, 89, "0"),
    "iopl": (172, 0, "3"),
    "kcmp": (312, 272, "1, 1, 0, 0, 0"),
    "pidfd_getfd": (438, 438, "0, 0, 0"),
    "process_madvise": (440, 440, "0, 0, 0, 0, 0"),
    "memfd_create": (319, 279, "b'x', 0"),
    "memfd_secret": (447, 447, "0"),
    "fanotify_init": (300, 262, "0, 0"),
    "inotify_init1": (294, 26, "0"),
    "mq_open": (240, 180, "b'/x', 0x42, 0o600, 0"),
    "shmget": (29, 194, "0, 4096, 0x3b6"),
    "semget": (64, 190, "0, 1, 0x3b6"),
    "msgget": (68, 186, "0, 0x3b6"),
    "sync": (162, 81, ""),
    "landlock_create_ruleset": (444, 444, "0, 0, 1"),
    "ioctl(TIOCSTI)": (16, 29, "0, 0x5412, b'x'"),
    "ioctl(FS_IOC_SETFLAGS)": (16, 29, "0, 0x40086602, b'\\0' * 8"),
    "sched_setscheduler(FIFO)": (144, 119, "0, 1, b'\\1\\0\\0\\0'"),
    "a number that does not exist": (9999, 9999, ""),
}


def test_no_forbidden_call_gets_through(runs):
    source = PRELUDE + "\n".join(
        f"print({name!r}, call({x86}, {arm}{', ' if arguments else ''}{arguments}), sep=': ')"
        for name, (x86, arm, arguments) in REFUSED.items()
    )

    (run,) = runs.program(source)

    answers = dict(line.split(": ") for line in run.stdout.decode().splitlines())
    assert answers.keys() == REFUSED.keys(), run
    wrong = {
        name: answer
        for name, answer in answers.items()
        if answer not in {"EPERM", "ENOSYS", "ENOTTY"}
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "source",
    [
        # int 0x80 in executable memory: getpid of the 32-bit table
        (
            "import ctypes, mmap\n"
            "m = mmap.mmap(-1, 4096, prot=7); m.write(b'\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3')\n"
            "ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()"
        ),
        # the x32 table
        "import ctypes; ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 | 39))",
    ],
    ids=["32 bits", "x32"],
)
def test_another_architectures_call_kills(runs, source):
    import platform

    if platform.machine() != "x86_64":
        pytest.skip("x86_64 only")

    (run,) = runs.program(source)

    assert run.status is RunStatus.SIGNALED, run


def test_a_set_user_id_program_gives_nothing(runs):
    source = (
        "import os, subprocess\n"
        "for tool in ('su', 'mount', 'passwd', 'sudo', 'newuidmap'):\n"
        "    try: subprocess.run([tool], stdin=subprocess.DEVNULL, stdout=-3, stderr=-3, timeout=2)\n"
        "    except (OSError, subprocess.TimeoutExpired): pass\n"
        "print(os.getresuid(), os.getresgid())\n"
        "os.chmod(__file__, 0o4755); print(oct(os.stat(__file__).st_mode & 0o7777))"
    )

    (run,) = runs.program(source)

    assert b"(65534, 65534, 65534) (65534, 65534, 65534)" in run.stdout, run


def test_limits_that_a_candidate_sets_are_not_taken(runs):
    source = (
        "import resource\n"
        "for r in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE):\n"
        "    before = resource.getrlimit(r)\n"
        "    resource.setrlimit(r, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "    print(resource.getrlimit(r) == before)"
    )

    (run,) = runs.program(source)

    assert run.stdout == b"True\n" * 3
