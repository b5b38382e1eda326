r"""Candidate programs: what one costs here and with the graders of the field, and what must work.

    .venv/bin/python benchmarks/programs.py \
        [--verl FOLDER] [--livecodebench FOLDER] [--peer-python PYTHON] [--rounds 30]

FOLDER is a checkout of the peer's repository, whose commit is printed; PYTHON has what the peer
imports (numpy, tqdm, pyext; Python 3.10 for pyext). The peers isolate nothing; we run everything in
the full sandbox. Costs are milliseconds of processor time for one candidate, all processes
included, measured in the same run. What only the sandbox costs, by kind of program and against
nsjail or a process for each test, is in `sandbox_cost.py`; attacks are in `attacks_paid.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assert_tests import DATA
from sandbox_cost import spent_in_jail

from adjudge import Candidate, Client, Outcome, Task
from adjudge.embedded.service import EmbeddedService
from adjudge_verifiers import judging
from adjudge_verifiers.programs.verifier import Programs
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.settings import JailSettings

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = 10
STDIN = """\
import sys
from collections import deque
n = int(input())
values = list(map(int, input().split()))
print(sum(values) + n)
"""
CALL = """\
from typing import List
class Solution:
    def total(self, values: List[int]) -> int:
        return sum(values)
"""
JOBS: dict[str, tuple[str, dict[str, Any]]] = {
    "standard input": (STDIN, {"inputs": ["3\n1 2 3\n"] * TESTS, "outputs": ["9\n"] * TESTS}),
    "calls": (
        CALL,
        {"inputs": [[[1, 2, 3]]] * TESTS, "outputs": [6] * TESTS, "fn_name": "total"},
    ),
}
BUSY = "total = 0\nfor i in range(int(input())):\n    total += i\nprint(total)\n"
MIB = 1024 * 1024


def task_of(tests: dict[str, Any]) -> dict[str, Any]:
    """A peer's tests as a task of ours."""
    pairs = zip(tests["inputs"], tests["outputs"], strict=True)
    if "fn_name" in tests:
        cases = [{"arguments": given, "expected": expected} for given, expected in pairs]
        return {
            "language": "python",
            "entry_point": f"Solution.{tests['fn_name']}",
            "tests": cases,
        }
    cases = [{"stdin": given, "expected": expected} for given, expected in pairs]
    return {"language": "python", "tests": cases}


def ours_ms(rounds: int) -> dict[str, float]:
    """Processor milliseconds for each job in the full sandbox of one slot."""
    verifier, costs = Programs(), {}
    with Jail.start(JailSettings()) as jail:
        for name, (source, tests) in JOBS.items():
            parameters = judging.read_parameters(verifier, json.dumps(task_of(tests)))
            prepared = judging.prepare(verifier, parameters)

            def judge(prepared: Any = prepared, source: str = source) -> None:
                verdict = judging.judge(prepared, f"```python\n{source}```", jail.sandbox)
                if verdict.reward != 1.0:
                    raise ValueError(f"a right program is {verdict}")

            judge()
            before = spent_in_jail(jail.running.process.pid) + time.process_time()
            for _ in range(rounds):
                judge()
            time.sleep(0.2)  # the last keeper may still be on its way out
            after = spent_in_jail(jail.running.process.pid) + time.process_time()
            costs[name] = (after - before) / rounds * 1000
    return costs


