"""A table of choices: which one an answer means, by its letter, by what it says, or both."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import BadTask
from adjudge_verifiers.mathematics.comparing.ladder import equivalent
from adjudge_verifiers.mathematics.errors import MathematicsError
from adjudge_verifiers.mathematics.letters import spoken_choice
from adjudge_verifiers.mathematics.reading.text import read
from adjudge_verifiers.mathematics.syntax import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge_verifiers.mathematics.comparing.ladder import Parsed
    from adjudge_verifiers.mathematics.decision import Rules

_CHARACTERS = 4_096
_STYLES = r"\\(?:text(?:bf|it|rm|sf|tt)?|math(?:bf|rm|it|sf)|mbox|bf|rm|it)(?![A-Za-z])"
_SPACES = r"[{}$*\s~]|\\(?:[ ,;:!]|q?quad(?![A-Za-z]))"
_STYLE = re.compile(rf"{_STYLES}|{_SPACES}")
_LABEL = re.compile(
    rf"(?:{_STYLES}|{_SPACES}|:|(?:the|correct|right|final|best|option|choice|answer|is)(?![A-Za-z]))*+"
    rf"(?:[(\[](?:{_STYLES}|{_SPACES})*+(?P<bracketed>[A-Z])(?:{_SPACES})*+[)\]](?:{_SPACES})*+[:,]?"
    rf"|(?P<bare>[A-Z])(?![\w'^_(])(?P<mark>(?:{_SPACES})*+[)\].:,;]?))"
    rf"(?:{_SPACES})*+(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_MARKS = frozenset("}*)].:,;")
"""What parts a letter from what its choice says."""
_JOINTS = "=-–—"  # noqa: RUF001 - dashes
_SPOKEN = re.compile(
    r"\b[Oo]ption\s*[(\[]?([A-Z])\b|\b(?:[Oo]ption|[Cc]hoice|[Aa]nswer)(?:\s+is)?:?\s*[(\[]?([A-Z])\b"
    r"|[(\[]([A-Z])[)\]]",
    re.ASCII,
)
_TAKEN_BACK = re.compile(
    r"\b(?:not|no|never|wrong|incorrect|false|unlike|except|eliminated?|or)\b|n't\b", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W_]+")
_ARTICLES = frozenset(("a", "an", "An", "the", "The"))
"""Words that choices are compared without. "A" may be a letter."""


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """What a choice says, and its value where it is mathematics."""

    text: str
    parsed: Parsed | None

    @property
    def is_prose(self) -> bool:
        """Whether words say it, and no value."""
        return self.parsed is None or isinstance(self.parsed.node, Word)


@dataclasses.dataclass(frozen=True, slots=True)
class Choices:
    """What every letter says."""

    contents: Mapping[str, Content]
    rules: Rules

    def meant(self, text: str) -> str:
        """The letter that an answer means; "" for none, for several or for a contradiction.

        A letter decides; what stands behind it must not contradict it.
        """
        if len(text) > _CHARACTERS:
            return ""
        match = _LABEL.fullmatch(text)
        written = (match["bracketed"] or match["bare"]) if match else ""
        letter = written.upper()
        if match is None or letter not in self.contents:
            return self._saying(text) or self._spoken(text)
        rest = _balanced(match["rest"], text[: match.start("rest")])
        sure = match["bracketed"] or not (_MARKS.isdisjoint(match["mark"]) and rest)
        if written == letter and (sure or not rest):
            return letter if not rest or self._agrees(letter, rest) else ""
        return self._unsure(letter, rest, text)

    def _unsure(self, letter: str, rest: str, text: str) -> str:
        """A small letter, or one that only a space or dash parts: ``b``, ``A = 5``, ``a + b``."""
        said = self._saying(text)
        if said or not rest:
            return said or letter
        joined = rest[0] in _JOINTS
        if (joined and self._agrees(letter, rest[1:])) or self._agrees(letter, rest):
            return letter
        return "" if joined else self._spoken(text)

    def _agrees(self, letter: str, said: str) -> bool:
        """Whether what stands behind a letter is what its choice says, and no other one does."""
        meant = self._saying(said)
        if meant or not self.contents[letter].is_prose:
            return meant == letter
        words, own = _words(said), _words(self.contents[letter].text)
        if not own or not _within(own, words) or _TAKEN_BACK.search(said):
            return False
        others = (_words(one.text) for key, one in self.contents.items() if key != letter)
        return not any(one and _within(one, words) and not _within(one, own) for one in others)

    def _saying(self, text: str) -> str:
        """The letter of the one choice that says the same; "" for none or several."""
        content = content_of(text)
        found = [key for key, one in self.contents.items() if _same(one, content, self.rules)]
        if len(found) > 1:  # rounded alike: the one that is exactly this
            exactly = dataclasses.replace(self.rules, rounding=False, tolerance=None)
            found = [key for key in found if _same(self.contents[key], content, exactly)]
        return found[0] if len(found) == 1 else ""

    def _spoken(self, text: str) -> str:
        """The one letter that the last line of prose names as an option."""
        line = _STYLE.sub(" ", text.rstrip().rsplit("\n", 1)[-1])
        if _TAKEN_BACK.search(line):
            return ""
        letters = {match[1] or match[2] or match[3] for match in _SPOKEN.finditer(line)}
        letter = letters.pop() if len(letters) == 1 else "" if letters else spoken_choice(line)
        return letter if letter in self.contents else ""


def prepare_choices(table: Mapping[str, str], rules: Rules) -> Choices:
    """Read what the choices say. Raises BadTask for two that say the same."""
    rules = dataclasses.replace(rules, sympy=False)
    contents = {letter: content_of(text) for letter, text in table.items()}
    exactly = dataclasses.replace(rules, rounding=False, tolerance=None)
    letters = list(contents)
    for place, letter in enumerate(letters):
        for other in letters[:place]:
            if _same(contents[other], contents[letter], exactly):
                raise BadTask(
                    f"choices.{letter}", f"says the same as {other}", reason="bad_choices"
                )
    return Choices(contents, rules)


def content_of(text: str) -> Content:
    """The value of a text, where it is mathematics."""
    try:
        return Content(text, read(text))
    except MathematicsError:
        return Content(text, None)


def _same(one: Content, other: Content, rules: Rules) -> bool:
    if _plain(one.text) == _plain(other.text):
        return True
    if one.parsed is None or other.parsed is None:
        return False
    try:
        return equivalent(one.parsed, other.parsed, rules).equal is True
    except MathematicsError:
        return False


def _plain(text: str) -> str:
    """The text without styles, articles, spaces and a full stop; long words in small letters."""
    words = _STYLE.sub(" ", text).strip(" .").split()
    return " ".join(
        word.casefold() if len(word) > 1 else word
        for word in words
        if word not in _ARTICLES or len(words) == 1
    )


def _words(text: str) -> list[str]:
    """Words and numbers in small letters, without articles."""
    words = _WORDS.findall(_STYLE.sub(" ", text))
    return [word.casefold() for word in words if word not in _ARTICLES]


def _within(inner: list[str], outer: list[str]) -> bool:
    """Whether words stand one after another in others."""
    size = len(inner)
    return any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))


def _balanced(rest: str, before: str) -> str:
    """What follows a letter, without the ends of the groups that were opened before it."""
    surplus = before.count("{") - before.count("}")
    rest = rest.strip("$* \t\r\n")
    while surplus > 0 and rest.endswith("}"):
        rest, surplus = rest[:-1].strip(), surplus - 1
    return rest
