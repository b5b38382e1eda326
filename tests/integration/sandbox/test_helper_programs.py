"""Checker programs and interactors behind real walls, with honest and hostile candidates."""

import json

import pytest
from tests.fixtures.toolchains import runs_here

from adjudge_verifiers import judging
from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.programs.verifier import Programs

pytestmark = pytest.mark.jail

LIMITS = {"cpu_seconds": 1.0, "wall_seconds": 2.0}
TIGHT = {"cpu_seconds": 0.4, "wall_seconds": 0.8}

# Two numbers whose sum is the input: many answers are right.
SUM_CHECKER = """
import sys
given, came, answer = (open(name).read().split() for name in sys.argv[1:])
assert len(came) == 2
sys.exit(0 if sum(map(int, came)) == int(given[0]) else 1)
"""
SUM_CHECKER_CPP = """
#include "numbers.h"
#include <fstream>
int main(int, char **argv) {
    std::ifstream given(argv[1]), came(argv[2]);
    number wanted, one, other;
    given >> wanted;
    if (!(came >> one >> other)) return 2;
    return one + other == wanted ? 0 : 1;
}
"""
SUM_CHECKER_KATTIS = """
import os, sys
given = int(open(sys.argv[1]).read())
assert os.path.isdir(sys.argv[3])
sys.exit(42 if sum(map(int, sys.stdin.read().split())) == given else 43)
"""
WEAK_CHECKER_CPP = """
#include <cstdio>
#include <cstring>
#include <cstdlib>
int main(int, char **argv) {
    char word[16];
    std::FILE *came = std::fopen(argv[2], "r");
    if (std::fscanf(came, "%s", word) != 1) std::abort();
    return std::strcmp(word, "10") ? 1 : 0;
}
"""
SLOW_CHECKER = """
import re, sys
sys.exit(0 if re.match(r"(\\d+)+$", open(sys.argv[2]).read().strip()) else 1)
"""

GUESS = """
import sys
secret = int(open(sys.argv[1]).read())
for _ in range(10):
    guess = int(input())
    print("same" if guess == secret else "more" if guess < secret else "less", flush=True)
    if guess == secret:
        sys.exit(0)
sys.exit(1)
"""
GUESS_CPP = """
#include <fstream>
#include <iostream>
int main(int, char **argv) {
    int secret, guess;
    std::ifstream(argv[1]) >> secret;
    for (int turn = 0; turn < 10 && std::cin >> guess; turn++) {
        std::cout << (guess == secret ? "same" : guess < secret ? "more" : "less") << std::endl;
        if (guess == secret) return 42;
    }
    return 43;
}
"""
SEARCH = """
low, high = 0, 1000
while True:
    middle = (low + high) // 2
    print(middle, flush=True)
    said = input()
    if said == "same":
        break
    low, high = (middle + 1, high) if said == "more" else (low, middle - 1)
"""
SEARCHES = {
    "python": SEARCH,
    "cpp": """
#include <iostream>
#include <string>
int main() {
    int low = 0, high = 1000;
    for (;;) {
        int middle = (low + high) / 2;
        std::string said;
        std::cout << middle << std::endl;
        std::cin >> said;
        if (said == "same") return 0;
        if (said == "more") low = middle + 1; else high = middle - 1;
    }
}
""",
    "java": """
import java.util.Scanner;
public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int low = 0, high = 1000;
        while (true) {
            int middle = (low + high) / 2;
            System.out.println(middle);
            String said = in.nextLine();
            if (said.equals("same")) return;
            if (said.equals("more")) low = middle + 1; else high = middle - 1;
        }
    }
}
""",
    "rust": """
use std::io::{self, BufRead, Write};
fn main() {
    let (mut low, mut high) = (0, 1000);
    let input = io::stdin();
    for line in std::iter::once(Ok(String::new())).chain(input.lock().lines()) {
        let said = line.unwrap();
        let middle = (low + high) / 2;
        match said.as_str() {
            "same" => return,
            "more" => low = middle + 1,
            "less" => high = middle - 1,
            _ => {}
        }
        println!("{}", (low + high) / 2);
        io::stdout().flush().unwrap();
    }
}
""",
    "javascript": """
const lines = require("readline").createInterface({ input: process.stdin });
let low = 0, high = 1000;
const ask = () => console.log(Math.floor((low + high) / 2));
lines.on("line", (said) => {
    const middle = Math.floor((low + high) / 2);
    if (said === "same") { lines.close(); process.exit(0); }
    if (said === "more") low = middle + 1; else high = middle - 1;
    ask();
});
ask();
""",
    "bash": """
low=0; high=1000
while true; do
    middle=$(( (low + high) / 2 ))
    echo $middle
    read -r said || exit 1
    if [ "$said" = same ]; then exit 0; fi
    if [ "$said" = more ]; then low=$((middle + 1)); else high=$((middle - 1)); fi
done
""",
}


