"""Where an answer is looked for, and what was found."""

from __future__ import annotations

import dataclasses
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Source = Literal["boxed", "tags", "final_line", "fence", "whole"]


class AnswerPolicy(BaseModel):
    """Where the answer is looked for and what several answers mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: tuple[Source, ...] = Field(
        default=("boxed", "tags", "final_line", "whole"),
        min_length=1,
        description="Asked in this order; the first that holds anything decides.",
    )
    tag: str = Field(
        default="answer",
        pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,31}$",
        description="Name of the tag that the source `tags` looks for.",
    )
    several: Literal["last", "first", "strict"] = Field(
        default="last",
        description="Which of several answers of one source counts; `strict`: different "
        "answers are ambiguous and earn nothing.",
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Extraction:
    """An answer, or why there is none.

    ``how`` is the source that found it. When ``answer`` is None, ``reason`` is ``no_answer``,
    ``unclosed_think`` or ``ambiguous`` and ``message`` is one English sentence.
    """

    answer: str | None
    how: str = ""
    reason: str = ""
    message: str = ""
