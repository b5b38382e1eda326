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
LINKING = frozenset(("is", "are", "equals", "was"))
"""Words behind which the answer of a sentence stands."""
CONNECTING = frozenset(("therefore", "thus", "so", "hence", "then", "finally", "consequently"))
"""Words that may stand before an answer with a comma."""
SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12,
}  # fmt: skip
"""Words after a number that multiply it."""
_FILLERS = frozenset(
    ["a", "an", "the", "it", "is", "its", "it's", "this", "that", "they", "are", "these", "answer",
     "correct", "final", "solution", "result", "option", "choice", "day", "be", "would", "so",
     "therefore", "thus", "hence"]
)  # fmt: skip
"""Words before an answer in words that say nothing."""
ASSENTS = frozenset(("yes", "no", "true", "false"))
_ECHOES = _FILLERS | {"does", "do", "can", "indeed", "statement"}
_DENIALS = frozenset(("not", "cannot", "doesn't", "isn't", "don't", "can't"))


def essence(text: str) -> str:
    """An answer in words without what says nothing: "It is a circle" is "circle"."""
    words = text.casefold().replace(",", " ").split()
    while len(words) > 1 and words[0] in _FILLERS:
        del words[0]
    if words and words[0] in ASSENTS:
        echoes = _ECHOES | _DENIALS if words[0] in ("no", "false") else _ECHOES
        if all(word in echoes for word in words[1:]):
            return words[0]
    return " ".join(words)
