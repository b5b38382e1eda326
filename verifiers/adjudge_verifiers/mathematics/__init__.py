"""The verifier of mathematical answers: own grammar, syntax tree and three-valued ladder."""

from adjudge_verifiers.mathematics.parameters import MathematicsParameters
from adjudge_verifiers.mathematics.verifier import Mathematics

__all__ = ["Mathematics", "MathematicsParameters"]
