# ruff: noqa: E501 - whole programs, one line each
"""Compiling is fast in several ways, and none of them can be told from the plain one."""

import contextlib
import dataclasses
import re
import shutil
import signal
import subprocess

import pytest

from adjudge_verifiers.sandbox import CompileFailure, Limits, Program, RunStatus, StdinCase
from adjudge_worker.jail import compile_cache, precompiled
from adjudge_worker.jail.compile_cache import CompileCache
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.sandbox import JailSandbox

pytestmark = [pytest.mark.jail, pytest.mark.timeout(180)]

needs_gpp = pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
STANDARD = "gnu++17"


@pytest.fixture(autouse=True)
def _compiler(sandbox):
    missing = sandbox.missing("cpp")
    if missing:
        pytest.skip(missing)


@pytest.fixture(scope="module")
def forking(jail_settings):
    """A sandbox that starts programs as if there were no C compiler, in a jail begun by nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        jail = Jail.start(dataclasses.replace(jail_settings, starter="never"))
    finally:
        signal.signal(signal.SIGHUP, before)
    with jail:
        yield jail.sandbox


ENDS = r"""
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
int main(int argc, char **argv) {
    char what[20] = "";
    if (scanf("%19s", what) != 1) return 9;
    if (!strcmp(what, "exit")) return 3;
    if (!strcmp(what, "abort")) abort();
    if (!strcmp(what, "loop")) for (volatile int i = 0;; i = i + 1) {}
    if (!strcmp(what, "pipe")) { int ends[2]; if (pipe(ends)) return 8; close(ends[0]); return write(ends[1], "x", 1) == 1; }
    if (!strcmp(what, "flood")) for (;;) puts("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    if (!strcmp(what, "walls")) {
        printf("%d %s %d %d|", argc, argv[0], getpid() == getpgrp(), getpid() == getsid(0));
        for (int fd = 0; fd < 1024; fd++) if (fcntl(fd, F_GETFD) >= 0) printf(" %d", fd);
        printf("|%d %d|", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), prctl(PR_GET_SECCOMP, 0, 0, 0, 0));
        for (int kind : {RLIMIT_CPU, RLIMIT_STACK, RLIMIT_AS, RLIMIT_FSIZE, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_CORE}) {
            struct rlimit limit;
            getrlimit(static_cast<__rlimit_resource>(kind), &limit);
            printf(" %llu/%llu", (unsigned long long)limit.rlim_cur, (unsigned long long)limit.rlim_max);
        }
        printf("|%d %d %d %d|", geteuid(), getegid(), kill(1, SIGKILL), kill(1, SIGTERM));
        sigset_t held; sigprocmask(SIG_BLOCK, nullptr, &held);
        for (int number = 1; number < 32; number++) {
            struct sigaction action; sigaction(number, nullptr, &action);
            if (action.sa_handler != SIG_DFL || sigismember(&held, number)) printf(" %d", number);
        }
        printf("|%s", getcwd(what, sizeof what));
    }
}"""
WORDS = [b"exit", b"abort", b"loop", b"pipe", b"flood", b"walls"]


def ends(sandbox):
    limits = Limits(cpu_seconds=0.3, output_bytes=1 << 20)
    runs = sandbox.run(Program("cpp", ENDS), [StdinCase(word) for word in WORDS], limits)
    assert not isinstance(runs, CompileFailure), runs
    return list(runs)


def test_starter_and_fork_put_up_the_same_walls(sandbox, forking):
    started, forked = ends(sandbox), ends(forking)

    assert [run.status for run in started] == [run.status for run in forked]
    assert [(run.exit_code, run.signal) for run in started] == [
        (run.exit_code, run.signal) for run in forked
    ]
    assert started[-1].stdout == forked[-1].stdout
    assert started[-1].stdout.startswith(b"1 program 1 1| 0 1 2|1 2| 2/3 ")
    assert started[-1].stdout.endswith(b"|65534 65534 0 0||/tmp")


def test_what_is_no_program_ends_with_the_same_status_both_ways(sandbox, forking):
    # Given a linker that is told to leave a text in place of a program
    source = 'asm(".section .note.GNU-stack,\\"\\",@progbits");\nint main() {}\n'
    with contextlib.ExitStack() as stack:
        runs = []
        for one in (sandbox, forking):
            recipe_of = type(one)._order

            def order(self, program, limits, recipe_of=recipe_of):
                made = recipe_of(self, program, limits)
                copy = ["/bin/cp", "/usr/include/stdio.h", made.recipe.binary]
                return dataclasses.replace(
                    made, recipe=dataclasses.replace(made.recipe, compile=[copy])
                )

            patch = stack.enter_context(pytest.MonkeyPatch.context())
            patch.setattr(type(one), "_order", order)
            fresh = JailSandbox(one._start_keeper)
            (run,) = fresh.run(Program("cpp", source), [StdinCase(b"")], Limits())
            runs.append(run)
            patch.undo()

    assert [(run.status, run.exit_code) for run in runs] == [(RunStatus.EXITED, 127)] * 2


class Counting:
    """A cache that tells how often it was asked and what it had."""

    def __init__(self, cache):
        self._cache = cache
        self.had = []

    def find(self, name):
        found = self._cache.find(name)
        self.had.append(found is not None)
        return found

    def __getattr__(self, name):
        return getattr(self._cache, name)


@pytest.fixture
def caching(sandbox, tmp_path):
    cache = Counting(CompileCache(tmp_path))
    return JailSandbox(sandbox._start_keeper, cache=cache), cache


def test_an_equal_source_is_compiled_once(caching):
    sandbox, cache = caching
    program = Program(
        "cpp", '#include <cstdio>\nint main() { int a; scanf("%d", &a); printf("%d", 2 * a); }'
    )

    outputs = [
        [run.stdout for run in sandbox.run(program, [StdinCase(b"21"), StdinCase(b"4")], Limits())]
        for _ in range(3)
    ]

    assert outputs == [[b"42", b"8"]] * 3
    assert cache.had == [False, True, True]


def test_a_failure_is_the_same_the_second_time(caching):
    sandbox, cache = caching
    program = Program("cpp", "int main() { return missing; }")

    first, second = (sandbox.run(program, [], Limits()) for _ in range(2))

    assert isinstance(first, CompileFailure)
    assert first == second
    assert cache.had == [False, True]


def test_another_standard_is_another_program(caching):
    sandbox, _ = caching
    source = '#include <cstdio>\nint main() { std::printf("%ld", __cplusplus); }'

    outputs = [
        run.stdout
        for language in ("cpp", "cpp20", "cpp")
        for run in sandbox.run(Program(language, source), [StdinCase(b"")], Limits())
    ]

    assert outputs == [b"201703", b"202002", b"201703"]


def test_a_broken_limit_is_no_property_of_a_source(caching, monkeypatch):
    sandbox, cache = caching
    monkeypatch.setattr(
        "adjudge_worker.jail.sandbox.COMPILE_BOUNDS",
        dataclasses.replace(
            __import__("adjudge_worker.jail.sandbox", fromlist=["x"]).COMPILE_BOUNDS,
            cpu_seconds=0.05,
        ),
    )
    program = Program("cpp", '#include <regex>\nint main() { std::regex r("a"); }')

    reasons = [sandbox.run(program, [], Limits()).reason for _ in range(2)]

    assert reasons == ["time_limit"] * 2
    assert cache.had == [False, False]


def test_a_program_may_define_what_the_static_library_defines(runs):
    # Given a variable that a static link finds twice, and a dynamic one does not
    source = """
