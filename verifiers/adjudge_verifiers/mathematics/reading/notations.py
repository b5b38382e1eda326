r"""Notations that need a look at more than one token, rewritten into those that the grammar reads.

"1.5 x 10^3", "1.234.567,89", "<1, 2>", "log base 2 of 5", "2 h 30 min", "204 (base 5)". Each
pattern takes linear time: its runs are bounded and share no characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Rewriting = str | Callable[[re.Match[str]], str]

_LONGEST = 256
_NUMBER = r"\d{1,40}(?:\.\d{1,40})?"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ANGLE = rf"{_NUMBER} ?\^ ?\{{?\\circ\}}?|[^{{}}]{{1,40}}|\{{[^{{}}]{{1,40}}\}}"
_ROW = (
    r"\([^()]{1,200}\)|\[[^][]{1,200}\]|\\langle[^<>]{1,200}\\rangle"
    r"|\\begin.{1,200}\\end\{[a-z]{1,12}\}"
)
_TRANSPOSED = r"(?:T|\{ ?T ?\}|\\top|\{\\top\}|\\intercal|\{?\\(?:mathrm|mathsf|text) ?\{T\}\}?)"
_CONSTANT = r"is (?:an? |any |the )?(?:arbitrary |real )?constant(?: of integration)?\.? ?"
_ALL_BUT = (
    r"(?:\\text ?\{)? ?(?:all|any) (?:real numbers?|reals?)(?: [a-z])?"
    r" (?:except|excluding|but|other than|not equal to)"
)
_DOLLARS = re.compile(r"\$ ?\d[\d,]{0,40}(?:\.\d{1,40})?(?: [a-z]{1,12}){0,3}\.?")
"""A sign that opens no formula."""


def _grouped(found: re.Match[str]) -> str:
    """Digits in groups, with a comma before the decimals: ``1.234,5``."""
    return re.sub(r"[. ]", "", found[1]) + "." + found[2]


def _date(found: re.Match[str]) -> str:
    return f"{_MONTHS[int(found[2]) - 1]} {int(found[3])} {found[1]}"


def _matrix(found: re.Match[str]) -> str:
    """Rows between semicolons, as in ``[1, 2; 3, 4]``."""
    if "," not in found[1]:
        return found[0]
    rows = r" \\ ".join(row.replace(",", "&") for row in found[1].split(";"))
    return rf"\begin{{pmatrix}}{rows}\end{{pmatrix}}"


def _transposed(found: re.Match[str]) -> str:
    r"""A row that is set upright: ``(1, 2)^T``, and a matrix of one row as one of one column."""
    inner = found[1]
    rows, columns = "\\\\" in inner, "&" in inner
    if rows and columns:
        return found[0]
    if inner[0] == "[":
        return f"({inner[1:-1]})" if "," in inner else found[0]
    if columns:
        return inner.replace("&", r" \\ ")
    return inner if rows or "," in inner else found[0]


_NUMERALS: tuple[tuple[re.Pattern[str], Rewriting], ...] = tuple(
    (re.compile(pattern), rewriting)
    for pattern, rewriting in (
        (r"(?<![\d.,])([1-9]\d{0,2}(?:\.\d{3}){2,12})(?![\d.,])",
         lambda found: found[1].replace(".", "")),
        (r"(?<![\d.,])([1-9]\d{0,2}(?:\.\d{3}){2,12}),(\d{1,40})(?![\d.,])", _grouped),
        (r"(?<![\d.,])([1-9]\d{0,2}(?: \d{3}){1,12}),(\d{1,2})(?![\d.,])", _grouped),
        (r"(?<![\d.,])([1-9]\d{0,2}(?:\.\d{3}){1,12}),(\d\d)(?= ?(?:€|\\euro|EUR|[Ee]uros?\b))",
         _grouped),
        (r"(?<=€)([1-9]\d{0,2}(?:\.\d{3}){1,12}),(\d\d)$", _grouped),
        (r"^([1-9]\d{0,39}),(\d\d)(?= ?(?:€|\\euro|EUR|[Ee]uros?\b))", r"\1.\2"),
        (r"^([1-9]\d?(?:,\d\d){0,6},0\d(?:,\d\d){0,6},\d{3})$",
         lambda found: found[1].replace(",", "")),
    )
)  # fmt: skip
"""Digits in groups as they are written in Europe and India."""
_GROUPS = re.compile(r"[. ]\d{3}[.,]|,0\d,|,\d\d ?(?:€|\\euro|EUR|[Ee]uro)")
"""What stands in every text that one of those patterns matches."""

_TABLE: tuple[tuple[tuple[str, ...], str, Rewriting], ...] = (
    # Markdown around a value of a sentence.
    (("**",), r"^\*\*([^*]{1,200})\*\*", r"\1"),
    (("**",), r"(?<= )\*\*([^*]{1,60})\*\*(?:!|(?=[ .,;?]|$))", r"\1"),
    (("**",), r"(?<=[\w%)}$])\*\*(?=[ .,;!?]|$)", ""),
    # Numbers and signs.
    (("x1", "x 1"), rf"({_NUMBER}) ?x ?(?=10 ?(?:\^|\*\*))", r"\1 \\times "),
    ((" x ",), rf"({_NUMBER}) x (?=\d)", r"\1 \\times "),
    (("\\dot", "\\bar", "\\overline"), r"\\(dot|overline|bar) ?(\d)", r"\\\1{\2}"),
    (("{.}",), r"\{\.\}", "."),
    (("{}^\\",), r"\{\}(?=\^\\circ)", ""),
    (("+/-",), r"\+/-", r"\\pm "),
    (("base",), r"\b([0-9A-Fa-f]{1,64})(?:,? in)? ?\(?base[ -](\w{1,7})\)?$", r"\1_{\2}"),
    # Currencies.
    (("USD", "US$", "US\\"), r"^(?:USD ?|US\\?\$ ?)(?=\d)", r"\\$"),
    (("EUR",), r"^EUR ?(?=\d)", r"\\euro "),
    (("GBP",), r"^GBP ?(?=\d)", r"\\pound "),
    (("Rs",), r"^Rs\.? ?(?=\d)", r"\\rupee "),
    (("\\$",), rf"^\\\$ ?({_NUMBER}) ?/ ?(?:\\text ?\{{ ?)?([a-z]{{2,20}})\}}?$", r"\\$\1 per \2"),
    (("dollars",), rf"^({_NUMBER}) dollars(?= (?:per|an?) [a-z]{{2,20}}$)", r"\\$\1"),
    (("sq.",), r"\bsq\. ?", "sq "),
    (("crease of",), r"^((?:in|de)crease) of (.{1,40})$", r"\2 \1"),
    # Angles, dates and times.
    (("^o", "^{o"), r"(?<=\d)\^(?:o|\{o\})(?![A-Za-z])", r"^\\circ "),
    (("angle",), rf"^({_NUMBER}|\\sqrt ?\{{?\d{{1,9}}\}}?) ?\\angle ?({_ANGLE})$",
     r"\1\\operatorname{cis}(\2)"),
    (("-0", "-1"), r"^(1\d{3}|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", _date),
    ((":00",), r"^(\d{1,2}:[0-5]\d):00$", r"\1"),
    (("min", "h ", "hr"), r"\b(\d{1,9}) ?(?:h|hrs?) ?(?:and )?(\d{1,9}) ?(?:m|mins?)\b",
     r"\1 hours \2 minutes"),
    (("min",), r"\b(\d{1,9}) ?mins? ?(?:and )?(\d{1,9}) ?(?:s|secs?)\b",
     r"\1 minutes \2 seconds"),
    (("-hour", "-met", "-second", "-feet", "-foot", "-pound"),
     r"([a-z]{3,20})-(hours?|met(?:er|re)s?|seconds?|feet|foot|pounds?)\b", r"\1 \2"),
    # Functions.
    (("log",), r"(?<![\\A-Za-z])log(\d{1,2}) ?(?=\()", r"\\log_{\1}"),
    (("base",), r"\\?\blog(?:arithm)?,? (?:to the )?base (\w{1,9}) (?:of )?(?=[\w(\\])",
     r"\\log_{\1}"),
    (("natural",), r"\bnatural log(?:arithm)? (?:of )?(?=[\w(\\])", r"\\ln "),
    (("C^",), r"\bC\^\{?(\d{1,6})\}?_\{?(\d{1,6})\}?(?!\d)", r"C_{\2}^{\1}"),
    (("nCr", "nPr"), r"\bn([CP])r ?\(", r"\1("),
    (("Gamma",), r"\\Gamma ?(?:\\left)?\((\d{1,4})(?:\\right)?\)", r"((\1-1)!)"),
    (("const",), r"\\(?:text|mathrm) ?\{ ?(?:const|constant)\.? ?\}", "C"),
    (("constant",), rf", ?(?:where )?[A-Za-z](?:_\d)? ?(?:\\text ?\{{ ?)? ?{_CONSTANT}\}}?$", ""),
    # Vectors and matrices.
    (("<",), r"^((?:[A-Za-z]\w{0,8} ?= ?)?)<([^<>=]{1,200})>$", r"\1\\langle \2\\rangle "),
    ((";",), r"^\[([^][;{}]{1,99}(?:;[^][;{}]{1,99}){1,9})\]$", _matrix),
    (("^T", "^{T", "^\\", "^{\\"),
     rf"^({_ROW}) ?\^ ?{_TRANSPOSED}$", _transposed),
    # All real numbers but some.
    ((" real",), rf"^(?i:{_ALL_BUT})(?: for)? ?\}}?(.{{1,64}})$",
     r"\\mathbb{R} \\setminus \\{\1\\}"),
    ((", as ",), r", as (?:asked|claimed|desired|expected|required|stated)\b[^,;]{0,40}$", ""),
    (("(about", "(approx", "(roughly"),
     r" \((?:about|approx(?:imately|\.)?|roughly) ([^()]{1,60})\)$", r" \\approx \1"),
    # A remark that says the value once more.
    (("(i.e", "(that"), r" \((?:i\.e\.,?|that is,?) ([^()]{1,60})\)$", r" = \1"),
)  # fmt: skip
"""What stands in every text that a pattern matches, the pattern, what is written instead."""
_HINTS = re.compile("|".join(re.escape(hint) for hints, _, _ in _TABLE for hint in hints))
_NOTATIONS = tuple((hints, re.compile(pattern), rewriting) for hints, pattern, rewriting in _TABLE)


def in_standard_notation(text: str) -> str:
    """The text with each notation of the tables rewritten, and nothing else changed."""
    if text[:1] == "$" and _DOLLARS.fullmatch(text):
        return "\\" + text
    if len(text) > _LONGEST:
        return text
    if _GROUPS.search(text) is not None:
        for pattern, rewriting in _NUMERALS:
            text = pattern.sub(rewriting, text)
    if _HINTS.search(text) is not None:
        for hints, pattern, rewriting in _NOTATIONS:
            for hint in hints:
                if hint in text:
                    text = pattern.sub(rewriting, text)
                    break
    return text
