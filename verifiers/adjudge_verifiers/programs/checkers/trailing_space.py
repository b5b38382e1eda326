"""Trailing space: line by line, blind to blanks at the ends of lines and blank lines at the end.

Blanks are space, tab, carriage return, vertical tab and form feed, so CRLF equals LF. Blanks at the
start of a line, blank lines in the middle and a missing last newline: the first two count, the
third does not.
"""

from __future__ import annotations

from adjudge_verifiers.programs.checkers.excerpt import excerpt


def difference(expected: bytes, output: bytes) -> str | None:
    """None when every line agrees, else the first line that does not."""
    if output == expected:
        return None
    end = len(expected.rstrip())
    expected_at = output_at = line = 0
    while expected_at < end:
        line += 1
        if output_at >= len(output):
            return f"the output ends too early, before line {line}"
        expected_stop = _line_end(expected, expected_at)
        output_stop = _line_end(output, output_at)
        came = output[output_at:output_stop]
        if came.rstrip() != expected[expected_at:expected_stop].rstrip():
            return f"line {line} is wrong: {excerpt(came)}"
        expected_at, output_at = expected_stop + 1, output_stop + 1
    rest = output[output_at:].strip()
    return None if not rest else f"the output goes on after line {line}: {excerpt(rest)}"


def _line_end(text: bytes, start: int) -> int:
    end = text.find(b"\n", start)
    return len(text) if end < 0 else end
