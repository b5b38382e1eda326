"""What can be wrong with a mathematical text: one tree of errors."""

from __future__ import annotations


class MathematicsError(Exception):
    """Raised when a text cannot be judged as mathematics; ``reason`` is a stable code."""

    reason = "not_mathematics"


class NotMathematics(MathematicsError):
    """Raised when a text does not follow the grammar."""


class BeyondLimits(MathematicsError):
    """Raised when a text or a number in it is larger than a limit of ``limits``."""

    reason = "beyond_limits"


class Undefined(MathematicsError):
    """Raised when an expression has no value, such as a division by zero."""

    reason = "undefined"
