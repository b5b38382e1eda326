# ruff: noqa: E501 - whole programs, one line each
"""C++17 programs: compiled once behind the walls, run many times."""

import pytest

from adjudge_verifiers.sandbox import MIB, Limits, Program, RunStatus, StdinCase

pytestmark = [pytest.mark.jail, pytest.mark.timeout(90)]


@pytest.fixture(autouse=True)
def _compiler(sandbox):
    missing = sandbox.missing("cpp")
    if missing:
        pytest.skip(missing)


def test_a_program_reads_and_writes(runs):
    source = "#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b << std::endl; }"

    outputs = [run.stdout for run in runs.program(source, b"1 2", b"3 4", b"-5 5", language="cpp")]

    assert outputs == [b"3\n", b"7\n", b"0\n"]


def test_seventeen_is_the_standard(runs):
    source = (
        '#include <cstdio>\nint main() { if constexpr (__cplusplus == 201703L) std::puts("17"); }'
    )

    assert runs.program(source, language="cpp")[0].stdout == b"17\n"


def test_one_program_ends_in_many_ways(runs):
    source = r"""
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <unistd.h>
static int deep(int n) { volatile char pad[100]; pad[0] = n; return n ? 1 + deep(n - 1) + pad[0] * 0 : 0; }
int main() {
    char what[20] = "";
    if (scanf("%19s", what) != 1) return 9;
    if (!strcmp(what, "exit")) return 3;
    if (!strcmp(what, "abort")) abort();
    if (!strcmp(what, "null")) { volatile int *p = nullptr; *p = 1; }
    if (!strcmp(what, "loop")) for (volatile int i = 0;; i = i + 1) {}
    if (!strcmp(what, "sleep")) sleep(60);
    if (!strcmp(what, "print")) for (;;) puts("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    if (!strcmp(what, "new")) { std::vector<std::vector<char>> v; for (;;) v.emplace_back(1 << 20, 1); }
    if (!strcmp(what, "huge")) { std::vector<char> v(size_t(1) << 40); }
    if (!strcmp(what, "deep")) printf("%d\n", deep(300000));
    if (!strcmp(what, "file")) { FILE *f = fopen("left", "r"); puts(f ? "found" : "fresh"); fopen("left", "w"); }
    puts("done");
}"""
    limits = {
        "cpu_seconds": 0.5,
        "wall_seconds": 1.0,
        "memory_bytes": 200 * MIB,
        "output_bytes": MIB,
    }
    words = [
        b"exit",
        b"abort",
        b"null",
        b"loop",
        b"sleep",
        b"print",
        b"new",
        b"huge",
        b"deep",
        b"file",
        b"file",
    ]

    ended = runs.program(source, *words, language="cpp", **limits)

    assert [run.status for run in ended] == [
        RunStatus.EXITED,
        RunStatus.SIGNALED,
        RunStatus.SIGNALED,
        RunStatus.TIME_LIMIT,
        RunStatus.TIME_LIMIT,
        RunStatus.OUTPUT_LIMIT,
        RunStatus.MEMORY_LIMIT,
        RunStatus.MEMORY_LIMIT,
        RunStatus.EXITED,
        RunStatus.EXITED,
        RunStatus.EXITED,
    ]
    assert ended[0].exit_code == 3
    assert ended[8].stdout == b"300000\ndone\n"
    assert ended[9].stdout == ended[10].stdout == b"fresh\ndone\n"


def test_threads_work(runs):
    source = "#include <iostream>\n#include <thread>\nint main() { int x = 0; std::thread t([&] { x = 7; }); t.join(); std::cout << x; }"

    assert runs.program(source, language="cpp")[0].stdout == b"7"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("int main() { return x; }", "syntax"),
        ("", "syntax"),
        ("#include <nowhere.h>\nint main() {}", "syntax"),
        ('#include "/etc/shadow"\nint main() {}', "syntax"),
        ('#include "/proc/self/environ"\nint main() {}', "syntax"),
        ("int f(); int main() { return f(); }", "syntax"),
        ("char a[1LL << 40] = {1}; int main() {}", "any"),
    ],
)
def test_what_does_not_compile_says_so(runs, source, reason):
    failure = runs.compile(source, "cpp")

    assert failure is not None
    assert reason in {"any", failure.reason}, failure
    assert 0 < len(failure.message) <= 4096


def test_the_compiler_may_not_read_for_ever(runs):
    failure = runs.compile('#include "/dev/zero"\nint main() {}', "cpp")

    assert failure is not None
    assert failure.reason in {"time_limit", "memory_limit", "syntax"}


def test_the_environment_is_empty_of_ours(runs):
    source = "#include <cstdio>\nextern char **environ; int main() { for (char **e = environ; *e; e++) puts(*e); }"

    names = {
        line.partition(b"=")[0]
        for line in runs.program(source, language="cpp")[0].stdout.splitlines()
    }

    assert names <= {
        b"PATH",
        b"HOME",
        b"TMPDIR",
        b"LANG",
        b"OMP_NUM_THREADS",
        b"OPENBLAS_NUM_THREADS",
        b"MKL_NUM_THREADS",
        b"PYTHONDONTWRITEBYTECODE",
    }


def test_a_compiled_program_dies_of_a_broken_pipe_as_everywhere(sandbox):
    source = """
    #include <unistd.h>
    int main() { int ends[2]; pipe(ends); close(ends[0]); write(ends[1], "x", 1); return 0; }
    """
    (run,) = sandbox.run(Program("cpp", source), [StdinCase(b"")], Limits())
    assert (run.status, run.signal) == (RunStatus.SIGNALED, 13)


def test_many_threads_find_room_for_their_stacks(runs):
    source = (
        "#include <atomic>\n#include <cstdio>\n#include <thread>\n#include <vector>\n"
        "int main() {\n"
        "  std::atomic<int> done{0};\n  std::vector<std::thread> threads;\n"
        "  for (int i = 0; i < 20; ++i) threads.emplace_back([&] { ++done; });\n"
        "  for (auto& thread : threads) thread.join();\n"
        '  std::printf("%d", done.load());\n}\n'
    )

    (run,) = runs.program(source, language="cpp")

    assert (run.status, run.exit_code, run.stdout) == (RunStatus.EXITED, 0, b"20"), run
