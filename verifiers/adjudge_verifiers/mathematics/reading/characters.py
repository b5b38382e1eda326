"""Unicode as models write it, turned into the ASCII and LaTeX that the tokenizer reads."""

# ruff: noqa: RUF001 - a table of characters that look like others
from __future__ import annotations

import re
import unicodedata

from adjudge_verifiers.mathematics.errors import NotMathematics
from adjudge_verifiers.mathematics.reading.vocabulary import COMMANDS, TEXTUAL

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "ϕ": "phi",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega", "∂": "partial", "ℏ": "hbar", "ℓ": "ell",
}  # fmt: skip
_SIGNS = {
    "−": "-", "‐": "-", "‑": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*",
    "∙": "*", "•": "*",
    "÷": "/", "∕": "/", "⁄": "/", "∶": ":", "±": r"\pm ", "∓": r"\mp ", "≤": "<=", "≥": ">=",
    "⩽": "<=", "⩾": ">=", "≦": "<=", "≧": ">=", "≠": "!=", "≈": r"\approx ", "≡": r"\equiv ",
    "∞": r"\infty ", "√": r"\sqrt ", "∛": r"\sqrt[3] ", "∜": r"\sqrt[4] ", "∪": r"\cup ",
    "∩": r"\cap ", "∈": r"\in ", "∉": r"\notin ", "∅": r"\emptyset ", "⌀": r"\emptyset ",
    "∖": r"\setminus ", "ℝ": r"\mathbb{R} ", "ℤ": r"\mathbb{Z} ", "ℕ": r"\mathbb{N} ",
    "ℚ": r"\mathbb{Q} ", "ℂ": r"\mathbb{C} ", "∫": r"\int ", "∑": r"\sum ", "∏": r"\prod ",
    "⌊": r"\lfloor ", "⌋": r"\rfloor ", "⌈": r"\lceil ", "⌉": r"\rceil ", "⟨": r"\langle ",
    "⟩": r"\rangle ", "∣": r"\mid ", "∧": r"\text{ and }", "∨": r"\text{ or }", "→": r"\to ",
    "⇒": r"\implies ", "⟹": r"\implies ", "∀": r"\forall ", "∴": " ", "…": r"\ldots ",
    "⋯": r"\ldots ", "°": r"\degree ", "º": r"\degree ", "′": "'", "″": "''", "’": "'",
    "€": r"\euro ", "℃": r"\degree C", "℉": r"\degree F", "∠": r"\angle ",
    "£": r"\pound ", "₹": r"\rupee ", "¢": r"\cent ", "✓": "", "✔": "",
    "¥": r"\yen ", "，": ",", "。": ".", "、": ",", "；": ";", "：": ":",
    "“": " ", "”": " ", "\u00a0": " ", "\u2009": r"\,", "\u202f": r"\,",
    "\u2002": " ", "\u2003": " ",
    "\u200b": "", "\u2060": "", "\ufeff": "", "\u2061": "", "\u2062": "",
}  # fmt: skip
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_GREEK_NAMES = {letter: f"\\{name} " for letter, name in _GREEK.items()}
_CIRCLED = {chr(0x2460 + n): f"{n + 1}, " for n in range(20)}
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}

_ALPHABETS = {
    chr(code): _GREEK_NAMES.get(plain, plain)
    for code in range(0x1D400, 0x1D800)
    if (plain := unicodedata.normalize("NFKC", chr(code))) != chr(code)
}
"""Mathematical letters and digits that are set in bold, italics or script."""

_TABLE = str.maketrans(
    _FULL_WIDTH
    | _ALPHABETS
    | _GREEK_NAMES
    | _SIGNS
    | {sign: rf"\frac{{{top}}}{{{bottom}}}" for sign, (top, bottom) in _VULGAR.items()}
    | _CIRCLED
)

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣ"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢₓ"
_LEVEL = "0123456789+-()nix"
_RAISED_RUN = re.compile(f"[{_RAISED}]+")
_LOWERED_RUN = re.compile(f"[{_LOWERED}]+")
_PERIOD_RUN = re.compile("(?:[0-9]\u0305)+")
"""Digits under an overline that is set over each of them."""
_FROM_RAISED = str.maketrans(_RAISED, _LEVEL)
_FROM_LOWERED = str.maketrans(_LOWERED, _LEVEL)

_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


_LOST = {"\f": "f", "\t": "t", "\b": "b", "\v": "v", "\a": "a", "\r": "r"}
"""What a backslash and a letter became in texts that were unescaped once too often."""
_LOST_COMMAND = re.compile(r"([\f\t\x08\v\a\r])([a-z]{1,16})")


def escaped_again(text: str) -> str:
    r"""The text with commands such as ``\frac`` where a form feed and ``rac`` stand."""

    def command(found: re.Match[str]) -> str:
        name = _LOST[found[1]] + found[2]
        return f"\\{name}" if name in COMMANDS or name in TEXTUAL else found[0]

    return _LOST_COMMAND.sub(command, text)


def to_ascii(text: str) -> str:
    """The text with mathematical unicode spelled out. Other letters stay as they are.

    Raises NotMathematics for characters that make a text read differently than it is stored.
    """
    if text.isascii():
        return text
    if _REORDERING.search(text):
        raise NotMathematics("the text holds characters that change the direction of writing")
    text = _RAISED_RUN.sub(lambda run: "^{" + run[0].translate(_FROM_RAISED) + "}", text)
    text = _LOWERED_RUN.sub(lambda run: "_{" + run[0].translate(_FROM_LOWERED) + "}", text)
    text = _PERIOD_RUN.sub(lambda run: rf"\overline{{{run[0].replace(chr(0x305), '')}}}", text)
    return text.translate(_TABLE)
