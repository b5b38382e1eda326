"""What a verifier class must declare, checked before anyone calls it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import (
    Budget,
    Example,
    GroupsAnswers,
    Outcome,
    SandboxedVerifier,
    TaskParameters,
    Verifier,
)
from adjudge_verifiers.schema import parameters_schema

if TYPE_CHECKING:
    from adjudge_verifiers.contract import AnyVerifier

NAME_RULE = "1 to 64 characters of [a-z0-9_.:-]"

_NAME = re.compile(r"[a-z0-9_.:-]{1,64}", re.ASCII)


def name_is_good(name: object) -> bool:
    """True for a name that may travel on the wire."""
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def class_fault(declared: object) -> str | None:
    """None when ``declared`` is a class that can be made into a verifier, else what is wrong."""
    if not isinstance(declared, type):
        return f"expected a class, found {type(declared).__name__} {declared!r:.80}"
    if not issubclass(declared, (Verifier, SandboxedVerifier)):
        return (
            f"{declared.__qualname__} must derive from Verifier or SandboxedVerifier of "
            "adjudge_verifiers.contract"
        )
    missing = sorted(getattr(declared, "__abstractmethods__", ()))
    if missing:
        return f"{declared.__qualname__} does not define {' and '.join(missing)}"
    return None


def declaration_faults(verifier: AnyVerifier) -> list[str]:
    """Everything that is wrong with what this verifier declares; empty when all is well."""
    return [
        *_text_faults(verifier),
        *_type_faults(verifier),
        *_example_faults(getattr(verifier, "examples", ())),
    ]


def _text_faults(verifier: AnyVerifier) -> list[str]:
    faults = []
    name = getattr(verifier, "name", None)
    if not name_is_good(name):
        faults.append(f"name must be {NAME_RULE}, found {name!r}")
    for attribute in ("version", "summary"):
        value = getattr(verifier, attribute, None)
        if not isinstance(value, str) or not value.strip():
            faults.append(f"{attribute} must be a text that is not empty, found {value!r}")
    if not isinstance(verifier.extra, str):
        faults.append(f"extra must be a text, found {verifier.extra!r}")
    requires = verifier.requires
    if isinstance(requires, str) or not isinstance(requires, Sequence):
        faults.append(f"requires must be a sequence of module names, found {requires!r}")
    else:
        faults += [
            f"requires must hold top-level module names, found {module!r}"
            for module in requires
            if not isinstance(module, str) or not module.isidentifier()
        ]
    return faults


def _type_faults(verifier: AnyVerifier) -> list[str]:
    faults = []
    if not isinstance(verifier.budget, Budget):
        faults.append(f"budget must be a Budget, found {verifier.budget!r}")
    if not isinstance(verifier.deterministic, bool):
        faults.append(f"deterministic must be True or False, found {verifier.deterministic!r}")
    faults += _parameters_faults("parameters_type", getattr(verifier, "parameters_type", None))
    if isinstance(verifier, GroupsAnswers):
        faults += _parameters_faults("options_type", getattr(verifier, "options_type", None))
    return faults


def _parameters_faults(attribute: str, declared: object) -> list[str]:
    if not (isinstance(declared, type) and issubclass(declared, TaskParameters)):
        return [f"{attribute} must be a TaskParameters class, found {declared!r}"]
    try:
        json.dumps(parameters_schema(declared), allow_nan=False)
    except Exception as error:  # noqa: BLE001 - a plugin's schema may fail in any way
        return [f"{attribute} has no JSON Schema: {type(error).__name__}: {error}"]
    return []


def _example_faults(examples: object) -> list[str]:
    if isinstance(examples, str) or not isinstance(examples, Sequence) or not examples:
        return [f"examples must be a sequence of at least one Example, found {examples!r:.80}"]
    faults = []
    for position, example in enumerate(examples):
        fault = _example_fault(example)
        if fault:
            faults.append(f"examples[{position}] {fault}")
    return faults


def _example_fault(example: object) -> str | None:
    if not isinstance(example, Example):
        return f"must be an Example, found {type(example).__name__}"
    if not isinstance(example.completion, str) or not isinstance(example.outcome, Outcome):
        return "must have a text as completion and an Outcome"
    if not isinstance(example.parameters, Mapping):
        return "must have a mapping as parameters"
    try:
        json.dumps(dict(example.parameters), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        return f"has parameters that are no JSON: {error}"
    return None
