"""The verifier ``mathematics``: is the final answer what the reference says?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from adjudge_verifiers.contract import (
    MIB,
    Budget,
    Example,
    GroupsAnswers,
    Outcome,
    Verifier,
)
from adjudge_verifiers.mathematics.parameters import MathematicsOptions, MathematicsParameters
from adjudge_verifiers.mathematics.task import PreparedMathematics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge_verifiers.contract import Answer, Verdict


class Mathematics(
    Verifier[MathematicsParameters, PreparedMathematics], GroupsAnswers[MathematicsOptions]
):
    """Judges final answers by a ladder of exact rungs; SymPy is the last and never sees text."""

    name = "mathematics"
    version = "1.0.0"
    summary = "Says whether a mathematical answer is equivalent to the reference."
    parameters_type = MathematicsParameters
    options_type = MathematicsOptions
    budget = Budget(cpu_seconds=1.0, wall_seconds=3.0, memory_bytes=512 * MIB)
    examples: ClassVar[Sequence[Example]] = (
        Example({"reference": r"\frac{1}{2}"}, r"So it is \boxed{0.5}.", Outcome.CORRECT),
        Example({"reference": "x^2+2x+1"}, "The answer is $(x+1)^2$.", Outcome.CORRECT),
        Example({"reference": "(-2, 3]"}, r"\boxed{-2 < x \leq 3}", Outcome.CORRECT),
        Example({"reference": "3"}, r"\boxed{3 \text{ or } 4}", Outcome.INCORRECT),
        Example({"reference": "3 km"}, r"\boxed{3\text{ m}}", Outcome.INCORRECT),
        Example(
            {"reference": "1/2", "required_form": "lowest_terms"},
            r"\boxed{2/4}",
            Outcome.INCORRECT,
        ),
        Example(
            {"reference": "B", "choices": {"A": "11", "B": "12"}},
            "The answer is (B) 12.",
            Outcome.CORRECT,
        ),
        Example({"reference": "1/3"}, "<think>1/3", Outcome.NO_ANSWER),
        Example({"reference": "2"}, r"\boxed{\frac{1}{}", Outcome.INVALID_ANSWER),
        Example({"reference": r"\frac{1}{"}, r"\boxed{1}", Outcome.BAD_TASK),
    )

    def warm(self) -> None:
        """Load the grammar, ball arithmetic, SymPy and what only some options need."""
        from adjudge_verifiers.mathematics import (  # noqa: F401, PLC0415
            differences,
            forms,
            preparing,
            votes,
        )
        from adjudge_verifiers.mathematics.algebra import sympy_bridge  # noqa: PLC0415
        from adjudge_verifiers.mathematics.reading import text  # noqa: PLC0415

        text.read(r"\frac{1}{2}")
        sympy_bridge.warm()

    def prepare(self, parameters: MathematicsParameters) -> PreparedMathematics:
        """Parse the references. Raises BadTask for one that does not parse."""
        from adjudge_verifiers.mathematics.preparing import prepare  # noqa: PLC0415

        return prepare(parameters)

    def judge(self, prepared: PreparedMathematics, completion: str) -> Verdict:
        """Judge one completion against one prepared task."""
        from adjudge_verifiers.mathematics.judgement import judge  # noqa: PLC0415

        return judge(prepared, completion)

    def read_answer(self, options: MathematicsOptions, completion: str) -> Answer | None:
        """What the completion gives as its answer; an unevaluated integral or sum is none."""
        from adjudge_verifiers.mathematics.votes import vote  # noqa: PLC0415

        return vote(options, completion)

    def same(self, options: MathematicsOptions, one: Answer, other: Answer) -> bool:
        """Whether the ladder proves two answers equal; decimals are taken as exact.

        SymPy is not asked: one answer that keeps it busy would cost its whole group the vote.
        """
        from adjudge_verifiers.mathematics.votes import same_votes  # noqa: PLC0415

        return same_votes(options, one, other)
