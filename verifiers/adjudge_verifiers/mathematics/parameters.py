"""The parameters of the verifier ``mathematics``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from adjudge_verifiers.contract import TaskParameters
from adjudge_verifiers.extraction import AnswerPolicy

Reference = Annotated[str, Field(min_length=1, max_length=65_536)]


class MathematicsOptions(TaskParameters):
    """What holds with and without a reference."""

    extraction: AnswerPolicy = Field(
        default=AnswerPolicy(), description="Where the answer is looked for in a completion."
    )
    ordered: bool = Field(
        default=False,
        description="Whether lists without brackets must keep their order. Tuples always do, sets "
        "never.",
    )


class MathematicsParameters(MathematicsOptions):
    """A reference answer and how strictly it is meant."""

    reference: Reference | list[Reference] = Field(
        description="The right answer, in LaTeX or plain text, perhaps in \\boxed{}; of a list, "
        "any one is accepted.",
    )
    rounding: Literal["reference", "never"] = Field(
        default="reference",
        description="`reference`: where the reference is a decimal, what rounds to it is accepted; "
        "any other value must be exact. `never`: decimals are exact too.",
    )
