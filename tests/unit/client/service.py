"""A small gRPC service in this process that keeps adjudge.v1's promises and fails when told to."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import grpc
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1.health import HealthServicer
from grpc_health.v1.health_pb2_grpc import add_HealthServicer_to_server

from adjudge.v1 import outcome_pb2, task_pb2, verdict_pb2, verifier_service_pb2
from adjudge.v1.verifier_service_pb2_grpc import (
    VerifierServiceServicer,
    add_VerifierServiceServicer_to_server,
)


@dataclass
class Failure:
    """A status to answer with instead of verdicts."""

    code: grpc.StatusCode
    message: str = "as the test asked"
    details: tuple = ()
    """Messages of google.rpc."""

    def abort(self, context):
        packed = []
        for detail in self.details:
            message = any_pb2.Any()
            message.Pack(detail)
            packed.append(message)
        status = status_pb2.Status(code=self.code.value[0], message=self.message, details=packed)
        context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
        context.abort(self.code, self.message)


def retry_info(seconds):
    info = error_details_pb2.RetryInfo()
    info.retry_delay.FromNanoseconds(round(seconds * 1e9))
    return info


@dataclass
class Service(VerifierServiceServicer):
    """CORRECT when the completion is the task's ``reference``, else INCORRECT.

    The completion ``"sleep"`` takes 60 s, or until the caller gives up.
    """

    requests: list = field(default_factory=list)
    metadata: list = field(default_factory=list)
    failures: list = field(default_factory=list)
    """Taken from the front, one a call."""
    stream_breaks_after: int | None = None
    """Break the next stream after so many verdicts."""
    forgetful: bool = False
    """Never remember a task."""
    known: dict = field(default_factory=dict)
    cancelled: threading.Event = field(default_factory=threading.Event)
    mangle: object = None
    """What to do with each response before it leaves."""

    def VerifyCandidates(self, request, context):  # noqa: N802 - the name on the wire
        self._meet(request, context)
        tasks = self._tasks(request.tasks, context)
        verdicts = [self._judge(each, tasks, context) for each in request.candidates]
        response = verifier_service_pb2.VerifyCandidatesResponse(verdicts=verdicts)
        if self.mangle is not None:
            self.mangle(response)
        return response

    def StreamVerdicts(self, request_iterator, context):  # noqa: N802 - the name on the wire
        position = 0
        for request in request_iterator:
            self._meet(request, context)
            tasks = self._tasks(request.tasks, context)
            answered = []
            for candidate in request.candidates:
                if self.stream_breaks_after == position:
                    self.stream_breaks_after = None
                    yield verifier_service_pb2.StreamVerdictsResponse(
                        verdicts=[verdict for _, verdict in answered],
                        positions=[ordinal for ordinal, _ in answered],
                    )
                    Failure(grpc.StatusCode.UNAVAILABLE).abort(context)
                answered.append((position, self._judge(candidate, tasks, context)))
                position += 1
            answered.reverse()
            yield verifier_service_pb2.StreamVerdictsResponse(
                verdicts=[verdict for _, verdict in answered],
                positions=[ordinal for ordinal, _ in answered],
            )

    def GroupAnswers(self, request, context):  # noqa: N802 - the name on the wire
        """Completions of equal text are a class; the completion "fail" fails its group."""
        self._meet(request, context)
        response = verifier_service_pb2.GroupAnswersResponse()
        for group in request.groups:
            grouped = response.groups.add(group_id=group.id, verifier_version="1.0.0")
            if "fail" in group.completions:
                grouped.failure.outcome = outcome_pb2.OUTCOME_TIME_LIMIT
                grouped.failure.reason = "cpu_time"
                continue
            votes = len(group.completions)
            for text in dict.fromkeys(group.completions):
                members = [at for at, each in enumerate(group.completions) if each == text]
                grouped.classes.add(answer=text, members=members, share=len(members) / votes)
            if len(grouped.classes) == 1:
                grouped.majority_class = 0
            grouped.decided = group.HasField("votes_expected") and group.votes_expected == votes
        if self.mangle is not None:
            self.mangle(response)
        return response

    def ListVerifiers(self, request, context):  # noqa: N802 - the name on the wire
        self._meet(request, context)
        described = verifier_service_pb2.VerifierDescription(
            name="echo",
            version="1.0.0",
            summary="Says whether the completion is the reference.",
            parameters_schema_json='{"type":"object"}',
            available=True,
            pools=["default"],
            group_options_schema_json='{"type":"object","title":"options"}',
            toolchains=[
                verifier_service_pb2.Toolchain(language="c", version="gcc 12.2.0"),
                verifier_service_pb2.Toolchain(language="go", missing="needs go"),
            ],
        )
        described.examples.add(
            parameters_json='{"reference":"42"}',
            completion="42",
            outcome=outcome_pb2.OUTCOME_CORRECT,
        )
        return verifier_service_pb2.ListVerifiersResponse(verifiers=[described])

    def _meet(self, request, context):
        self.requests.append(request)
        self.metadata.append(dict(context.invocation_metadata()))
        if self.failures:
            failure = self.failures.pop(0)
            if failure is not None:
                failure.abort(context)

    def _tasks(self, tasks, context):
        unknown = []
        full = []
        for index, task in enumerate(tasks):
            text = f"{task.verifier}\0{task.parameters_json}".encode()
            digest = hashlib.sha256(text).digest()
            if task.verifier:
                assert task.digest in (b"", digest)
                if not self.forgetful:
                    self.known[digest] = task
                full.append(task)
            elif task.digest in self.known:
                full.append(self.known[task.digest])
            else:
                unknown.append(index)
        if unknown:
            failure = error_details_pb2.PreconditionFailure()
            for index in unknown:
                failure.violations.add(type="UNKNOWN_TASK_DIGEST", subject=f"tasks[{index}]")
            Failure(grpc.StatusCode.FAILED_PRECONDITION, "unknown", (failure,)).abort(context)
        return full

    def _judge(self, candidate, tasks, context):
        task = tasks[candidate.task_index]
        if candidate.completion == "sleep":
            until = time.monotonic() + 60
            while time.monotonic() < until:
                if not context.is_active():
                    self.cancelled.set()
                    return verdict_pb2.Verdict()
                time.sleep(0.005)
        if len(candidate.id) > 256:
            violation = error_details_pb2.BadRequest()
            violation.field_violations.add(field="candidates[0].id", description="too long")
            Failure(grpc.StatusCode.INVALID_ARGUMENT, "bad", (violation,)).abort(context)
        return verdict_of(candidate, task)


def verdict_of(candidate: task_pb2.Candidate, task: task_pb2.Task) -> verdict_pb2.Verdict:
    parameters = json.loads(task.parameters_json)
    verdict = verdict_pb2.Verdict(
        candidate_id=candidate.id, verifier=task.verifier, verifier_version="1.0.0"
    )
    if candidate.completion == "unjudged":
        verdict.outcome = outcome_pb2.OUTCOME_INTERNAL_ERROR
        verdict.reason = "worker_lost"
        return verdict
    right = candidate.completion == parameters.get("reference")
    verdict.outcome = outcome_pb2.OUTCOME_CORRECT if right else outcome_pb2.OUTCOME_INCORRECT
    verdict.reward = 1.0 if right else 0.0
    verdict.reason = "correct" if right else "values_differ"
    verdict.answer = candidate.completion
    verdict.usage.cpu_time.FromMilliseconds(1500)
    verdict.usage.peak_memory_bytes = 7
    verdict.details_json = json.dumps({"length": len(candidate.completion)})
    verdict.tests.add(outcome=verdict.outcome, message="seen")
    return verdict


class Server:
    """A ``Service`` on a port of its own."""

    def __init__(self, service: Service, credentials=None, port: int = 0) -> None:
        self.service = service
        self._pool = ThreadPoolExecutor(32)
        self._server = grpc.server(
            self._pool,
            options=(("grpc.max_receive_message_length", 64 << 20), ("grpc.so_reuseport", 0)),
        )
        add_VerifierServiceServicer_to_server(service, self._server)
        health = HealthServicer()
        add_HealthServicer_to_server(health, self._server)
        if credentials is None:
            self.port = self._server.add_insecure_port(f"127.0.0.1:{port}")
        else:
            self.port = self._server.add_secure_port(f"127.0.0.1:{port}", credentials)
        self.address = f"127.0.0.1:{self.port}"
        self._server.start()

    def stop(self) -> None:
        self._server.stop(0).wait()
        self._pool.shutdown()


if __name__ == "__main__":  # a service in a process of its own, for tests that fork
    server = Server(Service())
    print(server.address, flush=True)  # noqa: T201 - the test reads it
    sys.stdin.read()  # until the test closes it
    server.stop()
