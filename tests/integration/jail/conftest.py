"""Asks evaluators and tells what they say."""

import dataclasses
import json
import time

import pytest

from adjudge.v1.outcome_pb2 import Outcome
from adjudge.v1.task_pb2 import Candidate, Task
from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest, VerifyCandidatesResponse
from adjudge_verifiers.contract import MIB, Budget

BUDGET = Budget(cpu_seconds=0.2, wall_seconds=0.4, memory_bytes=64 * MIB)


@dataclasses.dataclass
class Answer:
    """What one chunk came to."""

    verdicts: list
    seconds: float

    @property
    def outcomes(self):
        return [Outcome.Name(verdict.outcome).removeprefix("OUTCOME_") for verdict in self.verdicts]

    @property
    def reasons(self):
        return [verdict.reason for verdict in self.verdicts]


def ask(
    jail, *completions, tasks=({},), task_of=None, budget=BUDGET, verifier="hostile", stop=None
):
    """Judge completions; ``task_of`` says by position which task, by default the first."""
    request = VerifyCandidatesRequest(
        tasks=[Task(verifier=verifier, parameters_json=json.dumps(task)) for task in tasks],
        candidates=[
            Candidate(
                id=f"c{position}",
                completion=completion,
                task_index=task_of[position] if task_of else 0,
            )
            for position, completion in enumerate(completions)
        ],
    )
    started = time.monotonic()
    response = jail.evaluators.judge(request, [budget] * len(tasks), stop or (lambda: None))
    seconds = time.monotonic() - started
    verdicts = list(VerifyCandidatesResponse.FromString(response).verdicts)
    assert [verdict.candidate_id for verdict in verdicts] == [c.id for c in request.candidates]
    for verdict in verdicts:
        assert verdict.HasField("reward") is (verdict.outcome <= Outcome.OUTCOME_OUTPUT_LIMIT)
    return Answer(verdicts, seconds)


@pytest.fixture
def judge(jail):
    """Judge completions with the verifier ``hostile``, which does what they say."""

    def asked(*completions, **options):
        return ask(jail, *completions, **options)

    return asked
