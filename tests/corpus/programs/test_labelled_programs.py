"""Labelled programs (HumanEval, MBPP, HumanEvalPack) through the real jail: labels must be met.

A sample; ``benchmarks/labelled_programs.py`` judges all of them.
"""

import json

import pytest
from benchmarks.assert_tests import DATA, FILES, labelled_programs

from adjudge_verifiers import judging
from adjudge_verifiers.programs.verifier import Programs

EVERY = {"assert_python_humaneval.jsonl": 7, "assert_python_mbpp.jsonl": 20}
EVERY_CPP = 30

pytestmark = [pytest.mark.jail, pytest.mark.shared_data]


def judge(row, sandbox):
    """The verdict; mutants that loop for ever are not waited for as long as slow good programs."""
    verifier = Programs()
    seconds = 20 if row.passes else 1
    task = row.task | {"limits": {"cpu_seconds": seconds, "wall_seconds": 3 * seconds}}
    prepared = judging.prepare(verifier, judging.read_parameters(verifier, json.dumps(task)))
    return judging.judge(prepared, row.completion, sandbox)


@pytest.mark.parametrize(("name", "language"), FILES, ids=lambda value: value)
def test_labels_and_verdicts_agree(name, language, sandbox):
    if not DATA.is_dir():
        pytest.skip(f"the labelled programs are not there: {DATA}")
    every = EVERY_CPP if language == "cpp" else EVERY.get(name, 8)
    rows = [row for row in labelled_programs(DATA / name, language) if row.task][::every]

    verdicts = [(row, judge(row, sandbox)) for row in rows]

    assert len(rows) >= 3
    for row, verdict in verdicts:
        if row.passes or not row.unread:
            assert (verdict.reward == 1.0) is row.passes, (row.id, verdict)


def test_most_rows_can_be_read():
    if not DATA.is_dir():
        pytest.skip(f"the labelled programs are not there: {DATA}")
    rows = [row for name, language in FILES for row in labelled_programs(DATA / name, language)]
    read = [row for row in rows if row.task and not row.unread]

    assert len(rows) == 482 + 1453 + 82 + 90
    assert len(read) > 0.95 * len(rows)
