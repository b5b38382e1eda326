"""Every verifier keeps the contract, and the suite that says so can fail."""

import os
import sys
from pathlib import Path

import pytest
from tests.contract.broken_verifiers import BROKEN, Echo, GroupingEcho
from tests.contract.example_programs import example_sandbox

from adjudge_verifiers.conformance import check_conformance
from adjudge_verifiers.contract import SandboxedVerifier
from adjudge_verifiers.registry import load_registry
from adjudge_verifiers.schema import parameters_schema, schema_faults, types_of

PARITY = Path(__file__).parents[2] / "examples/parity_verifier"
REGISTRY = load_registry()


@pytest.mark.parametrize("name", REGISTRY.names())
def test_a_registered_verifier_conforms(name):
    described = next(each for each in REGISTRY.describe() if each.name == name)
    if not described.available:
        skip_or_fail(described.unavailable_reason)
    verifier = REGISTRY.get(name)
    sandboxed = isinstance(verifier, SandboxedVerifier)
    assert check_conformance(verifier, example_sandbox() if sandboxed else None) == []


def test_the_example_plugin_conforms(monkeypatch):
    monkeypatch.syspath_prepend(PARITY)
    registry = load_registry({"parity": "adjudge_parity.verifier:Parity"})
    assert check_conformance(registry.get("parity")) == []
    for name in [name for name in sys.modules if name.startswith("adjudge_parity")]:
        del sys.modules[name]


@pytest.mark.parametrize("kept", [Echo, GroupingEcho])
def test_a_verifier_that_keeps_every_rule_has_no_problem(kept):
    assert check_conformance(kept()) == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_a_broken_rule_is_named_and_no_other(broken):
    problems = check_conformance(broken())
    assert {problem.rule for problem in problems} == {broken.breaks}, problems


def test_a_sandboxed_verifier_is_not_checked_without_a_sandbox():
    programs = REGISTRY.get("programs")
    with pytest.raises(ValueError, match="pass one"):
        check_conformance(programs)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "$schema must be"),
        ({"type": "array"}, "must be an object"),
        ({"properties": []}, "properties must be an object"),
        ({"properties": {"a": 3}}, "#/properties/a: a schema is an object or a boolean"),
        ({"properties": {"a": {"type": "text"}}}, "type must be of"),
        ({"properties": {"a": {"pattern": "("}}}, "pattern does not compile"),
        ({"properties": {"a": {"$ref": "#/$defs/A"}}}, "$ref leads nowhere"),
        ({"properties": {"a": {"$ref": "https://elsewhere.example/a"}}}, "$ref leads nowhere"),
        ({"anyOf": []}, "anyOf must be a list that is not empty"),
        ({"required": [1]}, "required must be a list of names"),
        ({"default": float("nan")}, "the schema is no JSON"),
        ({"enum": (1, 2)}, "changes when it is written"),
    ],
)
def test_an_unsound_schema_is_told(change, words):
    schema = {**parameters_schema(Echo.parameters_type), **change}
    assert any(words in fault for fault in schema_faults(schema))


def test_the_types_of_a_field_are_found_through_references_and_choices():
    schema = parameters_schema(Echo.parameters_type)
    fields = schema["properties"]
    assert types_of(fields["word"], schema) == {"string"}
    assert types_of(fields["budget"], schema) == {"object", "null"}


def skip_or_fail(reason):
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
