"""Python code of data sets: parsed, never run."""

from __future__ import annotations

import ast
import warnings


def parsed(code: str) -> ast.Module:
    """The syntax tree. Raises SyntaxError for whatever is no Python, however odd."""
    try:
        with warnings.catch_warnings():  # about escapes in texts: not our code
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error)) from error
