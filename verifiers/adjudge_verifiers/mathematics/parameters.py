"""The parameters of the verifier ``mathematics``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from adjudge_verifiers.contract import TaskParameters
from adjudge_verifiers.extraction import AnswerPolicy

Reference = Annotated[str, Field(min_length=1, max_length=65_536)]
Letter = Annotated[str, Field(pattern="^[A-Z]$")]
Content = Annotated[str, Field(min_length=1, max_length=4_096)]
RequiredForm = Literal["lowest_terms", "factored", "expanded", "simplified", "decimal"]


class Tolerance(BaseModel):
    """How far a number may be from the reference: the larger of the two allowances."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    relative: float = Field(
        default=0.0, ge=0.0, lt=1.0, description="Share of the reference: 0.01 is one percent."
    )
    absolute: float = Field(
        default=0.0, ge=0.0, description="Distance from the reference, in the reference's unit."
    )


class MathematicsOptions(TaskParameters):
    """What holds with and without a reference."""

    extraction: AnswerPolicy = Field(
        default=AnswerPolicy(), description="Where the answer is looked for in a completion."
    )
    order: Literal["as_written", "ordered", "unordered"] = Field(
        default="as_written",
        description="`as_written`: tuples keep their order, sets and lists without brackets do "
        "not. `ordered`: lists keep it too. `unordered`: not even tuples keep it.",
    )
    units: Literal["accept_missing", "required", "ignore"] = Field(
        default="accept_missing",
        description="`accept_missing`: a missing unit is accepted, a contradictory one is wrong. "
        "`required`: a unit stands on both sides or on none. `ignore`: a wrong unit is accepted "
        "where the written numbers agree. The same quantity in another unit is always right.",
    )
    odd_roots: Literal["real", "principal"] = Field(
        default="real",
        description="What an odd root of a negative number is. `real`: the cube root of -8 is -2. "
        "`principal`: it is 1 + i√3.",
    )


class MathematicsParameters(MathematicsOptions):
    """A reference answer and how strictly it is meant."""

    reference: Reference | list[Reference] = Field(
        description="The right answer, in LaTeX or plain text, perhaps in \\boxed{}; of a list, "
        "any one is accepted. With `choices`: a letter, or what the right choice says.",
    )
    rounding: Literal["reference", "never"] = Field(
        default="reference",
        description="`reference`: where the reference is a decimal, what rounds to it is accepted; "
        "any other value must be exact. `never`: decimals are exact too.",
    )
    tolerance: Tolerance | None = Field(
        default=None,
        description="Numbers this near to the reference are right, whatever `rounding` says.",
    )
    required_form: RequiredForm | None = Field(
        default=None,
        description="How a right answer must be written; judged as it stands. One that is not is "
        "INCORRECT with the reason `form`.",
    )
    choices: dict[Letter, Content] | None = Field(
        default=None,
        min_length=2,
        description="The choices of a multiple-choice question by letter, `A` to `Z`. An answer is "
        "a letter, what a choice says, or both.",
    )
    explain: bool = Field(
        default=False,
        description="Whether `details.difference` of a wrong answer says where it differs. It "
        "tells about the reference and costs time: for people, not for a policy's eyes.",
    )
