"""What a program costs in each language that is installed here: compiling it, and each test of it.

    .venv/bin/python benchmarks/languages.py [--rounds 5]

Milliseconds of processor time in the full sandbox of one slot, all processes included. Every source
is a new one, so that no cache answers; the precompiled headers are ready before the first. The
programs add two numbers from standard input. Compiling includes the keeper (a few milliseconds).
"""

from __future__ import annotations

import argparse
import itertools
import time
from typing import TYPE_CHECKING

from sandbox_cost import spent_in_jail

from adjudge_verifiers.sandbox import CompileFailure, Limits, Program, RunStatus, StdinCase
from adjudge_worker.jail import precompiled
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.settings import JailSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

C = """\
#include <stdio.h>
int main(void) { long a, b; scanf("%ld %ld", &a, &b); printf("%ld\\n", a + b); }
"""
CPP = """\
#include <bits/stdc++.h>
int main() { long a, b; std::cin >> a >> b; std::cout << a + b; }
"""
GO = """\
package main
import "fmt"
func main() { var a, b int; fmt.Scan(&a, &b); fmt.Println(a + b) }
"""
RUST = """\
use std::io::*;
fn main() {
    let mut text = String::new();
    stdin().read_to_string(&mut text).unwrap();
    println!("{}", text.split_whitespace().map(|x| x.parse::<i64>().unwrap()).sum::<i64>());
}
"""
JAVA = """\
import java.util.*;
public class Main {
    public static void main(String[] arguments) {
        var in = new Scanner(System.in);
        System.out.println(in.nextLong() + in.nextLong());
    }
}
"""
JAVASCRIPT = """\
const [a, b] = require("fs").readFileSync(0, "utf8").split(/\\s+/).map(Number);
console.log(a + b);
"""
SOURCES = {
    "python": "a, b = map(int, input().split())\nprint(a + b)",
    "c": C,
    "cpp": CPP,
    "cpp20": CPP,
    "rust": RUST,
    "go": GO,
    "java": JAVA,
    "javascript": JAVASCRIPT,
    "bash": "read -r a b\necho $((a + b))",
}
COMMENTS = {"python": "#", "bash": "#"}
TESTS = 10
MIB = 1024 * 1024


def fresh(language: str) -> Iterator[Program]:
    """Programs that differ in a comment."""
    for number in itertools.count():
        mark = COMMENTS.get(language, "//")
        yield Program(language, f"{SOURCES[language]}\n{mark} {number} {time.time_ns()}\n")


def judge(jail: Jail, program: Program, tests: int) -> None:
    """Compile, run and look at every end."""
    cases = [StdinCase(b"2 3\n")] * tests
    runs = jail.sandbox.run(program, cases, Limits(memory_bytes=1024 * MIB))
    if isinstance(runs, CompileFailure):
        raise TypeError(f"{program.language} does not compile: {runs.message}")
    for run in runs:
        if run.status is not RunStatus.EXITED or run.stdout.strip() != b"5":
            raise ValueError(f"{program.language} went wrong: {run}")


def cpu_ms(jail: Jail, programs: Iterator[Program], tests: int, rounds: int) -> float:
    """Processor milliseconds of one candidate, the first left out."""
    judge(jail, next(programs), tests)
    time.sleep(0.2)
    pid = jail.running.process.pid
    before = spent_in_jail(pid) + time.process_time()
    for _ in range(rounds):
        judge(jail, next(programs), tests)
    time.sleep(0.2)  # the last keeper may still be on its way out
    return (spent_in_jail(pid) + time.process_time() - before) / rounds * 1000


def main() -> None:
    """Measure and print every language."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with Jail.start(JailSettings()) as jail:
        maker = precompiled.begin(jail.workshop)
        if maker is not None:
            maker.wait()
        print(f"{'language':12}{'compile':>12}{'each test':>12}   CPU ms")
        for language in SOURCES:
            if jail.sandbox.missing(language):
                print(f"{language:12}{'not installed':>24}")
                continue
            programs = fresh(language)
            compiling = cpu_ms(jail, programs, 0, rounds)
            whole = cpu_ms(jail, programs, TESTS, rounds)
            toolchain = jail.sandbox.toolchain(language)
            print(
                f"{language:12}{compiling:12.1f}{(whole - compiling) / TESTS:12.1f}   {toolchain}"
            )


if __name__ == "__main__":
    main()
