"""Prints the registry of a fresh interpreter as JSON, and which heavy libraries that imported."""

import json
import sys

from adjudge_verifiers.registry import load_registry

verifiers = {each.name: each.unavailable_reason for each in load_registry().describe()}
heavy = sorted({"grpc", "numpy", "rdkit", "sympy"} & set(sys.modules))
print(json.dumps({"verifiers": verifiers, "heavy": heavy}))  # noqa: T201 - its output