def prepared(**parameters):
    verifier = Programs()
    task = {"language": "python", "limits": LIMITS, **parameters}
    return judging.prepare(verifier, judging.read_parameters(verifier, json.dumps(task)))


def judge(task, source, sandbox):
    return judging.judge(task, f"```\n{source}\n```", sandbox)


def sum_task(checker):
    tests = [{"stdin": "10", "expected": "5 5"}, {"stdin": "7", "expected": "3 4"}]
    return prepared(tests=tests, checker={"name": "program", "language": "python", **checker})


def guess_task(
    interactor=GUESS, language="python", protocol="testlib", candidate="python", limits=LIMITS
):
    tests = [{"stdin": "700", "expected": "ANSWER"}, {"stdin": "3", "expected": "ANSWER"}]
    helper = {"language": language, "source": interactor, "protocol": protocol}
    return prepared(language=candidate, tests=tests, interactor=helper, limits=limits)


CHECKERS = {
    "python": {"source": SUM_CHECKER},
    "cpp": {
        "language": "cpp",
        "source": SUM_CHECKER_CPP,
        "files": {"numbers.h": "using number = long long;"},
    },
    "kattis": {"source": SUM_CHECKER_KATTIS, "protocol": "kattis"},
}


@pytest.mark.parametrize("kind", CHECKERS)
def test_a_checker_decides(sandbox, kind):
    task = sum_task(CHECKERS[kind])

    right = judge(task, "n = int(input())\nprint(1, n - 1)", sandbox)
    wrong = judge(task, "print(1, 1)", sandbox)

    assert (right.outcome, right.reward) == (Outcome.CORRECT, 1.0)
    assert (wrong.outcome, wrong.reward) == (Outcome.INCORRECT, 0.0)


@pytest.mark.parametrize(
    "checker",
    [
        {"source": "def broken(:"},
        {"source": "import no_such_module"},
        {"source": "import sys\nsys.exit(3)"},
        {"source": "while True: pass", "limits": LIMITS},
        {"language": "cpp", "source": '#include "missing.h"\nint main() {}'},
        {"language": "cpp", "source": "int main() { return *(volatile int *)0; }"},
    ],
    ids=lambda checker: checker["source"][:20],
)
def test_a_broken_checker_is_a_bad_task(sandbox, checker):
    verdict = judge(sum_task(checker), "print(5, 5)", sandbox)

    assert (verdict.outcome, verdict.reward) == (Outcome.BAD_TASK, None)


@pytest.mark.parametrize(
    ("checker", "output"),
    [
        ({"source": SUM_CHECKER}, "'not a number'"),
        ({"source": SUM_CHECKER}, "''"),
        ({"source": SUM_CHECKER}, "'9' * 10**6"),
        ({"source": SUM_CHECKER}, "'\\\\x00' * 10**6"),
        ({"language": "cpp", "source": WEAK_CHECKER_CPP}, "'x' * 10**6"),
        ({"language": "cpp", "source": WEAK_CHECKER_CPP}, "''"),
        ({"source": SLOW_CHECKER, "limits": LIMITS}, "'1' * 64 + 'x'"),
    ],
    ids=str,
)
def test_no_output_turns_a_weak_checker_into_a_bad_task(sandbox, checker, output):
    answer = "10" if checker["source"] in (WEAK_CHECKER_CPP, SLOW_CHECKER) else "5 5"
    task = prepared(
        tests=[{"stdin": "10", "expected": answer}],
        checker={"name": "program", "language": "python", **checker},
    )

    verdict = judge(task, f"print({output})", sandbox)

    assert (verdict.outcome, verdict.reward) == (Outcome.INCORRECT, 0.0)


