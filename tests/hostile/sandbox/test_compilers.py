# ruff: noqa: E501 - whole programs, one line each
"""Sources that attack the compiler, what it leaves, and what it leaves for others."""

import hashlib

import pytest

from adjudge_verifiers.sandbox import CompileFailure, Limits, Program, StdinCase

pytestmark = [pytest.mark.jail, pytest.mark.timeout(180)]


@pytest.fixture(autouse=True)
def _compiler(runs):
    missing = runs.sandbox.missing("cpp")
    if missing:
        pytest.skip(missing)


def contents(folder):
    """Every file below a folder with its mode and what is in it."""
    return {
        str(path): (path.stat().st_mode, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.rglob("*")
        if path.is_file()
    }


BOMBS = {
    "recursion of templates": "template <int N> struct F { static const int v = F<N - 1>::v + F<N - 2>::v; };\nint main() { return F<1000000>::v; }",
    "doubling types": "template <class T, int N> struct D { typedef typename D<std::pair<T, T>, N - 1>::t t; };\n#include <utility>\nint main() { return sizeof(D<int, 64>::t); }",
    "includes itself": "#include __FILE__\nint main() {}",
    "macros that double": "#define A x x x x x x x x x x\n#define B A A A A A A A A A A\n#define C B B B B B B B B B B\n#define D C C C C C C C C C C\n#define E D D D D D D D D D D\n#define F E E E E E E E E E E\n#define G F F F F F F F F F F\n#define H G G G G G G G G G G\nH",
    "constants that loop": "constexpr long f(long n) { long s = 0; for (long i = 0; i < n; ++i) s += i; return s; }\nint main() { constexpr long x = f(1L << 60); return x; }",
    "a huge array": "char a[3L << 30] = {1}; int main() {}",
    "a huge section": 'asm(".fill 4000000000, 1, 65");\nint main() {}',
    "repeated in the assembler": 'asm(".rept 2000000000\\n.long 1\\n.endr");\nint main() {}',
    "errors without end": "#define E e;\n" + "E\n" * 20_000 + "int main() {}",
    "a device without end": '#include "/dev/zero"\nint main() {}',
    "random bytes": '#include "/dev/urandom"\nint main() {}',
    "binary of a device": 'asm(".incbin \\"/dev/zero\\"");\nint main() {}',
    "secrets": '#include "/etc/shadow"\nint main() {}',
    "secrets in the assembler": 'asm(".incbin \\"/etc/shadow\\"");\nint main() {}',
    "another process": '#include "/proc/self/environ"\nint main() {}',
    "a plugin": '#pragma GCC plugin "/tmp/x.so"\n#pragma adjudge instantiate\nint main() { return missing; }',
    "linker's options": 'asm(".section .note\\n.previous");\n#pragma comment(linker, "-T/tmp/x")\nINPUT(/etc/shadow)\n',
}


@pytest.mark.parametrize("source", BOMBS.values(), ids=BOMBS.keys())
def test_a_hostile_source_ends_as_a_failure_to_compile(runs, source):
    failure = runs.compile(source, "cpp")

    assert isinstance(failure, CompileFailure)
    assert failure.reason in {"syntax", "time_limit", "memory_limit", "output_limit"}
    assert len(failure.message) <= 4096
    assert "root:" not in failure.message


def test_tools_and_kept_programs_are_out_of_reach(jail, runs):
    # Given a program that compiles once and one that tries to spoil that for the next
    workshop = jail.workshop
    honest = Program("cpp", '#include <cstdio>\nint main() { puts("honest, and kept"); }')
    (first,) = runs.sandbox.run(honest, [StdinCase(b"")], Limits())
    before = contents(workshop.folder)
    assert any(name.endswith(".program") for name in before)
    source = r"""
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
static int found = 0, spoilt = 0;
static void spoil(const std::string &folder, int depth) {
    DIR *open_folder = opendir(folder.c_str());
    if (!open_folder || depth > 6) return;
    if (!mkdir((folder + "/x").c_str(), 0777)) spoilt++;
    if (creat((folder + "/y").c_str(), 0777) >= 0) spoilt++;
    while (dirent *entry = readdir(open_folder)) {
        std::string path = folder + "/" + entry->d_name;
        if (entry->d_name[0] == '.') continue;
        found++;
        if (open(path.c_str(), O_WRONLY) >= 0 || !unlink(path.c_str()) || !rename(path.c_str(), "/tmp/z") || !chmod(path.c_str(), 0777) || !truncate(path.c_str(), 0)) spoilt++;
        if (entry->d_type == DT_DIR) spoil(path, depth + 1);
    }
    closedir(open_folder);
}
int main(int, char **argv) {
    spoil("/adjudge", 0);
    DIR *cache = opendir("CACHE");
    for (int fd = 3; fd < 4096; fd++) if (fcntl(fd, F_GETFD) >= 0) spoilt++;
    printf("%d %d %d", found > 0, spoilt, cache != nullptr);
}""".replace("CACHE", str(workshop.programs))

    (attack,) = runs.program(source, language="cpp")
    (second,) = runs.sandbox.run(honest, [StdinCase(b"")], Limits())

    assert attack.stdout == b"1 0 0", attack
    assert second.stdout == first.stdout == b"honest, and kept\n"
    after = contents(workshop.folder)
    assert {name: after.get(name) for name in before} == before


def test_a_kept_program_cannot_be_changed_by_running(runs):
    # Given a program that changes its own constants, in memory and, if it can, in its file
    source = r"""
#include <cstdio>
#include <fcntl.h>
#include <initializer_list>
#include <sys/mman.h>
static const volatile int number = 7;
int main() {
    void *page = (void *)((long)&number & ~4095L);
    if (mprotect(page, 4096, PROT_READ | PROT_WRITE)) return 1;
    ++*(volatile int *)&number;
    msync(page, 4096, MS_SYNC);
    int opened = 0;
    for (const char *name : {"/proc/self/exe", "/dev/fd/3", "/proc/self/fd/3"}) opened += open(name, O_RDWR) >= 0;
    printf("%d %d", number, opened);
}"""

    outputs = [
        run.stdout for _ in range(2) for run in runs.program(source, b"", b"", language="cpp")
    ]

    assert outputs == [b"8 0"] * 4


def test_an_odd_compilation_harms_its_own_source_alone(jail, runs):
    # Given two sources that differ in one blank, one of which does not compile
    good, bad = "int main() { return 0; }\n", "int main() { return 0 }\n"

    assert runs.compile(bad, "cpp") is not None
    assert runs.compile(good, "cpp") is None
    assert runs.compile(bad, "cpp") is not None
    assert runs.compile(good, "cpp") is None
    kept = [path for path in jail.workshop.programs.iterdir() if path.suffix == ".program"]
    assert all(path.stat().st_mode & 0o222 == 0 for path in kept)
