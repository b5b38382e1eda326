"""Finding out what a Java source must be called, and which of its types is to be run."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""
    //[^\n]* | /\*.*?(?:\*/|\Z)                       # comments
    | \"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z)              # text blocks
    | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?     # texts and characters
    | [^\W\d][\w$]* | [{}().;]
    """,
    re.VERBOSE | re.DOTALL,
)
_TYPES: Final = frozenset({"class", "interface", "enum", "record"})
_DEFAULT: Final = "Main"


def find_main(source: str) -> tuple[str, str]:
    """The name that the file must have, and the name of the type whose ``main`` is to be run.

    The file is called after the public type, the main type, the first type or "Main". One pass over
    the source; nothing is checked, that is the compiler's business.
    """
    package, public, first, main = "", "", "", ""
    depth, current, is_public = 0, "", False
    words = _words(source)
    before = ["", ""]
    for word in words:
        if word == "{":
            depth += 1
        elif word == "}":
            depth -= 1
        elif depth == 0 and before[-1] == "package":
            package = word
        elif depth == 0 and before[-1] == "." and package and not current and not first:
            package += "" if word == ";" else f".{word}"
        elif depth == 0 and before[-1] in _TYPES and word[0] not in ".;()":
            current, first = word, first or word
            public = public or (word if is_public else "")
        elif depth == 1 and word == "main" and before[-1] == "void":
            main = main or current
        if depth == 0:
            is_public = word == "public" or (is_public and word not in {";", "}"})
        before = [before[-1], word]
    file = public or main or first or _DEFAULT
    name = main or public or first or _DEFAULT
    return f"{file}.java", f"{package}.{name}" if package else name


def _words(source: str) -> list[str]:
    found = (match[0] for match in _TOKEN.finditer(source))
    return [word for word in found if word[0] not in "/\"'"]
