"""Words around an answer: what leads to it, qualifies it, scales it or takes it back."""

from __future__ import annotations

QUALIFIERS = frozenset(
    ["for", "where", "when", "with", "such", "provided", "if", "since", "because", "given", "as"]
)
"""What follows these words says when an answer holds, not what it is."""
LEADING = frozenset(
    [
        "only",
        "approximately",
        "about",
        "exactly",
        "roughly",
        "option",
        "choice",
        "the",
        "is",
        "are",
        "either",
        "both",
        "namely",
        "thus",
        "so",
        "hence",
        "if",
        "when",
        "answer",
        "value",
        "values",
        "solution",
        "solutions",
        "point",
        "points",
        "equals",
        "then",
        "therefore",
        "gives",
    ]
)
"""Words before an answer that do not change it."""
REFUSING = frozenset(
    [
        "not",
        "no",
        "neither",
        "never",
        "none",
        "except",
        "but",
        "isn't",
        "cannot",
        "wrong",
        "incorrect",
        "false",
        "impossible",
    ]
)
"""Words that no unit or noun contains: what follows a number may not take it back."""
ELSE = frozenset(
    ["then", "else", "otherwise", "instead", "maybe", "perhaps", "possibly", "alternatively"]
)
"""Words of a condition that offer another answer."""
SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12,
}  # fmt: skip
"""Words after a number that multiply it."""
