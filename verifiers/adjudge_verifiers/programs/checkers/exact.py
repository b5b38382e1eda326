"""Exact: byte for byte, the last newline included."""

from __future__ import annotations

from adjudge_verifiers.programs.checkers.excerpt import excerpt

_CHUNK = 4096


def difference(expected: bytes, output: bytes) -> str | None:
    """None when both are the same bytes, else where they part."""
    if output == expected:
        return None
    at = _first_difference(expected, output)
    line = output.count(b"\n", 0, at) + 1
    if at == len(output):
        return f"the output ends too early, in line {line} (after {at} bytes)"
    if at == len(expected):
        return f"the output goes on after its end, in line {line}: {excerpt(output[at : at + 256])}"
    return f"line {line} is wrong from byte {at} on: {excerpt(output[at : at + 256])}"


def _first_difference(one: bytes, other: bytes) -> int:
    """Position of the first byte that differs; the shorter length when there is none."""
    end = min(len(one), len(other))
    for start in range(0, end, _CHUNK):
        left, right = one[start : start + _CHUNK], other[start : start + _CHUNK]
        if left != right:
            for at, (a, b) in enumerate(zip(left, right, strict=False), start):
                if a != b:
                    return at
    return end
