"""What a verdict tells of single tests: what the task allows, by default none of their data."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge_verifiers.contract import CaseResult
    from adjudge_verifiers.programs.parameters import Feedback
    from adjudge_verifiers.programs.report import CaseReport

MESSAGE_CHARACTERS = 200


def results(feedback: Feedback, reports: Sequence[CaseReport]) -> Sequence[CaseResult]:
    """The results of single tests in their order, each with the words that ``feedback`` allows."""
    if feedback == "none":
        return ()
    return [
        dataclasses.replace(report.result, message=_words(feedback, report)[:MESSAGE_CHARACTERS])
        for report in reports
    ]


def message(feedback: Feedback, number: int, tests: int, report: CaseReport) -> str:
    """One sentence on the test that failed first, number ``number`` from 0 on."""
    if feedback == "none":
        return "Not every test passed."
    words = _words(feedback, report)[:MESSAGE_CHARACTERS]
    return f"Test {number + 1} of {tests}: {words}."


def _words(feedback: Feedback, report: CaseReport) -> str:
    if feedback == "diff" and report.difference:
        return report.difference
    return report.result.message
