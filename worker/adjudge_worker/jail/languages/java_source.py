"""Finding out what a Java source must be called, and which of its types is to be run."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""
    //[^\n]* | /\*.*?(?:\*/|\Z)                       # comments
    | \"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z)              # text blocks
    | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?     # texts and characters
    | (?:[^\W\d]|\$)[\w$]* | [{}().;]
    """,
    re.VERBOSE | re.DOTALL,
)
_TYPES: Final = frozenset({"class", "interface", "enum", "record"})
_SIGNS: Final = frozenset("{}().;")
_DEFAULT: Final = "Main"
_LONGEST_NAME_BYTES: Final = 200
"""Of a file; a public type with a longer name does not compile, which the compiler will tell."""


def find_main(source: str) -> tuple[str, str]:
    """The name that the file must have, and the full name of the type whose ``main`` is to be run.

    The file is called after the public type, the main type, the first type or "Main". One pass over
    the source; nothing is checked, that is the compiler's business.
    """
    words = _words(source)
    public, first, main = "", "", ""
    depth, current, is_public, before = 0, "", False, ""
    for word in words:
        if word == "{":
            depth += 1
        elif word == "}":
            depth -= 1
            is_public = False
        elif depth == 1 and word == "main" and before == "void":
            main = main or current
        elif depth == 0 and word == "public":
            is_public = True
        elif depth == 0 and before in _TYPES and word not in _SIGNS:
            current, first = word, first or word
            if is_public:
                public = public or word
        before = word
    file = public or main or first
    if not 0 < len(file.encode()) <= _LONGEST_NAME_BYTES:
        file = _DEFAULT
    name = main or public or first or _DEFAULT
    package = _package(words)
    return f"{file}.java", f"{package}.{name}" if package else name


def _package(words: list[str]) -> str:
    """The name after ``package``, which stands before every import and type; "" without one."""
    try:
        start = words.index("package") + 1
        end = words.index(";", start)
    except ValueError:
        return ""
    before = words[: start - 1]
    return "" if "{" in before or ";" in before else "".join(words[start:end])


def _words(source: str) -> list[str]:
    """Names and signs, without comments and texts."""
    found = (match[0] for match in _TOKEN.finditer(source))
    return [word for word in found if word[0] not in "/\"'"]
