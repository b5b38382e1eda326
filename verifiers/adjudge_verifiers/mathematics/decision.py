"""What a comparison says, and the rules it follows."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """True, False or, in ``equal=None``, not decided; ``rung`` names what decided."""

    equal: bool | None
    rung: str


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """``rounding``: a decimal reference accepts what rounds to it. ``ordered``: so are lists.

    ``parameters``: names that may be renamed because a text says that they are any integer.
    ``sympy``: whether the last rung is asked; it alone has no bound on its time.
    """

    rounding: bool = True
    ordered: bool = False
    parameters: frozenset[str] = frozenset()
    sympy: bool = True
