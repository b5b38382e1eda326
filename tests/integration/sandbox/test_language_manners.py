# ruff: noqa: E501 - whole programs, one line each
"""Ways to write honest programs that each language's users take for granted."""

import pytest
from tests.fixtures.toolchains import runs_here

from adjudge_verifiers.sandbox import MIB, RunStatus

pytestmark = [pytest.mark.jail, pytest.mark.timeout(90)]

DATA = "3\n1\né\n".encode()

PROGRAMS = {
    "javascript": {
        "by descriptor": 'console.log(require("fs").readFileSync(0, "utf8").length)',
        "by name": 'console.log(require("fs").readFileSync("/dev/stdin", "utf8").length)',
        "events": 'let d = ""; process.stdin.setEncoding("utf8"); process.stdin.on("data", c => d += c); process.stdin.on("end", () => console.log(d.length))',
        "lines": 'let n = 0; require("readline").createInterface({input: process.stdin}).on("line", l => n += l.length + 1).on("close", () => console.log(n))',
        "lines awaited": '(async () => { let n = 0; for await (const l of require("readline").createInterface({input: process.stdin})) n += l.length + 1; console.log(n) })()',
        "module": 'import { readFileSync } from "fs";\nimport os from "node:os";\nconst text = await Promise.resolve(readFileSync(0, "utf8"));\nconsole.log(text.length)',
        "module that exports": 'import * as fs from "fs";\nexport const read = () => fs.readFileSync(0, "utf8");\nconsole.log(read().length)',
        "memory of itself": 'if (process.memoryUsage().rss < 1e6) throw 1; console.log(require("fs").readFileSync(0, "utf8").length)',
    },
    "java": {
        "package": 'package a.b;\nimport java.util.*;\nrecord Pair(int a) {}\npublic final class Task { enum Kind { A } public static void main(String... args) throws Exception { System.out.println(new Pair(new String(System.in.readAllBytes(), "UTF-8").length()).a()); } }',
        "main elsewhere": 'public class Types { int x; }\nclass Starts { static int deep(int n) { return n == 0 ? 0 : 1 + deep(n - 1); } public static void main(String[] a) throws Exception { int[] n = {0}; Thread t = new Thread(null, () -> n[0] = deep(200_000), "", 1 << 28); t.start(); t.join(); var in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in)); int got = 0; for (String l; (l = in.readLine()) != null; ) got += l.length() + 1; System.out.println(got + n[0] - deep(200_000)); } }',
    },
    "bash": {
        "substitutions": 'mapfile -t all < <(cat); n=0; for l in "${all[@]}"; do ((n += ${#l} + 1)); done; diff <(echo 1) <(echo 1) && echo $n',
        "by name": "text=$(cat /dev/stdin; echo .); echo $((${#text} - 1))",
        "tools": "awk '{ n += length($0) + 1 } END { print n }' | sed s/7/6/ | sort -n | head -1",
    },
    "c": {
        "extensions": '#include <math.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#define most(a, b) ({ typeof(a) x = (a); typeof(b) y = (b); x > y ? x : y; })\nint main(void) { char *line = NULL; size_t room = 0; int n = 0; long got; while ((got = getline(&line, &room, stdin)) > 0) n += strlen(strdup(line)); printf("%d\\n", most(n - 1, (int)M_PI)); }',
    },
    "cpp20": {
        "ranges": "#include <bits/stdc++.h>\nint main() { std::vector<int> v(6); std::ranges::iota_view w(0, 6); std::cout << std::ranges::count_if(w, [](int) { return true; }) << std::endl; }",
    },
    "rust": {
        "threads": 'use std::io::*;\nfn deep(n: u64) -> u64 { if n == 0 { 0 } else { 1 + std::hint::black_box(deep(n - 1)) } }\nfn main() { let mut s = String::new(); stdin().lock().read_to_string(&mut s).unwrap(); let d = std::thread::Builder::new().stack_size(256 << 20).spawn(|| deep(500_000)).unwrap().join().unwrap(); println!("{}", s.chars().count() as u64 + d - 500_000); }',
    },
    "go": {
        "goroutines": 'package main\nimport ("bufio"; "fmt"; "os"; "sync"; "unicode/utf8")\nfunc main() { var w sync.WaitGroup; var m sync.Mutex; n := 0; s := bufio.NewScanner(os.Stdin); for s.Scan() { w.Add(1); go func(k int) { m.Lock(); n += k + 1; m.Unlock(); w.Done() }(utf8.RuneCountInString(s.Text())) }; w.Wait(); fmt.Println(n) }',
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "name"), [(language, name) for language, all_ in PROGRAMS.items() for name in all_]
)
def test_an_honest_program_is_run_as_it_would_be_outside(language, name, runs):
    if not runs_here(runs.sandbox, language):
        return

    (run,) = runs.program(PROGRAMS[language][name], DATA, language=language, memory_bytes=256 * MIB)

    assert (run.status, run.exit_code, run.stdout) == (RunStatus.EXITED, 0, b"6\n"), run
