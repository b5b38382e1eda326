"""What a worker offers, as the wire's ListVerifiersResponse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from adjudge.v1.verifier_service_pb2 import (
    ListVerifiersResponse,
    VerifierDescription,
    VerifierExample,
)

if TYPE_CHECKING:
    from adjudge_verifiers.registry import Description, Registry


def list_verifiers(registry: Registry, pool: str) -> ListVerifiersResponse:
    """Every verifier of a registry, available or not, as offered by one pool."""
    return ListVerifiersResponse(
        verifiers=[_describe(description, pool) for description in registry.describe()]
    )


def _describe(description: Description, pool: str) -> VerifierDescription:
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
    )
