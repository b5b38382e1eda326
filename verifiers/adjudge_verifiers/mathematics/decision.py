"""What a comparison says, and the rules it follows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from flint import fmpq

Units = Literal["accept_missing", "required", "ignore"]
Order = Literal["as_written", "ordered", "unordered"]


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """True, False or, in ``equal=None``, not decided; ``rung`` names what decided."""

    equal: bool | None
    rung: str


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """``rounding``: a decimal reference accepts what rounds to it. ``tolerance``: relative to the
    reference and absolute, or None for none. ``units`` and ``order``: as in the parameters.

    ``parameters``: names that may be renamed because a text says that they are any integer.
    ``sympy``: whether the last rung is asked; it alone has no bound on its time.
    """

    rounding: bool = True
    order: Order = "as_written"
    parameters: frozenset[str] = frozenset()
    sympy: bool = True
    units: Units = "accept_missing"
    tolerance: tuple[fmpq, fmpq] | None = None
