"""Every line of the corpus gets the verdict that its reason explains."""

import json
from pathlib import Path

import pytest

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import PreparedTask, judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters

CORPUS = Path(__file__).parents[2] / "corpus" / "mathematics"
LINES = [
    (path.stem, json.loads(line))
    for path in sorted(CORPUS.glob("*.jsonl"))
    if path.stem != "label_errors"
    for line in path.read_text(encoding="utf-8").splitlines()
]


def verdict(reference, completion):
    task = prepare(Mathematics(), MathematicsParameters(reference=reference))
    assert isinstance(task, PreparedTask), task
    return judge(task, completion)


def completion_of(line):
    """The whole text of a line, or its answer in a box."""
    return line.get("completion") or rf"So the answer is \boxed{{{line['answer']}}}."


def test_the_corpus_is_large_and_each_line_gives_its_reason():
    assert len(LINES) >= 2_000
    assert len({kind for kind, _ in LINES}) >= 30
    assert all(line["reason"] for _, line in LINES)


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in LINES}))
def test_every_line_of_a_kind_gets_its_verdict(kind):
    wrong = []
    for line in (line for name, line in LINES if name == kind):
        found = verdict(line["reference"], completion_of(line))
        if (found.outcome is Outcome.CORRECT) is not line[
            "correct"
        ] or not found.outcome.bears_reward:
            wrong.append((line, found.outcome.name, found.decided_by, found.message))
    assert not wrong


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in LINES}))
def test_a_wrong_pair_stays_wrong_when_it_is_turned_round(kind):
    # Given the pairs that are no matter of rounding; then both directions follow one rule
    for line in (line for name, line in LINES if name == kind and not line["correct"]):
        if "answer" not in line or line["reason"].startswith("restates"):
            continue  # what a reference leaves to be worked out, an answer may work out
        task = prepare(
            Mathematics(), MathematicsParameters(reference=line["answer"], rounding="never")
        )
        if isinstance(task, PreparedTask):
            found = judge(task, rf"\boxed{{{line['reference']}}}")
            assert found.outcome is not Outcome.CORRECT, line
