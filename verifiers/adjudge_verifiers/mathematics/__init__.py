"""The verifier of mathematical answers: own grammar, syntax tree and three-valued ladder.

``reading`` makes syntax trees of texts, ``algebra`` computes with them, ``comparing`` is the ladder
and its rungs, ``forms`` are the forms that a task may ask for, ``differences`` says why two answers
differ.
"""

from adjudge_verifiers.mathematics.parameters import MathematicsParameters
from adjudge_verifiers.mathematics.verifier import Mathematics

__all__ = ["Mathematics", "MathematicsParameters"]
