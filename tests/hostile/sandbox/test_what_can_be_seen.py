# ruff: noqa: E501 - whole programs, one line each
"""What a candidate finds when it looks around: nothing worth finding."""

import pytest

from adjudge_verifiers.sandbox import CallCase, Limits, Program, RunStatus

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]


def said(runs, source, *inputs):
    (run,) = runs.program(source, *inputs)
    assert run.status is RunStatus.EXITED, run
    return run.stdout.decode()


def test_proc_shows_the_streams_alone_and_sys_is_not_there(runs):
    source = "import os\nprint(os.path.exists('/sys/kernel'), sorted(os.listdir('/proc')), os.listdir('/proc/self'))"

    assert said(runs, source) == "False ['self'] ['fd']\n"


def test_no_other_process_is_seen_or_signalled(runs):
    source = (
        "import os, signal\nfound = []\n"
        "for pid in range(1, 33000):\n"
        "    if pid == os.getpid(): continue\n"
        "    try: os.kill(pid, 0); found.append(pid)\n"
        "    except OSError: pass\n"
        "print(found)\n"
        "for s in range(1, 65):\n"  # pid 1 is the keeper: it must not even notice
        "    try: os.kill(1, s)\n"
        "    except OSError: pass\n"
        "print('alive', os.getppid())"
    )

    assert said(runs, source) == "[1]\nalive 1\n"


def test_no_descriptor_but_its_own_is_open(runs):
    source = (
        "import os, stat\nfound = {}\n"
        "for fd in range(3, 4096):\n"
        "    try: found[fd] = stat.S_IFMT(os.fstat(fd).st_mode)\n"
        "    except OSError: pass\n"
        "print({fd: oct(kind) for fd, kind in found.items() if not stat.S_ISREG(kind)})"
    )

    # Beside files in memory there is the bell to the keeper, which carries one byte a run.
    assert said(runs, source) in {"{4: '0o140000'}\n", "{}\n"}


def test_an_executed_program_sees_three_descriptors(runs):
    source = (
        "#include <cstdio>\n#include <fcntl.h>\n"
        'int main() { for (int i = 0; i < 4096; i++) if (fcntl(i, F_GETFD) >= 0) printf("%d ", i); }'
    )

    (run,) = runs.program(source, language="cpp")

    assert run.stdout == b"0 1 2 "


def test_nothing_outside_the_scratch_can_be_written(runs):
    source = (
        "import os\nfound = []\n"
        "for folder, folders, _ in os.walk('/'):\n"
        "    if folder.startswith(('/tmp', '/dev/shm')): folders.clear(); continue\n"
        "    if folder.count('/') > 3: folders.clear()\n"
        "    try: open(folder + '/planted', 'w').close(); found.append(folder)\n"
        "    except OSError: pass\n"
        "print(found)"
    )

    assert said(runs, source) == "[]\n"


def test_secrets_of_the_machine_are_not_there(runs):
    source = (
        "import os\n"
        "for path in ('/etc/shadow', '/etc/passwd', '/root/.ssh', '/root/.bashrc', '/home', '/var', '/run', '/boot', '/work/shared'):\n"
        "    if os.path.exists(path): print(path)\n"
        "print(sorted(os.environ))"
    )

    lines = said(runs, source).splitlines()

    assert lines == [
        str(
            sorted(
                [
                    "PATH",
                    "HOME",
                    "TMPDIR",
                    "LANG",
                    "OMP_NUM_THREADS",
                    "OPENBLAS_NUM_THREADS",
                    "MKL_NUM_THREADS",
                    "PYTHONDONTWRITEBYTECODE",
                ]
            )
        )
    ]


def test_the_process_has_no_privilege_at_all(runs):
    source = (
        "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
        "header = (ctypes.c_uint32 * 2)(0x20080522, 0); data = (ctypes.c_uint32 * 6)()\n"
        "libc.capget(header, data)\n"
        "print(list(data), libc.prctl(39, 0, 0, 0, 0), os.getuid(), os.getgid())"
    )

    assert said(runs, source) == "[0, 0, 0, 0, 0, 0] 1 65534 65534\n"


def test_frames_and_heap_hold_no_other_input_and_no_way_out(runs):
    source = (
        "import gc, os, socket, stat, sys\n"
        "text = input()\n"
        "frame, files = sys._getframe(), set()\n"
        "while frame: files.add(os.path.basename(frame.f_code.co_filename)); frame = frame.f_back\n"
        "seen = [o for o in gc.get_objects() if isinstance(o, dict)]\n"
        "words = {v for d in seen for v in d.values() if isinstance(v, (str, bytes))}\n"
        "print([w for w in words if 'hidden' in str(w) and len(w) < 60 and w != text])\n"
        "ways = set()\n"
        "for o in gc.get_objects():\n"
        "    if isinstance(o, socket.socket):\n"
        "        try:\n"
        "            if stat.S_ISSOCK(os.fstat(o.fileno()).st_mode): ways.add(o.fileno())\n"
        "        except OSError: pass\n"
        "print(ways - {4}, files & {'service.py', 'supervision.py', 'cell.py'})"
    )

    first, second = runs.program(source, b"hidden one", b"hidden two")

    # Descriptor 4 is the bell: one byte that says "this run is over", and no way beyond it.
    assert first.stdout == second.stdout == b"[]\nset() set()\n", (first, second)


def test_ringing_the_bell_loses_only_the_candidates_own_answers(runs):
    source = "import os, time\nos.write(4, b'!' * int(input())); time.sleep(0.05); print('late')"

    ended = runs.program(source, b"1", b"100", b"100000", b"1", wall_seconds=1.0)

    assert len(ended) == 4


def test_a_forged_result_is_only_its_own(sandbox):
    source = (
        "import os\n"
        "def f(x):\n"
        "    os.lseek(3, 0, 0); os.ftruncate(3, 0); os.write(3, b'V42'); os._exit(0)"
    )

    (run,) = sandbox.run(Program("python", source, "f"), [CallCase([1])], Limits())

    # It returned 42, as it could have done honestly: whether that is right is decided outside.
    assert (run.status, run.value) == (RunStatus.EXITED, 42)


@pytest.mark.parametrize(
    "forged",
    [
        "b'V'",
        "b'V{'",
        "b'V[1,'",
        "b'V' + b'[' * 100_000",
        "b'V' + b'[' * 100_000 + b']' * 100_000",
        """b'V{"t":1}'""",
        """b'V{"x":[]}'""",
        """b'V{"i":"zz"}'""",
        """b'V{"i":"1_0"}'""",
        """b'V{"i":12}'""",
        """b'V{"d":[1]}'""",
        """b'V{"s":[[1]]}'""",
        """b'V{"t":[],"s":[]}'""",
        "b'V' + b'9' * 5000",
        "b'V\\xff\\xfe'",
        "b'X\\x00\\x01'",
        "b'V[' + b'1,' * 2_000_001 + b'1]'",
        # keys that all have one hash: building the set would take hours
        """b'V{"s":[' + b','.join(b'{"i":"%x"}' % (i * (2**61 - 1)) for i in range(9, 50_000)) + b']}'""",
    ],
)
def test_a_malformed_result_is_no_result(sandbox, forged):
    source = f"import os\ndef f():\n    os.pwrite(3, {forged}, 0)\n    os._exit(0)"

    (run,) = sandbox.run(Program("python", source, "f"), [CallCase()], Limits())

    assert run.status is RunStatus.NO_RESULT, run
    assert not run.has_value
