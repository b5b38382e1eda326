"""What a worker offers, as the wire's ListVerifiersResponse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

from adjudge.v1.verifier_service_pb2 import (
    ListVerifiersResponse,
    Toolchain,
    VerifierDescription,
    VerifierExample,
)
from adjudge_verifiers.contract import SandboxedVerifier
from adjudge_verifiers.programs.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge_verifiers.registry import Description, Registry
    from adjudge_verifiers.sandbox import Sandbox


def list_verifiers(registry: Registry, pool: str, sandbox: Sandbox) -> ListVerifiersResponse:
    """Every verifier of a registry, available or not, as offered by one pool.

    ``sandbox`` tells what programs can be run with.
    """
    toolchains = [_toolchain(language, sandbox) for language in get_args(Language)]
    return ListVerifiersResponse(
        verifiers=[
            _describe(
                description, pool, toolchains if _runs_programs(registry, description) else ()
            )
            for description in registry.describe()
        ]
    )


def _runs_programs(registry: Registry, description: Description) -> bool:
    return description.available and isinstance(registry.get(description.name), SandboxedVerifier)


def _toolchain(language: str, sandbox: Sandbox) -> Toolchain:
    missing = sandbox.missing(language) or ""
    return Toolchain(language=language, version=sandbox.toolchain(language), missing=missing)


def _describe(
    description: Description, pool: str, toolchains: Iterable[Toolchain]
) -> VerifierDescription:
    return VerifierDescription(
        name=description.name,
        version=description.version,
        summary=description.summary,
        parameters_schema_json=description.parameters_schema_json,
        examples=[
            VerifierExample(
                parameters_json=json.dumps(dict(example.parameters), ensure_ascii=False),
                completion=example.completion,
                outcome=int(example.outcome),  # type: ignore[arg-type] # same numbers
            )
            for example in description.examples
        ],
        available=description.available,
        unavailable_reason=description.unavailable_reason,
        pools=[pool],
        group_options_schema_json=description.group_options_schema_json,
        toolchains=toolchains,
    )
