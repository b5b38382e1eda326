"""What a task for the verifier ``molecules`` says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from adjudge_verifiers.contract import TaskParameters
from adjudge_verifiers.extraction import AnswerPolicy
from adjudge_verifiers.molecules.elements import SYMBOLS


def _known(symbol: str) -> str:
    if symbol not in SYMBOLS:
        raise PydanticCustomError("element", "expected the symbol of an element, such as Cl")
    return symbol


Element = Annotated[str, Field(pattern=r"^[A-Z][a-z]?$"), AfterValidator(_known)]


class MoleculesOptions(TaskParameters):
    """Which molecules are accepted at all, and which are the same."""

    format: Literal["smiles"] = Field(
        default="smiles", description="How answer and reference are written."
    )
    extraction: AnswerPolicy = Field(
        default=AnswerPolicy(sources=("tags",), several="strict"),
        description="Where the answer stands in a completion; by default in `<answer>` tags, and "
        "two different answers are none.",
    )

    stereo: Literal["exact", "ignore"] = Field(
        default="exact",
        description="`exact`: every centre and double bond as in the reference, and unspecified "
        "is not the same as specified. `ignore`: compare without.",
    )
    isotopes: Literal["exact", "ignore"] = Field(
        default="exact", description="Whether isotope marks are compared."
    )
    ignore_atom_maps: bool = Field(
        default=True, description="Whether atom map numbers are removed before comparing."
    )
    fragment: Literal["all", "largest", "parent"] = Field(
        default="all",
        description="What is compared: everything, the largest fragment, or the neutral parent "
        "without salts and solvents.",
    )
    tautomer: bool = Field(
        default=False, description="Whether tautomers of the reference are the same molecule."
    )

    allow_dummy: bool = Field(default=False, description="Accept the dummy atom `*`.")
    allow_radical: bool = Field(
        default=False, description="Accept unpaired electrons on non-metals."
    )
    elements: tuple[Element, ...] | None = Field(
        default=None,
        min_length=1,
        max_length=118,
        description="The only elements accepted, hydrogen always among them. Absent: hydrogen to "
        "uranium, without helium, neon and argon, which form no molecules.",
    )
    charge: int | None = Field(
        default=None, ge=-100, le=100, description="The total charge the molecule must have."
    )
    max_heavy: int = Field(
        default=200, ge=1, le=1_000, description="Most atoms other than hydrogen."
    )
    max_chars: int = Field(default=2_000, ge=1, le=20_000, description="Most characters.")
    max_fragments: int | None = Field(
        default=None,
        ge=1,
        le=100,
        description="Most fragments (parts between dots) of an answer. Absent: as many as the "
        "reference has, without a reference one.",
    )


class MoleculesParameters(MoleculesOptions):
    """Which question is asked of a molecule."""

    kind: Literal["valid", "exact"] = Field(
        description="`valid`: the answer is a molecule within the limits. "
        "`exact`: it is the same molecule as `reference`."
    )
    reference: str | None = Field(
        default=None,
        max_length=20_000,
        validate_default=True,
        description="The molecule that is right; needed by `exact`, and by no other kind.",
    )

    @field_validator("reference")
    @classmethod
    def _belongs_to_kind(cls, reference: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("kind")
        if kind == "exact" and reference is None:
            raise PydanticCustomError("reference", "kind `exact` needs a reference molecule")
        if kind == "valid" and reference is not None:
            raise PydanticCustomError(
                "reference", "kind `valid` compares with nothing; did you mean kind `exact`?"
            )
        return reference