#include <cstdio>
extern "C" { int _nl_C_locobj = 7; }
int main() { std::printf("%d\\n", _nl_C_locobj); }"""

    (run,) = runs.program(source, language="cpp")

    assert (run.exit_code, run.stdout) == (0, b"7\n"), run


FIRST = "#include <bits/stdc++.h>\n"
BODY = "using namespace std;\nint main() { string w; while (cin >> w) cout << w.size() << stoi(w) << endl; }\n"
MEANINGS = {
    "plain": FIRST + BODY,
    "a macro that the header asks for": "#define _GLIBCXX_DEBUG\n" + FIRST + BODY,
    "a keyword as a macro": "#define private public\n" + FIRST + BODY,
    "a pragma before": '#pragma GCC optimize("O3")\n' + FIRST + BODY,
    "twice": FIRST + FIRST + BODY,
    "streams": "// first\n#define N 5\n#include <iostream>\n#include <string>\n" + BODY,
    "streams, then everything": "#include <iostream>\n" + FIRST + BODY,
    "what was not included": "#include <iostream>\nint main() { std::regex r; }\n",
    "a specialisation": FIRST + "struct P { int a; };\nnamespace std { template <> struct hash<P> { size_t operator()(P p) const { return p.a; } }; }\ntemplate <> void std::swap<P>(P &, P &) noexcept {}\nint main() { P a{1}, b{2}; std::swap(a, b); return std::hash<P>()(a); }\n",
    "line and file": FIRST + "int main() { std::cout << __FILE__ << __LINE__ << __COUNTER__ << __INCLUDE_LEVEL__; }\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def headers(tmp_path_factory):
    if shutil.which("g++") is None:
        pytest.skip("needs g++")
    tools = tmp_path_factory.mktemp("workshop") / "tools"
    tools.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(precompiled, "STANDARDS", (STANDARD,))
        assert precompiled.make(tools, "g++")
    return tools / STANDARD


def assembly(folder, source, *flags):
    """What g++ makes of a source, or that it takes none; in no order and without numbers of labels."""
    (folder / "solution.cpp").write_text(source)
    command = ["g++", f"-std={STANDARD}", "-O2", "-w", *flags, "-S", "-o", "-", "solution.cpp"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        return "does not compile"
    return sorted(re.sub(r"\.L([A-Z]*)\d+", r".L\1", done.stdout).splitlines())


@pytest.mark.parametrize("source", MEANINGS.values(), ids=MEANINGS.keys())
def test_a_precompiled_header_changes_no_meaning(headers, source, tmp_path):
    assert assembly(tmp_path, source) == assembly(tmp_path, source, "-isystem", str(headers))


def test_an_explicit_instantiation_of_what_the_header_uses_has_all_that_it_needs(headers, tmp_path):
    source = r"""
