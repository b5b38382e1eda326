"""What the way from a slot to a warm evaluator and back costs, with a verifier that does nothing.

Run from the root of the repository: .venv/bin/python benchmarks/evaluator_hop.py

Processor time is what counts (the machine may be shared); of repeated measurements the least.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from adjudge.v1.task_pb2 import Candidate, Task
from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest, VerifyCandidatesResponse
from adjudge_verifiers.contract import Budget
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.settings import JailSettings

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = JailSettings(
    extra_verifiers={
        "noop": "tests.plugins.noop:Noop",
        "hostile": "tests.plugins.hostile:Hostile",
    },
    extra_paths=(ROOT,),
)
COMPLETION = "yes, I think that the answer is 42. " * 12


def chunk(size: int, verifier: str = "noop") -> VerifyCandidatesRequest:
    task = Task(verifier=verifier, parameters_json="{}")
    candidates = [Candidate(id=f"candidate-{n}", completion=COMPLETION) for n in range(size)]
    return VerifyCandidatesRequest(tasks=[task], candidates=candidates)


def hop(jail: Jail, size: int, repeats: int) -> None:
    request = chunk(size)
    budgets = [Budget()]
    walls, slots, evaluators = [], [], []
    for _ in range(repeats):
        process = jail.evaluators.warm()
        evaluator_started = process.cpu_ns()
        slot_started, started = time.process_time_ns(), time.monotonic_ns()
        response = jail.evaluators.judge(request, budgets, lambda: None)
        walls.append((time.monotonic_ns() - started) / 1e3 / size)
        slots.append((time.process_time_ns() - slot_started) / 1e3 / size)
        evaluators.append((process.cpu_ns() - evaluator_started) / 1e3 / size)
    assert len(VerifyCandidatesResponse.FromString(response).verdicts) == size
    print(
        f"{size:>6} {min(walls):>8.2f} {statistics.median(walls):>8.2f}"
        f" {min(slots):>8.2f} {statistics.median(slots):>8.2f}"
        f" {min(evaluators):>10.2f} {statistics.median(evaluators):>8.2f}"
    )


def kills(jail: Jail, repeats: int) -> None:
    request = chunk(2, "hostile")
    request.candidates[0].completion = "burn"
    late = []
    for _ in range(repeats):
        jail.evaluators.judge(chunk(1, "hostile"), [Budget()], lambda: None)
        started = time.monotonic()
        budget = Budget(cpu_seconds=0.2, wall_seconds=1.0)
        response = jail.evaluators.judge(request, [budget], lambda: None)
        seconds = time.monotonic() - started
        usage = VerifyCandidatesResponse.FromString(response).verdicts[0].usage
        over = usage.cpu_time.ToTimedelta().total_seconds() - budget.cpu_seconds
        # On a busy machine 200 ms of processor time take longer: count what was not the item.
        late.append((over + seconds - usage.wall_time.ToTimedelta().total_seconds()) * 1e3)
    print(
        "hanging item, 200 ms of processor time allowed: the next item is answered "
        f"{min(late):.1f} ms after that at best, {statistics.median(late):.1f} at the median, "
        f"{max(late):.1f} at worst"
    )


def main() -> None:
    with Jail.start(SETTINGS) as jail:
        print("microseconds an item: least and median of each")
        print(f"{'chunk':>6} {'wall':>17} {'slot CPU':>17} {'evaluator CPU':>19}")
        for size, repeats in ((1, 2000), (8, 1000), (64, 300), (256, 200), (1024, 50)):
            hop(jail, size, repeats)
        kills(jail, 10)


if __name__ == "__main__":
    main()
