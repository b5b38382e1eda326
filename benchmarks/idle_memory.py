"""Proportional memory (PSS) of one idle worker slot with all verifiers warm, process by process.

.venv/bin/python benchmarks/idle_memory.py [--slots 1]
"""

from __future__ import annotations

import argparse
import os
import time

from processes import command, pss_bytes, tree

from adjudge import Client, tasks
from adjudge.embedded.service import EmbeddedService


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slots", type=int, default=1)
    options = parser.parse_args()
    os.environ["ADJUDGE_WORKER_PRECOMPILE"] = "false"  # an idle slot: the maker of headers is gone
    with EmbeddedService(slots=options.slots) as service, Client(service.address) as client:
        from adjudge import Candidate  # noqa: PLC0415 - beside its use

        hello = [{"stdin": "", "expected": "1"}]
        warm = [
            Candidate("\\boxed{2}", tasks.mathematics("1+1")),
            Candidate("<answer>CCO</answer>", tasks.molecules("exact", reference="OCC")),
            Candidate("```python\nprint(1)\n```", tasks.programs("python", hello)),
        ]
        print([verdict.outcome.name for verdict in client.verify(warm * 4, deadline_seconds=60)])
        time.sleep(2)
        supervisor = service.pid("worker")
        slot_bytes = 0
        for pid in tree(supervisor):
            size = pss_bytes(pid)
            slot_bytes += size if pid != supervisor else 0
            print(f"{size / 2**20:8.1f} MiB  {command(pid)}")
        print(f"one slot: {slot_bytes / options.slots / 2**20:.1f} MiB (supervisor apart)")


if __name__ == "__main__":
    main()
