"""The labelled data through the whole service: gRPC, Redis, jail. Confusion tables and throughput.

    .venv/bin/python benchmarks/labelled_service.py [--every 1] [--slots 2]

Programs: HumanEval, MBPP and HumanEvalPack, read as `assert_tests.py` says; candidates with an
assert that cannot be read are left out. Mathematics: every labelled pair. Molecules: the NCI set,
each against itself and against its successor. The label says whether a candidate deserves a reward.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import time
from typing import TYPE_CHECKING

from assert_tests import DATA as PROGRAMS
from assert_tests import FILES, labelled_programs
from mathematics_sets import DATA as MATHEMATICS
from mathematics_sets import load
from molecules_nci import DATA as MOLECULES

from adjudge import Candidate, Client, Task
from adjudge.embedded.service import EmbeddedService

if TYPE_CHECKING:
    from collections.abc import Iterator

Labelled = tuple[Candidate, bool]


def programs(name: str, language: str) -> Iterator[Labelled]:
    """Candidates of one file whose asserts can all be read (a wrong one may fail in the others)."""
    for row in labelled_programs(PROGRAMS / name, language):
        if row.task is not None and not row.unread:
            yield Candidate(row.completion, Task("programs", row.task)), row.passes


def mathematics(rows: list[dict[str, object]]) -> Iterator[Labelled]:
    """Pairs of one labelled set."""
    for row in rows:
        task = Task("mathematics", {"reference": str(row["gold"])})
        yield Candidate(str(row["response"]), task), bool(row["label"])


def molecules() -> Iterator[Labelled]:
    """Each molecule against itself (right) and against the one after it (wrong)."""
    lines = [line.split()[0] for line in MOLECULES.read_text("utf-8").splitlines()]
    for smiles, other in itertools.pairwise(lines):
        task = Task("molecules", {"kind": "exact", "reference": smiles})
        yield Candidate(f"<answer>{smiles}</answer>", task), True
        yield Candidate(f"<answer>{other}</answer>", task), False


def score(client: Client, name: str, labelled: list[Labelled]) -> None:
    """Score one set and print how labels and outcomes go together."""
    started = time.monotonic()
    verdicts = client.verify([candidate for candidate, _ in labelled], deadline_seconds=1800)
    seconds = time.monotonic() - started
    table = collections.Counter(
        (label, verdict.outcome.name)
        for (_, label), verdict in zip(labelled, verdicts, strict=True)
    )
    paid = sum(
        verdict.reward == 1.0
        for (_, label), verdict in zip(labelled, verdicts, strict=True)
        if not label
    )
    refused = sum(
        verdict.reward == 0.0
        for (_, label), verdict in zip(labelled, verdicts, strict=True)
        if label
    )
    masked = sum(verdict.reward is None for verdict in verdicts)
    print(
        f"\n{name}: {len(labelled)} candidates in {seconds:.1f} s, {len(labelled) / seconds:.0f}/s"
    )
    for (label, outcome), count in sorted(table.items(), reverse=True):
        print(f"  label {'right' if label else 'wrong'}  {outcome:15} {count:5}")
    print(f"  wrong but paid {paid}, right but not paid {refused}, not judged {masked}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take each N-th candidate")
    parser.add_argument("--slots", type=int, default=None)
    options = parser.parse_args()
    with EmbeddedService(slots=options.slots) as service, Client(service.address) as client:
        for name, language in FILES:
            labelled = list(programs(name, language))[:: options.every]
            score(client, f"{name} ({language})", labelled)
        for name, rows in load(MATHEMATICS).items():
            score(client, name, list(mathematics(rows))[:: options.every])
        score(client, "nci_first_5k", list(molecules())[:: options.every])


if __name__ == "__main__":
    main()