#include <bits/stdc++.h>
template class std::basic_string<char>;
template class std::vector<std::string>;
template class std::basic_regex<char>;
template class std::shared_ptr<std::__future_base::_State_baseV2>;
int main() {
    std::string s("abc"), t(std::move(s)), u;
    u = t;
    std::vector<std::string> words{"b", "c"};
    words.insert(words.begin(), u);
    auto text = &std::string::c_str;
    auto room = &std::vector<std::string>::capacity;
    std::cout << (words[0].*text)() << ((words.*room)() > 2) << std::regex_match(u, std::regex("a.c"));
    std::cout << std::async(std::launch::deferred, [] { return 5; }).get();
}"""
    (tmp_path / "solution.cpp").write_text(source)
    command = ["g++", f"-std={STANDARD}", "-O2", "-isystem", str(headers), "solution.cpp"]

    subprocess.run(command, check=True, cwd=tmp_path)
    done = subprocess.run([str(tmp_path / "a.out")], capture_output=True, check=True)

    assert done.stdout == b"abc115"


@pytest.mark.parametrize("header", precompiled.HEADERS)
def test_a_precompiled_header_is_used(headers, header, tmp_path):
    program = tmp_path / "solution.cpp"
    program.write_text(f"#include <{header}>\nint main() {{}}\n")
    flags = [f"-std={STANDARD}", "-O2", "-H", "-Winvalid-pch", "-isystem", str(headers)]

    done = subprocess.run(
        ["g++", *flags, "-fsyntax-only", str(program)], capture_output=True, text=True, check=True
    )

    assert done.stderr.splitlines()[0] == f"! {headers / header}.gch"


def test_where_the_plugin_does_not_load_a_header_is_made_without(tmp_path, monkeypatch):
    broken = tmp_path / "instantiate.cpp"
    broken.write_text(
        'extern "C" { int plugin_is_GPL_compatible; int plugin_init() { return 1; } }'
    )
    monkeypatch.setattr(precompiled, "_INSTANTIATE", broken)
    monkeypatch.setattr(precompiled, "STANDARDS", (STANDARD,))
    monkeypatch.setattr(precompiled, "HEADERS", ("iostream",))
    tools = tmp_path / "tools"
    tools.mkdir()

    assert precompiled.make(tools, shutil.which("g++"))
    assert (tools / STANDARD / "iostream.gch").stat().st_mode & 0o777 == 0o444
    assert [folder.name for folder in tmp_path.iterdir() if folder.is_dir()] == ["tools"]


def test_no_room_means_no_headers(monkeypatch, jail):
    monkeypatch.setattr(precompiled, "_NEEDED_BYTES", 1 << 60)

    assert precompiled.begin(jail.workshop) is None
    assert compile_cache.find_cache(jail.workshop) is not None
