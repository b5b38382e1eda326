"""The published JSON Schema (2020-12) of a verifier's parameters, and whether it is a sound one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adjudge_verifiers.contract import TaskParameters

JSON_SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})

_ONE_SCHEMA = (
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
)
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMA_MAPS = ("$defs", "dependentSchemas", "patternProperties", "properties")


def parameters_schema(parameters_type: type[TaskParameters]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a verifier's task parameters."""
    return {"$schema": JSON_SCHEMA_DIALECT, **parameters_type.model_json_schema()}


def schema_faults(schema: Mapping[str, Any]) -> list[str]:
    """What is wrong with a published schema; empty when all is well.

    It must be plain JSON, describe an object, use keywords as JSON Schema 2020-12 defines them and
    refer only to its own definitions.
    """
    try:
        text = json.dumps(schema, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        return [f"the schema is no JSON: {error}"]
    faults = []
    if json.loads(text) != schema:
        faults.append("the schema changes when it is written as JSON and read again")
    if schema.get("$schema") != JSON_SCHEMA_DIALECT:
        faults.append(f"$schema must be {JSON_SCHEMA_DIALECT}, found {schema.get('$schema')!r}")
    if schema.get("type") != "object":
        faults.append(f"the parameters must be an object, found {schema.get('type')!r}")
    for path, part in _parts("#", schema):
        faults += [f"{path}: {fault}" for fault in _part_faults(part, schema)]
    return faults


def resolved(part: Any, schema: Mapping[str, Any]) -> Any:
    """The definition that ``part`` refers to, or itself; None where the reference leads nowhere."""
    seen = set()
    while isinstance(part, Mapping) and isinstance(part.get("$ref"), str):
        reference = part["$ref"]
        if reference in seen or not reference.startswith("#/"):
            return None
        seen.add(reference)
        part = schema
        for step in reference[2:].split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            part = part.get(name) if isinstance(part, Mapping) else None
    return part


def types_of(part: Any, schema: Mapping[str, Any]) -> frozenset[str]:
    """The JSON types that a part of the schema may accept (all of them where it does not say)."""
    part = resolved(part, schema)
    if not isinstance(part, Mapping):
        return TYPES
    if "type" in part:
        named = part["type"]
        return frozenset([named] if isinstance(named, str) else named)
    if "const" in part or "enum" in part:
        values = [part["const"]] if "const" in part else part["enum"]
        return frozenset(_type_of(value) for value in values)
    for key in ("anyOf", "oneOf"):
        if key in part:
            return frozenset().union(*(types_of(choice, schema) for choice in part[key]))
    return TYPES


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, Sequence) else "object"


def _parts(path: str, part: Any) -> Iterator[tuple[str, Any]]:
    """The schema itself and every schema inside it, with their paths."""
    yield path, part
    if not isinstance(part, Mapping):
        return
    for key in _ONE_SCHEMA:
        if key in part:
            yield from _parts(f"{path}/{key}", part[key])
    for key in _SCHEMA_LISTS:
        for position, inner in enumerate(_sequence(part.get(key))):
            yield from _parts(f"{path}/{key}/{position}", inner)
    for key in _SCHEMA_MAPS:
        inner = part.get(key)
        for name in inner if isinstance(inner, Mapping) else ():
            yield from _parts(f"{path}/{key}/{name}", part[key][name])


def _part_faults(part: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(part, bool):
        return
    if not isinstance(part, Mapping):
        yield f"a schema is an object or a boolean, found {part!r:.80}"
        return
    for key in _SCHEMA_LISTS:
        if key in part and not _sequence(part[key]):
            yield f"{key} must be a list that is not empty"
    for key in _SCHEMA_MAPS:
        if key in part and not isinstance(part[key], Mapping):
            yield f"{key} must be an object"
    if "$ref" in part and not isinstance(resolved(part, schema), Mapping | bool):
        yield f"$ref leads nowhere: {part['$ref']!r}"
    yield from _value_faults(part)


def _value_faults(part: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the keywords that hold no schemas."""
    if "type" in part:
        named = [part["type"]] if isinstance(part["type"], str) else part["type"]
        if not _sequence(named) or not set(named) <= TYPES:
            yield f"type must be of {sorted(TYPES)}, found {part['type']!r}"
    if "required" in part and not all(isinstance(name, str) for name in part["required"]):
        yield "required must be a list of names"
    if "pattern" in part:
        try:
            re.compile(part["pattern"])
        except (re.error, TypeError) as error:
            yield f"pattern does not compile: {error}"


def _sequence(value: Any) -> Sequence[Any]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