def test_a_checker_takes_twenty_megabytes_of_everything(sandbox):
    checker = "import sys\na, b, c = (open(n).read() for n in sys.argv[1:])\nsys.exit(a != b)"
    big = "x" * 20_000_000
    task = prepared(
        tests=[{"stdin": big, "expected": big}],
        limits={"output_bytes": 32 * 1024 * 1024},
        checker={"name": "program", "language": "python", "source": checker},
    )

    assert judge(task, "print(input(), end='')", sandbox).outcome is Outcome.CORRECT


@pytest.mark.parametrize("language", SEARCHES)
def test_programs_of_each_language_talk(sandbox, language):
    if not runs_here(sandbox, language):
        return
    task = guess_task(candidate=language)

    verdict = judge(task, SEARCHES[language], sandbox)

    assert (verdict.outcome, verdict.message) == (Outcome.CORRECT, "All 2 tests passed.")


def test_an_interactor_in_cpp_with_kattis_codes(sandbox):
    task = guess_task(GUESS_CPP, "cpp", "kattis")

    assert judge(task, SEARCH, sandbox).outcome is Outcome.CORRECT
    assert judge(task, "while True: print(1, flush=True)", sandbox).reward == 0


@pytest.mark.parametrize(
    "interactor",
    ["def broken(:", "import no_such_module", "import sys\nsys.exit(3)", "import os\nos.abort()"],
)
def test_a_broken_interactor_is_a_bad_task(sandbox, interactor):
    verdict = judge(guess_task(interactor), SEARCH, sandbox)

    assert (verdict.outcome, verdict.reward) == (Outcome.BAD_TASK, None)


ATTACKS = {
    "leaves at once": "pass",
    "leaves with a good code": "import os\nos._exit(0)",
    "claims the kattis code": "import os\nos._exit(42)",
    "crashes": "1 / 0",
    "reads for ever": "import sys\nwhile True: sys.stdin.read(1)",
    "sleeps": "import time\ntime.sleep(60)",
    "computes for ever": "while True: pass",
    "talks too much": "while True: print(1, flush=True)",
    "one endless line": "import sys\nwhile True: sys.stdout.write('1' * 10**6)",
    "never reads": "for n in range(2000): print(n, flush=True)",
    "talks nonsense": "print('\\x00\\xff' * 1000, flush=True)\ninput()",
    "closes its output": "import os, time\nos.close(1)\ntime.sleep(60)",
    "closes everything": "import os\nos.closerange(0, 64)",
    "forges the other's words": "print('same', flush=True)\nprint(0, flush=True)",
    "kills its parent": "import os\nos.kill(os.getppid(), 9)\ninput()",
    "looks for the input": "print(open('input').read(), flush=True)\ninput()",
    "looks for the answer": "import glob\nprint(open(glob.glob('/tmp/*nswer*')[0]).read())",
    "writes to its input": "import os\nos.write(0, b'same')\nprint(0, flush=True)\ninput()",
    "hands its end to a child": "import os, time\nos.fork() or time.sleep(60)",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_game_with_an_interactor_pays_or_masks(sandbox, attack):
    # Given a second interactor that reads without any care
    for interactor in (GUESS, GUESS_CPP):
        language = "python" if interactor is GUESS else "cpp"
        protocol = "testlib" if interactor is GUESS else "kattis"
        task = guess_task(interactor, language, protocol, limits=TIGHT)

        assert judge(task, ATTACKS[attack], sandbox).reward == 0


def test_after_all_attacks_an_honest_program_is_right(sandbox):
    assert judge(guess_task(), SEARCH, sandbox).outcome is Outcome.CORRECT
