r"""The part of YAML in which problem packages are written: stdlib alone, everything else refused.

    >>> read_yaml("limits:\n  memory: 512  # MiB\nkeywords: [a, 'b']\n")
    {'limits': {'memory': 512}, 'keywords': ['a', 'b']}

Block mappings and lists, one-line flow lists and mappings, plain and quoted scalars (also folded
over more indented lines), ``|`` and ``>`` blocks, comments, and ``---`` at the start. Anchors,
aliases, tags and several documents raise YamlError. Scalars are read as in YAML's core schema.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

DEEPEST_LEVEL = 20
_KEY = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#'"\[\]{},&*!|>%@`-][^#:]*?)\s*:(?:\s+|$)"""
)
_INTEGER = re.compile(r"[-+]?[0-9]{1,4000}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class YamlError(ValueError):
    """Raised when a text is not in the part of YAML that is read here."""


class _Line(NamedTuple):
    number: int
    indent: int
    text: str


def read_yaml(text: str) -> Any:
    """What the document says: None, bool, int, float, str, list and dict. Raises YamlError."""
    reader = _Reader(text.removeprefix("\ufeff"))
    value = reader.node(0, 0)
    reader.expect_end()
    return value


class _Reader:
    """Reads a document from its first line on."""

    def __init__(self, text: str) -> None:
        self._raw = text.split("\n")
        self._at = 0
        if self._peek() is not None and self._raw[self._at].rstrip() == "---":
            self._at += 1

    def _peek(self) -> _Line | None:
        """The next line that says anything, without its comment."""
        while self._at < len(self._raw):
            raw = self._raw[self._at].rstrip()
            text = raw.lstrip(" ")
            if text and not text.startswith("#") and raw != "...":
                if text.startswith("\t"):
                    raise YamlError(f"line {self._at + 1}: a tab before the text")
                return _Line(self._at + 1, len(raw) - len(text), text)
            self._at += 1
        return None

    def expect_end(self) -> None:
        line = self._peek()
        if line is not None:
            raise YamlError(f"line {line.number}: not understood: {line.text[:40]!r}")

    def node(self, indent: int, level: int) -> Any:
        """The block that starts on the next line, if that is indented by ``indent`` or more."""
        if level > DEEPEST_LEVEL:
            raise YamlError(f"nested more than {DEEPEST_LEVEL} levels deep")
        line = self._peek()
        if line is None or line.indent < indent:
            return None
        if line.text == "-" or line.text.startswith("- "):
            return self._list(line.indent, level)
        if _KEY.match(line.text):
            return self._mapping(line.indent, level)
        self._at += 1
        return self._scalar(line.text, line, line.indent)

    def _list(self, indent: int, level: int) -> list[Any]:
        items: list[Any] = []
        while (line := self._peek()) and line.indent == indent and (line.text + " ")[:2] == "- ":
            rest = line.text[1:].lstrip(" ")
            if not rest or rest.startswith("#"):
                self._at += 1
                items.append(self.node(indent + 1, level + 1))
            else:
                inner = indent + len(line.text) - len(rest)
                self._raw[self._at] = " " * inner + rest
                items.append(self.node(inner, level + 1))
        return items

    def _mapping(self, indent: int, level: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while (line := self._peek()) and line.indent == indent:
            match = _KEY.match(line.text)
            if match is None:
                break
            key = match[1]
            key = self._quoted(key, line) if key[0] in "\"'" else key
            if key in entries:
                raise YamlError(f"line {line.number}: the key {key!r} again")
            rest = line.text[match.end() :]
            self._at += 1
            if rest and not rest.startswith("#"):
                entries[key] = self._scalar(rest, line, indent + 1)
            else:
                following = self._peek()
                same = following and following.indent == indent and following.text[:1] == "-"
                entries[key] = self.node(indent if same else indent + 1, level + 1)
        return entries

    def _scalar(self, text: str, line: _Line, indent: int) -> Any:
        if text[0] in "|>":
            return self._block(text, indent)
        if text[0] in "&*!%@`":
            raise YamlError(f"line {line.number}: {text[0]!r} is not read here")
        if text[0] in "[{":
            return _flow(_uncommented(text), line.number)
        if text[0] in "\"'":
            return self._quoted(_uncommented(text), line)
        parts = [_uncommented(text)]
        while (
            (more := self._peek()) and more.indent >= max(indent, 1) and not _KEY.match(more.text)
        ):
            parts.append(_uncommented(more.text))
            self._at += 1
        return _plain(parts[0]) if len(parts) == 1 else " ".join(parts)

    def _block(self, header: str, indent: int) -> str:
        lines: list[str] = []
        while self._at < len(self._raw):
            raw = self._raw[self._at].rstrip("\r")
            if raw.strip() and len(raw) - len(raw.lstrip(" ")) < max(indent, 1):
                break
            lines.append(raw)
            self._at += 1
        margin = min((len(one) - len(one.lstrip(" ")) for one in lines if one.strip()), default=0)
        text = "\n".join(one[margin:] for one in lines).rstrip("\n")
        if header[0] == ">":
            text = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
        return text if "-" in header[:3] else text + "\n"

    def _quoted(self, text: str, line: _Line) -> str:
        if len(text) > 1 and text[0] == text[-1] == "'":
            return text[1:-1].replace("''", "'")
        try:
            value = json.loads(text)
        except ValueError as error:
            raise YamlError(f"line {line.number}: a quoted text that does not end") from error
        return str(value)


def _uncommented(text: str) -> str:
    """The text up to a comment, which starts with " #" outside of quotes."""
    quote = ""
    for at, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and (at == 0 or text[at - 1] in " [{,:"):
            quote = character
        elif character == "#" and text[at - 1 : at].isspace():
            return text[:at].rstrip()
    return text.rstrip()


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if text.lower().lstrip("+-") in {".inf", ".nan"}:
        return float(text.replace(".", "", 1))
    return text


def _flow(text: str, number: int) -> Any:
    """A one-line list or mapping of scalars; nested ones are read by position."""
    value, at = _flow_value(text, 0, number, 0)
    if text[at:].strip():
        raise YamlError(f"line {number}: not understood: {text[at : at + 40]!r}")
    return value


def _flow_value(text: str, at: int, number: int, level: int) -> tuple[Any, int]:
    if level > DEEPEST_LEVEL:
        raise YamlError(f"line {number}: nested more than {DEEPEST_LEVEL} levels deep")
    at = _skip(text, at)
    if text[at : at + 1] == "[":
        items: list[Any] = []
        at = _skip(text, at + 1)
        while text[at : at + 1] != "]":
            item, at = _flow_value(text, at, number, level + 1)
            items.append(item)
            at = _separator(text, at, "]", number)
        return items, at + 1
    if text[at : at + 1] == "{":
        entries: dict[str, Any] = {}
        at = _skip(text, at + 1)
        while text[at : at + 1] != "}":
            key, at = _flow_scalar(text, at, number, stops=",:}")
            at = _skip(text, at)
            if text[at : at + 1] != ":":
                raise YamlError(f"line {number}: a key without a value")
            entries[str(key)], at = _flow_value(text, at + 1, number, level + 1)
            at = _separator(text, at, "}", number)
        return entries, at + 1
    return _flow_scalar(text, at, number, stops=",]}")


def _flow_scalar(text: str, at: int, number: int, stops: str) -> tuple[Any, int]:
    quote = text[at : at + 1]
    if quote in {'"', "'"}:
        end = text.find(quote, at + 1)
        while quote == '"' and end > 0 and text[end - 1] == "\\":
            end = text.find(quote, end + 1)
        if end < 0:
            raise YamlError(f"line {number}: a quoted text that does not end")
        return text[at + 1 : end], end + 1
    end = at
    while end < len(text) and text[end] not in stops:
        end += 1
    return _plain(text[at:end].strip()), end


def _separator(text: str, at: int, closing: str, number: int) -> int:
    at = _skip(text, at)
    if text[at : at + 1] == ",":
        return _skip(text, at + 1)
    if text[at : at + 1] != closing:
        raise YamlError(f"line {number}: expected ',' or {closing!r}")
    return at


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at
