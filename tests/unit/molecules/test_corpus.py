"""Every line of the corpus, and the worked examples of the design, come out as written."""

import json
from pathlib import Path

import pytest
from tests.fixtures.molecules import judged

from adjudge_verifiers.contract import Outcome

ROOT = Path(__file__).parents[3]
CORPUS = [
    json.loads(line)
    for path in sorted((ROOT / "tests/corpus/molecules").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
WORKED = ROOT / "../shared/data/domains/worked_examples.json"
FAULTS = {"invalid", "ambiguous", "rejected"}


@pytest.mark.parametrize("line", CORPUS, ids=lambda line: line["id"])
def test_a_line_of_the_corpus_comes_out_as_written(line):
    verdict = judged(line["completion"], **line["task"])
    assert verdict.outcome.name == line["outcome"], verdict
    assert verdict.reason == line.get("reason", verdict.reason)
    assert verdict.reward == line["reward"]


def test_every_line_of_the_corpus_has_its_own_id():
    assert len({line["id"] for line in CORPUS}) == len(CORPUS) > 20


@pytest.mark.shared_data
def test_the_worked_examples_come_out_as_given():
    if not WORKED.exists():
        pytest.skip(f"{WORKED} is not here")
    rows = [
        row
        for row in json.loads(WORKED.read_text(encoding="utf-8"))
        if row["domain"] == "molecule" and row["task"]["kind"] in {"valid", "exact"}
    ]
    assert len(rows) == 5
    for row in rows:
        verdict = judged(row["candidate"], **row["task"])
        assert verdict.reward == row["score"], row
        if row["status"] in FAULTS:
            assert verdict.outcome is Outcome.INVALID_ANSWER
            assert verdict.reason == row["status"]
        else:
            assert verdict.outcome in {Outcome.CORRECT, Outcome.INCORRECT}
