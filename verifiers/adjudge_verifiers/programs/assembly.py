r"""The whole program of a candidate: the task's prefix, the candidate's code, the task's suffix.

    >>> assembled("import math\n", Code("from __future__ import annotations\nx = 1\n", "whole"), "")
    'from __future__ import annotations\nimport math\nx = 1\n'

Code that is all of a completion goes on where the prefix ends, even in the middle of a line, as
base models write. Code from a fenced block starts on a line of its own. In Python its
``from __future__ import …`` lines must stand first in a file, so those at its top are put before
the prefix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adjudge_verifiers.programs.fences import Code

_FUTURE = "from __future__ import "


def assembled(prefix: str, code: Code, suffix: str, language: str = "python") -> str:
    """The source to run. ``code.source`` is not None."""
    source = code.source or ""
    if prefix:
        future, rest = _split_future(source) if language == "python" else ("", source)
        goes_on = code.how == "whole" and not future
        joint = "" if prefix.endswith("\n") or goes_on else "\n"
        source = future + prefix + joint + rest
    if suffix:
        source += ("" if source.endswith("\n") else "\n") + suffix
    return source


def _split_future(source: str) -> tuple[str, str]:
    """The lines at the top that import from ``__future__`` (one line each), and all others.

    Linear in the size of the lines looked at: blank lines and comments between them are passed.
    """
    future: list[str] = []
    passed: list[str] = []
    at = 0
    while at < len(source):
        end = source.find("\n", at) + 1 or len(source)
        line = source[at:end]
        text = line.strip()
        if line.startswith(_FUTURE) and not text.endswith(("\\", "(")):
            future.append(line if line.endswith("\n") else f"{line}\n")
        elif not text or text.startswith("#"):
            passed.append(line)
        else:
            break
        at = end
    return ("".join(future), "".join(passed) + source[at:]) if future else ("", source)