def peer_ms(python: str, words: list[str], rounds: int) -> dict[str, float]:
    """Processor milliseconds for each job with a peer, start-up left out."""
    lines = [
        json.dumps({"source": source, "tests": tests})
        for source, tests in JOBS.values()
        for _ in range(rounds + 1)
    ]
    program = Path(__file__).with_name("programs_peer.py")
    run = subprocess.run(
        [python, str(program), *words],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(lines):
        raise SystemExit(f"{words[0]} answered {len(answers)} of {len(lines)}: {run.stderr[-800:]}")
    costs = {}
    for number, name in enumerate(JOBS):
        mine = answers[number * (rounds + 1) + 1 : (number + 1) * (rounds + 1)]
        if not all(answer["paid"] for answer in mine):
            raise SystemExit(f"{words[0]} refuses a right program ({name})")
        costs[name] = sum(answer["cpu_seconds"] for answer in mine) / rounds * 1000
    return costs


def commit(folder: str) -> str:
    """The commit of a checkout."""
    run = subprocess.run(
        ["git", "-C", folder, "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return run.stdout.strip()[:12] or "(no git checkout)"


def show_costs(arguments: argparse.Namespace) -> None:
    """Ten-test Python candidates, here and with the peers."""
    ours = ours_ms(arguments.rounds)
    print(f"A Python candidate with {TESTS} tests, processor time")
    for name, cost in ours.items():
        print(f"  {name:16} {'ours, full sandbox':28} {cost:7.1f} ms")
    peers = {"output": ["output"]}
    for peer in ("verl", "livecodebench"):
        folder = getattr(arguments, peer)
        if folder:
            peers[f"{peer} {commit(folder)}"] = [peer, folder]
    for title, words in peers.items():
        label = "a process for each test" if title == "output" else title
        if title == "output":
            costs = {"standard input": peer_output_ms(arguments)}
        else:
            costs = peer_ms(arguments.peer_python, words, arguments.rounds)
        for name, cost in costs.items():
            ratio = cost / ours[name]
            print(f"  {name:16} {label:28} {cost:7.1f} ms   {ratio:5.1f} times ours")


def peer_output_ms(arguments: argparse.Namespace) -> float:
    """The habit of a bare process for each test, on standard input."""
    source, tests = JOBS["standard input"]
    lines = [json.dumps({"source": source, "tests": tests})] * arguments.rounds
    program = Path(__file__).with_name("programs_peer.py")
    run = subprocess.run(
        [arguments.peer_python, str(program), "output"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    return sum(answer["cpu_seconds"] for answer in answers) / len(answers) * 1000


def verify(client: Client, candidates: list[Candidate], what: str, right: int) -> float:
    """Seconds for a batch of which ``right`` must be CORRECT; says so when it is not."""
    started = time.monotonic()
    verdicts = client.verify(candidates, deadline_seconds=600)
    seconds = time.monotonic() - started
    correct = sum(verdict.outcome is Outcome.CORRECT for verdict in verdicts)
    note = "" if correct == right else "   <- not what it should be: " + str(verdicts[0].message)
    print(f"  {what:58} {seconds:7.2f} s  {correct} of {len(candidates)} CORRECT{note}")
    return seconds


def humaneval() -> list[Candidate]:
    """The canonical solutions with the data's own test code."""
    candidates = []
    with (DATA / "assert_python_humaneval.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["id"].endswith(":canonical"):
                task = {
                    "language": "python",
                    "entry_point": row["task"]["entry_point"],
                    "tests": [{"code": row["task"]["test_code"]}],
                }
                completion = f"```python\n{row['candidate']}\n```"
                candidates.append(Candidate(completion, Task("programs", task)))
    return candidates


def large() -> dict[str, Candidate]:
    """Tasks at the sizes that must work."""
    wide = {"language": "python", "tests": [{"stdin": "", "expected": "x" * (10 * MIB)}]}
    many = {
        "language": "python",
        "tests": [{"stdin": f"{n}\n", "expected": f"{n * n}\n"} for n in range(1000)],
    }
    line = " ".join(["123456789"] * 1024 * 100)
    heavy = {
        "language": "python",
        "tests": [{"stdin": f"{line}\n{n}\n", "expected": f"{n}\n"} for n in range(20)],
    }
    return {
        "an output of 10 MB": Candidate(
            "```python\nprint('x' * (10 << 20))\n```", Task("programs", wide)
        ),
        "1,000 tests in a task": Candidate(
            "```python\nprint(int(input()) ** 2)\n```", Task("programs", many)
        ),
        "20 MB of test data in a task": Candidate(
            "```python\ninput()\nprint(input())\n```", Task("programs", heavy)
        ),
    }


def busy(count: int) -> list[Candidate]:
    """Equal candidates that compute, each for a task of its own."""
    loops = 400_000
    right = str(sum(range(loops)))
    return [
        Candidate(
            f"```python\n{BUSY}# {number}\n```",
            Task(
                "programs",
                {
                    "language": "python",
                    "tests": [{"stdin": f"{loops}\n", "expected": right}] * 3,
                },
            ),
        )
        for number in range(count)
    ]


def with_service(slots: int, work: Callable[[Client], float]) -> float:
    """Do the work against a service with so many slots, warm."""
    with EmbeddedService(slots=slots) as service, Client(service.address) as client:
        client.verify(busy(2 * slots))
        return work(client)


def show_service() -> None:
    """End to end: gRPC, Redis, jail."""
    print("\nThrough the whole service")
    candidates = humaneval()
    what = f"HumanEval, {len(candidates)} canonical solutions, two slots"
    batch = busy(96)

    def two(client: Client) -> float:
        verify(client, candidates, what, len(candidates))
        for name, candidate in large().items():
            verify(client, [candidate], name, 1)
        return verify(client, batch, "96 programs that compute, two slots", len(batch))

    with_two = with_service(2, two)
    with_one = with_service(
        1, lambda client: verify(client, batch, "96 programs that compute, one slot", len(batch))
    )
    print(f"  two slots do {with_one / with_two:.2f} times the work of one")


def main() -> None:
    """Measure and print everything."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--verl", help="a checkout of verl")
    parser.add_argument("--livecodebench", help="a checkout of LiveCodeBench")
    parser.add_argument("--peer-python", default=sys.executable, help="runs the peers")
    parser.add_argument("--rounds", type=int, default=30)
    arguments = parser.parse_args()
    os.environ["ADJUDGE_WORKER_PRECOMPILE"] = "false"  # no compiler beside what is measured
    show_costs(arguments)
    show_service()


if __name__ == "__main__":
    main()
