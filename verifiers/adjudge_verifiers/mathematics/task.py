"""A task of the verifier ``mathematics`` that is ready to judge."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adjudge_verifiers.contract import Verdict
    from adjudge_verifiers.extraction import AnswerPolicy
    from adjudge_verifiers.mathematics.choices import Choices
    from adjudge_verifiers.mathematics.comparing.ladder import Parsed
    from adjudge_verifiers.mathematics.decision import Rules
    from adjudge_verifiers.mathematics.parameters import RequiredForm


@dataclasses.dataclass(slots=True, eq=False)
class PreparedMathematics:
    """References ready to compare with; ``choice`` is the letter when one of them is a choice.

    ``choices`` and ``wanted``: the table of choices and the letters of the right ones.
    ``memo``: verdicts by answer and source, so that equal answers of a group are judged once.
    """

    references: tuple[Parsed, ...]
    choice: str
    rules: Rules
    extraction: AnswerPolicy
    choices: Choices | None = None
    wanted: frozenset[str] = frozenset()
    required_form: RequiredForm | None = None
    explain: bool = False
    principal_roots: bool = False
    memo: dict[tuple[str, str], Verdict] = dataclasses.field(default_factory=dict)
