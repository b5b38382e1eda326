"""What is raised for rows that cannot become a task.

ValueError
└── RowError
    └── NotSupported
UserWarning
└── SeveralAnswersWarning
"""

from __future__ import annotations


class RowError(ValueError):
    """Raised when a row is not of the shape that its format has.

    ``field`` is the path of the field at fault, ``expected`` and ``got`` are English.
    """

    def __init__(self, field: str, expected: str, got: str) -> None:
        super().__init__(field, expected, got)
        self.field = field
        self.expected = expected
        self.got = got

    def __str__(self) -> str:
        return f"{self.field}: expected {self.expected}, got {self.got}"


class NotSupported(RowError):
    """Raised when a row is sound, but says what no task can say."""


class SeveralAnswersWarning(UserWarning):
    """Warns that a statement accepts any of several answers and no checker was given.

    The task compares with the one stored answer, so other right answers will be INCORRECT. Pass
    ``checker=`` a program, or turn the warning into an error and leave such rows out.
    """
