"""The exception tree: total over gRPC's codes, drawn in the docstring, picklable."""

from __future__ import annotations

import inspect
import pickle

import grpc
import pytest
from tests.unit.client.service import Failure

from adjudge import Candidate, StatusError, Task, errors

TASK = Task("echo", {"reference": "42"})
FAILING = [code for code in grpc.StatusCode if code is not grpc.StatusCode.OK]


def test_every_status_but_ok_has_its_error():
    assert set(errors.STATUS_ERRORS) == {code.name for code in FAILING}
    assert len(set(errors.STATUS_ERRORS.values())) == len(FAILING)


@pytest.mark.parametrize("code", FAILING, ids=lambda code: code.name)
def test_a_status_is_raised_as_its_error(client, service, code):
    retried = code in {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED}
    service.failures = [Failure(code, "why")] * 100
    with pytest.raises(errors.STATUS_ERRORS[code.name], match=f"^{code.name}: why") as caught:
        client.verify([Candidate("42", TASK)], deadline_seconds=0.3)
    assert caught.value.code == code.name
    assert caught.value.message == "why"
    assert (len(service.requests) > 1) is retried


def test_the_tree_in_the_docstring_is_the_tree():
    drawn = [
        (line.index(line.lstrip("│├└─ ")), line.lstrip("│├└─ "))
        for line in errors.__doc__.splitlines()
        if line.lstrip("│├└─ ").endswith("Error") and " " not in line.lstrip("│├└─ ")
    ]
    parents = []
    tree = {}
    for depth, name in drawn:
        parents = [parent for parent in parents if parent[0] < depth]
        tree[name] = parents[-1][1] if parents else "Exception"
        parents.append((depth, name))
    real = {
        name: kind.__bases__[0].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Exception)
    }
    assert tree == real


def test_every_docstring_says_when():
    for kind in inspect.getmembers(errors, inspect.isclass):
        if issubclass(kind[1], Exception):
            assert kind[1].__doc__.startswith("Raised when "), kind[0]


def test_errors_travel_between_processes():
    error = errors.ResourceExhaustedError("full", (errors.Violation("a", "b"),), 1.5, (b"\0" * 32,))
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, StatusError)
    assert (copy.message, copy.violations, copy.retry_delay_seconds, copy.unknown_digests) == (
        error.message,
        error.violations,
        error.retry_delay_seconds,
        error.unknown_digests,
    )
    assert str(copy) == "RESOURCE_EXHAUSTED: full\n  a: b"
