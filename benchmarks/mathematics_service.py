"""Mathematics through the whole service with one worker slot: gRPC, Redis, jail.

    .venv/bin/python benchmarks/mathematics_service.py [--batches 16] [--under-way 4]

Batches of 1,024 made-up rollouts (``mathematics_rollouts.py``: 128 references, eight completions of
1 to 3 kB each), all of them different, so that no cache answers. Prints pairs a second by the clock
and pairs a second of the slot's own processor time, which other work on the machine does not change
much; the slot is the worker process and its jail.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from typing import TYPE_CHECKING

from mathematics_rollouts import GROUP, Pair, rollouts
from overhead import process_groups, spent

from adjudge import AsyncClient, Candidate, Outcome, Task
from adjudge.embedded.service import EmbeddedService

if TYPE_CHECKING:
    from adjudge import Verdict

BATCH = 1_024
SLOT = ("worker", "jail")


def batch(pairs: list[Pair]) -> list[Candidate]:
    """Candidates of one request; the completions of a group share their task."""
    tasks = {pair.reference: Task("mathematics", {"reference": pair.reference}) for pair in pairs}
    return [Candidate(pair.completion, tasks[pair.reference]) for pair in pairs]


def misjudged(pairs: list[Pair], verdicts: list[Verdict]) -> int:
    """How many verdicts are not what the pair's label says."""
    return sum(
        pair.right is not (verdict.outcome is Outcome.CORRECT)
        for pair, verdict in zip(pairs, verdicts, strict=True)
    )


async def measure(service: EmbeddedService, sets: list[list[Pair]], under_way: int) -> None:
    """Send all batches, so many at a time, and print what they took."""
    places = asyncio.Semaphore(under_way)
    async with AsyncClient(service.address) as client:

        async def send(pairs: list[Pair]) -> int:
            async with places:
                verdicts = await client.verify(batch(pairs), deadline_seconds=300)
            return misjudged(pairs, list(verdicts))

        await send(rollouts(BATCH // GROUP, seed=0))  # everything is loaded and connected
        groups = process_groups(service)
        before, started, own = spent(groups), time.monotonic(), time.process_time()
        wrong = sum(await asyncio.gather(*map(send, sets)))
        seconds, own = time.monotonic() - started, time.process_time() - own
        used = {name: now - before[name] for name, now in spent(groups).items()}
    count = sum(map(len, sets))
    slot = sum(used[name] for name in SLOT)
    parts = ", ".join(f"{name} {value / count * 1e6:.0f}" for name, value in used.items())
    print(f"{count:,} pairs in batches of {BATCH:,}, {under_way} under way, {wrong} misjudged")
    print(f"by the clock {count / seconds:,.0f} pairs/s")
    print(f"by the slot's processor time {count / slot:,.0f} pairs/s")
    print(f"processor µs/pair: {parts}; client {own / count * 1e6:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--batches", type=int, default=16)
    parser.add_argument("--under-way", type=int, default=4)
    options = parser.parse_args()
    sets = [rollouts(BATCH // GROUP, seed=seed) for seed in range(1, options.batches + 1)]
    os.environ["ADJUDGE_WORKER_PRECOMPILE"] = "false"  # no compiler beside what is measured
    with EmbeddedService(slots=1) as service:
        asyncio.run(measure(service, sets, options.under_way))


if __name__ == "__main__":
    main()
