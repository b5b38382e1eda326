"""Molecules of the NCI set through the verifier: confusion tables and the cost of an item.

    python benchmarks/molecules_nci.py [--molecules N] [--seed S]

Kind ``valid``: every line must be CORRECT but those that RDKit cannot sanitise and the radicals.
Kind ``exact``: each molecule against a random writing of itself (must be CORRECT), against another
molecule and, where it has stereo centres, against its mirror image (must be INCORRECT).
RDKit writes one of the ferrocenes with dative arrows, which the verifier refuses by design.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rdkit import Chem
from rdkit.Chem.EnumerateStereoisomers import EnumerateStereoisomers, StereoEnumerationOptions

from adjudge_verifiers import judging
from adjudge_verifiers.molecules.verifier import Molecules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DATA = Path(__file__).parents[1] / "../shared/data/molecules/nci_first_5k.smi"
FRAGMENTS = 10

Pairs = list[tuple[judging.PreparedTask, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--molecules", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    written = [line.split()[0] for line in DATA.read_text().splitlines()][: options.molecules]
    verifier = Molecules()
    verifier.warm()

    valid = ready(verifier, {"kind": "valid", "max_fragments": FRAGMENTS})
    outcomes = judge("valid", [(valid, smiles) for smiles in written], lambda item: item)
    refused = [smiles for smiles in written if outcomes[smiles][0] != "CORRECT"]
    for smiles in refused:
        print(f"    {outcomes[smiles][1]:<10} {smiles[:70]}")

    molecules = {smiles: Chem.MolFromSmiles(smiles) for smiles in written if smiles not in refused}
    tasks = {
        smiles: ready(verifier, {"kind": "exact", "reference": smiles}) for smiles in molecules
    }
    canonical = {smiles: Chem.MolToSmiles(molecule) for smiles, molecule in molecules.items()}
    judge(
        "exact: itself, rewritten",
        [
            (tasks[smiles], Chem.MolToRandomSmilesVect(molecule, 1, options.seed)[0])
            for smiles, molecule in molecules.items()
        ],
    )
    others = list(molecules)
    dice.shuffle(others)
    judge(
        "exact: another molecule",
        [
            (tasks[smiles], other)
            for smiles, other in zip(molecules, others, strict=True)
            if canonical[smiles] != canonical[other]
        ],
    )
    judge("exact: its mirror image", list(mirrored(verifier, molecules.values())))


def mirrored(
    verifier: Molecules, molecules: Iterable[Chem.Mol]
) -> Iterable[tuple[judging.PreparedTask, str]]:
    """One stereoisomer of each chiral molecule as the reference, its mirror image as the answer."""
    first = StereoEnumerationOptions(maxIsomers=1, onlyUnassigned=True)
    for molecule in molecules:
        isomer = Chem.MolToSmiles(next(iter(EnumerateStereoisomers(molecule, options=first))))
        hand = Chem.MolToSmiles(Chem.MolFromSmiles(isomer))
        other = hand.replace("@@", "\0").replace("@", "@@").replace("\0", "@")
        if Chem.MolToSmiles(Chem.MolFromSmiles(other)) != hand:
            yield ready(verifier, {"kind": "exact", "reference": hand}), other


def ready(verifier: Molecules, task: dict[str, object]) -> judging.PreparedTask:
    """The prepared task; a task of this benchmark is never broken."""
    prepared = judging.prepare(verifier, judging.read_parameters(verifier, json.dumps(task)))
    if not isinstance(prepared, judging.PreparedTask):
        raise SystemExit(f"{task}: {prepared.message}")
    return prepared


def judge(
    title: str, pairs: Pairs, key: Callable[[str], str] | None = None
) -> dict[str, tuple[str, str]]:
    """Judge all pairs, print the outcomes and the cost; answer → (outcome, check) where asked."""
    completions = [(task, f"<think>…</think><answer>{answer}</answer>") for task, answer in pairs]
    started = time.process_time()
    verdicts = [judging.judge(task, completion) for task, completion in completions]
    used = time.process_time() - started
    counts = collections.Counter(verdict.outcome.name for verdict in verdicts)
    each = used / max(1, len(pairs))
    table = ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
    print(
        f"{title:<26} {len(pairs):>6,} items  {each * 1e6:>6.0f} us  {1 / each:>7,.0f}/s  {table}"
    )
    if key is None:
        return {}
    return {
        key(answer): (verdict.outcome.name, verdict.decided_by)
        for (_, answer), verdict in zip(pairs, verdicts, strict=True)
    }


if __name__ == "__main__":
    main()
