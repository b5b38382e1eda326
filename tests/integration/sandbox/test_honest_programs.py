# ruff: noqa: E501 - whole programs, one line each
"""Programs that are honest, if odd, run as they would outside."""

import pytest

from adjudge_verifiers.sandbox import MIB, Limits, Program, RunStatus, StdinCase
from adjudge_worker.jail.sandbox import JailSandbox

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]

ECHO = "import sys; sys.stdout.write(sys.stdin.read())"

PROGRAMS = {
    "prints": ("print('right')", b"right\n"),
    "no last newline": ("print('right', end='')", b"right"),
    "exits with 0": ("import sys; print('right'); sys.exit(0)", b"right\n"),
    "exits with None": ("import sys; print('right'); sys.exit()", b"right\n"),
    "uses exit()": ("print('right'); exit()", b"right\n"),
    "uses quit()": ("print('right'); quit()", b"right\n"),
    "leaves hard": ("import os; print('right', flush=True); os._exit(0)", b"right\n"),
    "main guard": ("if __name__ == '__main__': print('right')", b"right\n"),
    "writes to descriptor 1": ("import os; os.write(1, b'right\\n')", b"right\n"),
    "writes bytes": ("import sys; sys.stdout.buffer.write(b'\\xff\\x00right')", b"\xff\x00right"),
    "mixes streams": (
        "import os, sys\nprint('a', flush=True); os.write(1, b'b\\n'); print('c')",
        b"a\nb\nc\n",
    ),
    "opens /dev/stdout": ("print('right', file=open('/dev/stdout', 'w'))", b"right\n"),
    "closes stdout": (
        "import sys\nprint('right'); sys.stdout.close()",
        b"right\n",
    ),
    "registers at exit": ("import atexit\natexit.register(print, 'right')", b"right\n"),
    "says goodbye in a destructor": (
        "class A:\n    def __del__(self): print('right')\na = A()",
        b"right\n",
    ),
    "thread with a big stack": (
        (
            "import sys, threading\n"
            "def f(n): return 0 if n == 0 else 1 + f(n - 1)\n"
            "def main(): print(f(50000))\n"
            "sys.setrecursionlimit(10**6); threading.stack_size(2**26)\n"
            "t = threading.Thread(target=main); t.start(); t.join()"
        ),
        b"50000\n",
    ),
    "thread with half a gigabyte of stack": (
        (
            "import threading\nthreading.stack_size(2**29)\n"
            "t = threading.Thread(target=print, args=('right',)); t.start(); t.join()"
        ),
        b"right\n",
    ),
    "thread that is not joined": (
        (
            "import threading, time\n"
            "def f(): time.sleep(0.05); print('right')\n"
            "threading.Thread(target=f).start()"
        ),
        b"right\n",
    ),
    "names of threads": (
        "import threading\nt = threading.Thread(target=lambda: print(threading.current_thread().name))\nt.start()",
        b"Thread-1 (<lambda>)\n",
    ),
    "decimal precision": (
        "import decimal\nprint(decimal.getcontext().prec); decimal.getcontext().prec = 5",
        b"28\n",
    ),
    "deep recursion": (
        (
            "import sys\nsys.setrecursionlimit(10**6)\n"
            "def f(n): return 0 if n == 0 else 1 + f(n - 1)\nprint(f(100000))"
        ),
        b"100000\n",
    ),
    "asks for a bigger stack": (
        (
            "import resource\n"
            "resource.setrlimit(resource.RLIMIT_STACK, (2**29, resource.RLIM_INFINITY))\n"
            "print('right')"
        ),
        b"right\n",
    ),
    "asks for its limits": (
        "import resource\nprint(resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 100)",
        b"True\n",
    ),
    "forks": (
        (
            "import os\nif os.fork() == 0:\n    print('child', flush=True); os._exit(0)\n"
            "os.wait(); print('parent')"
        ),
        b"child\nparent\n",
    ),
    "runs itself": (
        (
            "import subprocess, sys\n"
            "if len(sys.argv) > 1: print('right')\n"
            "else: print(subprocess.run([sys.executable, __file__, 'x'],"
            " capture_output=True, text=True).stdout.strip())"
        ),
        b"right\n",
    ),
    "runs a shell": ("import os, sys\nsys.stdout.flush(); os.system('echo right')", b"right\n"),
    "asyncio": (
        (
            "import asyncio\n"
            "async def f(): await asyncio.sleep(0.01); return 'right'\nprint(asyncio.run(f()))"
        ),
        b"right\n",
    ),
    "process pool": (
        (
            "import multiprocessing\n"
            "def f(x): return x * x\n"
            "if __name__ == '__main__':\n"
            "    with multiprocessing.Pool(2) as pool: print(pool.map(f, [1, 2, 3]))"
        ),
        b"[1, 4, 9]\n",
    ),
    "thread pool": (
        (
            "from concurrent.futures import ThreadPoolExecutor\n"
            "with ThreadPoolExecutor(4) as pool: print(sum(pool.map(abs, range(-5, 5))))"
        ),
        b"25\n",
    ),
    "shared memory": (
        (
            "from multiprocessing import shared_memory\n"
            "m = shared_memory.SharedMemory(create=True, size=100); m.buf[0] = 7\n"
            "print(m.buf[0]); m.close(); m.unlink()"
        ),
        b"7\n",
    ),
    "temporary file": (
        (
            "import tempfile\n"
            "with tempfile.TemporaryFile('w+') as f: f.write('right'); f.seek(0); print(f.read())"
        ),
        b"right\n",
    ),
    "its own source": ("print(len(open(__file__).read()))", b"33\n"),
    "imports a module that it wrote": (
        "open('helper.py', 'w').write('x = 5')\nimport helper\nprint(helper.x)",
        b"5\n",
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\nprint(A(3))",
        b"A(x=3)\n",
    ),
    "pickles its own class": (
        "import pickle\nclass A: x = 3\nprint(pickle.loads(pickle.dumps(A())).x)",
        b"3\n",
    ),
    "alarm": (
        (
            "import signal, time\n"
            "def f(*_): print('right'); raise SystemExit\n"
            "signal.signal(signal.SIGALRM, f); signal.setitimer(signal.ITIMER_REAL, 0.02)\n"
            "time.sleep(5)"
        ),
        b"right\n",
    ),
    "a broken pipe is an exception": (
        (
            "import os\nr, w = os.pipe(); os.close(r)\n"
            "try: os.write(w, b'x')\nexcept BrokenPipeError: print('right')"
        ),
        b"right\n",
    ),
    "floods stderr": ("import sys\nsys.stderr.write('x' * 10**6); print('right')", b"right\n"),
    "unicode": ("print('Füße 😀')", "Füße 😀\n".encode()),
    "big integers": ("print(len(str(2 ** 10000)))", b"3011\n"),
    "replaces stdout": (
        (
            "import io, sys\nout = io.StringIO(); old, sys.stdout = sys.stdout, out\n"
            "print('right'); sys.stdout = old; print(out.getvalue(), end='')"
        ),
        b"right\n",
    ),
    "does not see a future of ours": (
        "def f(x: int): pass\nprint(f.__annotations__)",
        b"{'x': <class 'int'>}\n",
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_honest_program_prints_what_it_would_print_outside(runs, name):
    source, expected = PROGRAMS[name]

    # Three runs: what one leaves behind must not change the next.
    for run in runs.program(source, b"", b"", b""):
        assert (run.status, run.exit_code, run.stdout) == (RunStatus.EXITED, 0, expected), run


READERS = {
    "read()": ECHO,
    "input()": "while True:\n    try: print(input())\n    except EOFError: break",
    "open(0)": "print(open(0).read(), end='')",
    "os.read": "import os\nwhile data := os.read(0, 7): os.write(1, data)",
    "buffer": "import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read())",
    "BytesIO of fstat": (
        "import os, sys, io\ndata = io.BytesIO(os.read(0, os.fstat(0).st_size))\n"
        "sys.stdout.write(data.read().decode())"
    ),
    "fileinput": "import fileinput\nfor line in fileinput.input(): print(line, end='')",
    "/dev/stdin": "print(open('/dev/stdin').read(), end='')",
    "/dev/stdin put together": "print(open('/'.join(['', 'dev', 'std' + 'in'])).read(), end='')",
    "closed and opened again": "import sys\nsys.stdin.close(); print(open('/dev/stdin').read(), end='')",
    "a child reads": "import subprocess\nsubprocess.run(['cat'])",
    "numpy": "import numpy, sys\nprint(*numpy.array(sys.stdin.read().split()), sep='\\n')",
}


@pytest.mark.parametrize("name", READERS)
def test_every_way_to_read_sees_the_whole_input_of_its_own_run(runs, name):
    inputs = [b"1\n2\n3\n", b"a\n", b"x\ny\n"]

    outputs = [run.stdout for run in runs.program(READERS[name], *inputs)]

    assert outputs == inputs


def test_ten_megabytes_come_and_go_without_a_deadlock(runs):
    data = b"0123456789abcde\n" * (10 * MIB // 16)

    (run,) = runs.program(ECHO, data)

    assert run.status is RunStatus.EXITED
    assert run.stdout == data


def test_no_more_libraries_are_there_than_the_worker_allows(jail):
    sandbox = JailSandbox(jail.spawn_keeper, libraries=["sympy"])
    source = "import importlib.util as u; print(*(n for n in ('numpy', 'sympy') if u.find_spec(n)))"

    (run,) = sandbox.run(Program("python", source), [StdinCase(b"")], Limits())

    assert run.stdout == b"sympy\n"


def test_numpy_is_there_and_our_own_packages_are_not(runs):
    source = (
        "import numpy\nfound = []\n"
        "for name in ('adjudge', 'adjudge_worker', 'adjudge_verifiers', 'pydantic', 'grpc'):\n"
        "    try: __import__(name); found.append(name)\n"
        "    except ImportError: pass\n"
        "print(int(numpy.arange(5).sum()), found)"
    )

    (run,) = runs.program(source)

    assert run.stdout == b"10 []\n", run


def test_global_state_of_one_run_is_not_seen_by_the_next(runs):
    source = (
        "import builtins, os, random, sys\n"
        "print(hasattr(builtins, 'mark'), 'mark' in os.environ, 'mark' in globals(),"
        " sys.getrecursionlimit(), os.path.exists('mark'), len(sys.argv), sys.gettrace())\n"
        "builtins.mark = mark = 1; os.environ['mark'] = '1'; sys.setrecursionlimit(5000)\n"
        "open('mark', 'w').close(); sys.argv.append('mark'); builtins.print = None\n"
    )

    outputs = {run.stdout for run in runs.program(source, b"1", b"2", b"3")}

    assert outputs == {b"False False False 1000 False 1 None\n"}


def test_a_random_program_is_random_in_every_run(runs):
    for source in (
        "import random; print(random.random())",
        "import numpy; print(numpy.random.random())",
        "import random, signal; print(random.random())",  # in a fresh process each
        "import numpy, signal; print(numpy.random.random())",
    ):
        outputs = [run.stdout for run in runs.program(source, *[b""] * 3)]

        assert len(set(outputs)) == 3, source


ENDS = {
    "a stream of its own that needs the module's names": (
        "import io, os, sys\n"
        "class Fast(io.IOBase):\n"
        "    def __init__(self, file):\n"
        "        self.fd, self.buffer = file.fileno(), io.BytesIO()\n"
        "        self.write = self.buffer.write if 'r' not in file.mode else None\n"
        "    def flush(self):\n"
        "        if self.write:\n"
        "            os.write(self.fd, self.buffer.getvalue())\n"
        "            self.buffer.seek(0), self.buffer.truncate(0)\n"
        "Fast(sys.stdin)\nsys.stdout = Fast(sys.stdout)\nsys.stdout.write(b'done')"
    ),
    "a finalizer that needs the module's names": (
        "word = 'done'\nclass Last:\n    def __del__(self): print(word, end='')\nkept = [Last()]"
    ),
    "a suspended generator": (
        "word = 'done'\ndef wait():\n    try: yield\n    finally: print(word, end='')\n"
        "kept = wait(); next(kept)"
    ),
    "a trace function that needs the module's names": (
        "import sys\ncalls = []\ndef trace(*what):\n    calls.append(1)\n    return trace\n"
        "sys.settrace(trace)\nprint('done', end='')"
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_program_ends_as_in_an_interpreter(runs, name):
    for run in runs.program(ENDS[name], b"", b""):
        assert (run.status, run.exit_code, run.stdout) == (RunStatus.EXITED, 0, b"done"), run
