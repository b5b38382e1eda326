"""Bounds on what is parsed and computed: beyond them an answer is refused, never laboured over."""

from __future__ import annotations

TEXT_CHARACTERS = 4_096
"""Longest text that is parsed."""
TOKENS = 1_500
"""Most tokens of one text."""
DEPTH = 40
"""Deepest nesting of brackets, fractions, roots and powers."""
DIGITS = 1_000
"""Most digits of one written number."""
POWER_BITS = 16_384
"""Largest size of an exact power or factorial; larger ones stay symbols."""
FACTORIAL = 1_500
"""Largest argument of an exact factorial, binomial or double factorial."""
TERMS = 600
"""Most terms of a polynomial in normal form."""
NAME_CHARACTERS = 16_384
"""Longest text that stands for an expression in a normal form; a longer one waits for balls."""
PLUS_MINUS = 6
"""Most independent plus-minus signs: 2 to this power values."""
ITEMS = 256
"""Most items of a list, set or matrix."""
PRECISION_BITS = 4_096
"""Highest precision of ball arithmetic."""
SYMPY_NODES = 80
"""Largest pair of expressions handed to SymPy."""
