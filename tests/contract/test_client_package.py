"""What ``pip install adjudge`` brings: two dependencies, lazy names, a pinned surface."""

from __future__ import annotations

import json
import os
import sys

import pytest
from tests.contract.environments import CACHE, REPOSITORY, interpreter, missing, run

import adjudge

ALLOWED = {"adjudge", "grpcio", "protobuf", "typing-extensions", "pip", "setuptools"}


@pytest.mark.timeout(300)
def test_an_install_brings_grpcio_and_protobuf_alone():
    venv = CACHE / "python3.10"  # kept: it was fresh once, and nothing else is ever put there
    if not (venv / "bin" / "pip").exists():
        assert run(interpreter("3.10"), "-m", "venv", str(venv)).returncode == 0
    python = str(venv / "bin" / "python")
    done = run(
        python,
        *("-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(REPOSITORY)),
    )
    if done.returncode:
        missing(f"cannot install: {done.stderr[-500:]}")

    listed = run(python, "-m", "pip", "--disable-pip-version-check", "list", "--format", "json")
    names = {package["name"].lower().replace("_", "-") for package in json.loads(listed.stdout)}
    assert {"adjudge", "grpcio", "protobuf"} <= names <= ALLOWED

    uses = (
        "import adjudge\n"
        "for name in adjudge.__all__: getattr(adjudge, name)\n"
        "from adjudge import Client, Candidate, tasks\n"
        "Candidate('42', tasks.mathematics('42'))\n"
        "Client('localhost:1').close()\n"
    )
    done = run(python, "-I", "-W", "error", "-c", uses)
    assert done.returncode == 0, done.stderr


def test_importing_adjudge_imports_no_grpc():
    program = (
        "import sys, adjudge, adjudge.v1.verdict_pb2, adjudge.v1.verifier_service_pb2\n"
        "from adjudge import Task, Candidate, Verdict, Outcome, Options, AdjudgeError, tasks\n"
        "sys.exit(any(name.split('.')[0] == 'grpc' for name in sys.modules))"
    )
    path = os.pathsep.join([str(REPOSITORY / "client")])
    done = run(sys.executable, "-c", program, PYTHONPATH=path)
    assert done.returncode == 0, done.stderr


def test_every_public_name_loads_and_is_listed():
    for name in adjudge.__all__:
        assert getattr(adjudge, name) is not None
        assert name in dir(adjudge)
    with pytest.raises(AttributeError, match="no attribute 'Klient'"):
        adjudge.Klient  # noqa: B018 - the attribute is the test


def test_the_public_surface_is_pinned():
    assert sorted(adjudge.__all__) == sorted(
        [
            "AbortedError",
            "AdjudgeError",
            "AlreadyExistsError",
            "AnswerClass",
            "AnswerGroup",
            "AsyncClient",
            "CallCancelledError",
            "Candidate",
            "Client",
            "ClientClosedError",
            "DataLossError",
            "DeadlineExceededError",
            "FailedPreconditionError",
            "FakeAsyncClient",
            "FakeClient",
            "GroupFailure",
            "GroupedAnswers",
            "InternalError",
            "InvalidArgumentError",
            "NotFoundError",
            "Options",
            "OutOfRangeError",
            "Outcome",
            "PermissionDeniedError",
            "ProtocolError",
            "ResourceExhaustedError",
            "StatusError",
            "Task",
            "TestResult",
            "Tls",
            "UnauthenticatedError",
            "UnavailableError",
            "UnimplementedError",
            "UnknownError",
            "Usage",
            "Verdict",
            "VerifierDescription",
            "VerifierExample",
            "Violation",
            "formats",
            "tasks",
        ]
    )


def test_both_clients_have_the_same_verbs():
    def verbs(kind):
        return {name for name in dir(kind) if not name.startswith("_")}

    assert verbs(adjudge.Client) == verbs(adjudge.AsyncClient)
    verify = {"verify", "verify_one", "stream"}
    assert verbs(adjudge.Client) == {*verify, "group", "verifiers", "close"}


def test_outcomes_are_those_of_the_wire_and_of_the_verifiers():
    from adjudge.v1 import outcome_pb2
    from adjudge_verifiers import contract

    wire = {
        name.removeprefix("OUTCOME_"): number
        for name, number in outcome_pb2.Outcome.items()
        if number
    }
    assert {outcome.name: int(outcome) for outcome in adjudge.Outcome} == wire
    assert {outcome.name: int(outcome) for outcome in contract.Outcome} == wire
    for outcome in adjudge.Outcome:
        assert outcome.bears_reward == contract.Outcome[outcome.name].bears_reward
