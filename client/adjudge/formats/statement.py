"""What a problem's statement says of how outputs are compared.

    >>> checker_options("… an absolute or relative error of at most 10^{-6} …")
    {'checker': {'name': 'floats', 'rel_tol': 1e-06, 'abs_tol': 1e-06}}

CodeContests, TACO and APPS store one answer for each test and no checker, though many of their
problems take any of several answers or a tolerance (ScaleBox: 14.6 % of 34,757 problems need a
special judge). The phrases are those of Codeforces, AtCoder and CodeChef statements.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

from adjudge.formats.errors import SeveralAnswersWarning

_TOLERANCE = re.compile(
    r"\b(?:error|precision|differ\w*)\b[^.;]{0,120}?"
    r"(?:10\s*(?:\^|\*\*)?\s*\{?\s*[-−–]\s*\{?\s*(\d{1,2})|\b1e-(\d{1,2}))",  # noqa: RUF001 - minus signs as statements have them
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:(?:there (?:are|is)|if) (?:several|multiple|many|more than one)"
    r" (?:possible |valid |correct |optimal |such )*(?:answer|solution|output|way|option)"
    r"|(?:print|output|find) any"
    r" (?:of them|one of them|such|valid|correct|possible|solution|answer)"
    r"|any of them (?:is|will be) (?:accepted|correct))",
    re.IGNORECASE,
)
_ANY_CASE = re.compile(
    r"\b(?:in any (?:case|register)|case[- ]insensitive|(?:upper or lower|lower or upper) case"
    r"|each letter in (?:any|either))\b",
    re.IGNORECASE,
)
_LONGEST_CHARACTERS = 200_000


def checker_options(statement: str) -> dict[str, Any]:
    """``checker`` and ``case_sensitive`` for ``tasks.programs``, where the statement speaks of it.

    Warns by SeveralAnswersWarning when it accepts several answers.
    """
    statement = statement[:_LONGEST_CHARACTERS]
    options: dict[str, Any] = {}
    tolerance = _TOLERANCE.search(statement)
    if tolerance:
        within = float(f"1e-{tolerance[1] or tolerance[2]}")
        options["checker"] = {"name": "floats", "rel_tol": within, "abs_tol": within}
    elif accepts_several_answers(statement):
        warnings.warn(SeveralAnswersWarning("the statement accepts several answers"), stacklevel=4)
    if _ANY_CASE.search(statement):
        options["case_sensitive"] = False
    return options


def accepts_several_answers(statement: str) -> bool:
    """True when the statement says that any of several answers will do."""
    return _SEVERAL.search(statement[:_LONGEST_CHARACTERS]) is not None
