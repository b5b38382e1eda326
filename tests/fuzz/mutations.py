"""Hostile and half-right mathematical texts, made from the corpus by token-level mutations."""

# ruff: noqa: RUF001 - characters that look like others
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

CORPUS = Path(__file__).parents[1] / "corpus" / "mathematics"
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+|\s+|[A-Za-z]+|.", re.DOTALL)
_MOST_CHARACTERS = 6_000
_SHORT = 400
_COMMANDS = [
    r"\frac", r"\dfrac", r"\sqrt", r"\sqrt[3]", r"\left", r"\right", r"\text{", r"\mathrm{",
    r"\pm", r"\mp", r"\cup", r"\cap", r"\setminus", r"\in", r"\notin", r"\infty", r"\emptyset",
    r"\pi", r"\alpha", r"\theta", r"\sin", r"\cos", r"\tan", r"\arcsin", r"\log_2", r"\ln",
    r"\exp", r"\lim_{x\to0}", r"\int_0^1", r"\sum_{n=1}^{3}", r"\prod_{k=1}^{4}", r"\binom",
    r"\begin{pmatrix}", r"\end{pmatrix}", r"\begin{cases}", r"\end{cases}", "\\\\", "&", r"\{",
    r"\}", r"\lfloor", r"\rfloor", r"\lceil", r"\rceil", r"\pmod{7}", r"\equiv", r"\le", r"\ge",
    r"\neq", r"\approx", r"\to", r"\cdot", r"\times", r"\div", r"\overline{", r"\circ", r"^\circ",
    r"\%", r"\$", r"\,", r"\;", r"\!", r"\quad", r"\boxed{", r"\mid", r"\vec", r"\hat", r"\bar",
    r"\max", r"\min", r"\gcd", r"\det", r"\operatorname{lcm}", r"\frac{d}{dx}", r"\partial",
    r"\forall", r"\mathbb{R}", r"\mathbb{Z}", r"\over", r"\choose", r"\tfrac", r"\displaystyle",
    r"\label{a}", r"\tag{1}", r"\dots", r"\ldots", r"\cdots", r"\not", r"\angle", r"\triangle",
]  # fmt: skip
_SIGNS = [*"+-*/^_!()[]{}|,;:=<>%'.$&~ \"\n\t"]
_UNICODE = [
    *"²³√½⅓∞−·×≤≥≠π∪∈∅αθ°′±⌊⌋∑∫ℝ０１２（），。é漢😀Ⅳ٣",
    "\u200b",
    "\u202e",
    "\ud800",
    "e\u0301",
]
_WORDS = [
    "and", "or", "not", "if", "where", "is", "the", "no", "solution", "cm", "km/h", "degrees",
    "percent", "dollars", "mod", "in", "to", "all", "x",
]  # fmt: skip
_NUMBERS = [
    "0", "1", "2", "7", "10", "-1", "0.5", "1e9", "3.14159265358979", "1,000", "0.1(6)",
]  # fmt: skip
_ATOMS = [
    "x", "y", "n", "a", "0", "1", "2", "3", "-1", r"\frac12", "0.5", r"\pi", "e", "i", r"\sqrt2",
    "10", "x^2", r"\sqrt[3]{-8}", "12345678901", "x_1", r"\theta", "3.14", "2^{10}", r"\infty",
    r"30^\circ", r"50\%", "7!", "(1,2)", r"\pm3", "x+1", "1000000007", r"\frac{x}{y}",
]  # fmt: skip
_FRAMES = [
    r"\frac{A}{B}", "(A)^{B}", "A+B", "A-B", r"A\cdot B", r"\sqrt{A}", r"\sqrt[B]{A}", "(A,B)",
    r"A \text{ or } B", r"\{A,B\}", "A=B", "A<B", r"A\le B", r"\sin(A)", r"\tan A", "|A|", "(A)!",
    r"A \pmod{B}", r"\log_{A}(B)", r"\ln(A)", r"A \pm B", "[A,B)", r"(A,B)\cup[B,A]", "A, B",
    r"\begin{pmatrix}A&B\\B&A\end{pmatrix}", r"\binom{A}{B}", r"\lfloor A\rfloor", "A:B",
    r"\arcsin(A)", r"A \text{ cm}", r"A \text{ km/h}", "x=A, y=B", r"\int_A^B x\,dx", "f(A)=B",
    r"\max(A,B)", "e^{A}", r"\frac{d}{dx}(A)", r"\{x \mid A<x<B\}", "-(A)", "(A)(B)", r"A^\circ",
    r"\sum_{k=1}^{A} B", r"A=B\pi k, k\in\mathbb{Z}", r"x\equiv A\pmod{B}", "A_{7}", r"A\%",
]  # fmt: skip
_RESTATED = [
    "A+0", "1(A)", r"\frac{A}{1}", r"\frac{(A)^2}{A}", r"\sqrt{(A)^2}", "(A)+1-1", "-(-(A))",
    r"e^{\ln(A)}", r"\sin^2(A)+\cos^2(A)-1+A", "A+10^{-40}", r"\sqrt[3]{(A)^3}", "2A-A", "|A|",
]  # fmt: skip
_AROUND = [
    ("(", ")"), ("{", "}"), (r"\sqrt{", "}"), (r"\frac{1}{", "}"), ("|", "|"), (r"\sin(", ")"),
    ("x^{", "}"), (r"\left[", r"\right]"), (r"\{", r"\}"), ("-", ""), ("2^{", "}"), (r"\log(", ")"),
    ("(1+", ")^3"), ("(", ")!"), (r"\text{", "}"),
]  # fmt: skip


def corpus() -> list[str]:
    """All references and answers of the corpus, each once, in a fixed order."""
    texts: dict[str, None] = {}
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts.update(dict.fromkeys(str(row.get(key, "1")) for key in ("reference", "answer")))
    return list(texts)


class Mutator:
    """Makes texts; the same seed makes the same texts."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._texts = corpus()

    def text(self) -> str:
        """A corpus text after none to six mutations, or an expression of frames and atoms."""
        if self._dice.random() < 0.5:
            return self._framed(self._dice.choice((0, 1, 1, 2, 2, 3)))
        tokens = _TOKEN.findall(self._dice.choice(self._texts))
        for _ in range(self._dice.choice((0, 1, 1, 2, 2, 3, 4, 6))):
            tokens = self._dice.choice(_MUTATIONS)(self, tokens)
        return "".join(tokens)[:_MOST_CHARACTERS]

    def pair(self) -> tuple[str, str]:
        """Two texts: unrelated, or the second a mutation of the first."""
        first = self.text()
        if len(first) < _SHORT and self._dice.random() < 0.3:
            return first, self._dice.choice(_RESTATED).replace("A", first)
        if self._dice.random() < 0.4:
            return first, self.text()
        tokens = _TOKEN.findall(first)
        for _ in range(self._dice.randint(0, 2)):
            tokens = self._dice.choice(_MUTATIONS)(self, tokens)
        return first, "".join(tokens)[:_MOST_CHARACTERS]

    def _framed(self, depth: int) -> str:
        if depth == 0:
            short = self._dice.random() < 0.2
            return self._dice.choice(self._texts if short else _ATOMS)
        frame = self._dice.choice(_FRAMES)
        parts = {name: self._framed(depth - 1) for name in "AB"}
        return re.sub("[AB]", lambda match: parts[match[0]], frame)

    def _place(self, tokens: list[str]) -> int:
        return self._dice.randint(0, len(tokens))

    def _span(self, tokens: list[str]) -> tuple[int, int]:
        start = self._place(tokens)
        return start, min(len(tokens), start + self._dice.randint(1, 6))

    def splice(self, tokens: list[str]) -> list[str]:
        """The head of one text and the tail of another."""
        other = _TOKEN.findall(self._dice.choice(self._texts))
        return tokens[: self._place(tokens)] + other[self._place(other) :]

    def embed(self, tokens: list[str]) -> list[str]:
        """One text in place of a part of another, in brackets or not."""
        start, end = self._span(tokens)
        other = _TOKEN.findall(self._dice.choice(self._texts))
        left, right = self._dice.choice((("{", "}"), ("(", ")"), ("", ""), (r"\sqrt{", "}")))
        return [*tokens[:start], left, *other, right, *tokens[end:]]

    def insert(self, tokens: list[str]) -> list[str]:
        """A command, sign, word, number or character of Unicode somewhere."""
        kind = self._dice.choice((_COMMANDS, _COMMANDS, _SIGNS, _UNICODE, _WORDS, _NUMBERS))
        at = self._place(tokens)
        return [*tokens[:at], self._dice.choice(kind), *tokens[at:]]

    def delete(self, tokens: list[str]) -> list[str]:
        """Without a few tokens."""
        start, end = self._span(tokens)
        return tokens[:start] + tokens[end:]

    def repeat(self, tokens: list[str]) -> list[str]:
        """A few tokens many times."""
        start, end = self._span(tokens)
        times = self._dice.choice((2, 3, 5, 10, 40, 300))
        return tokens[:start] + tokens[start:end] * times + tokens[end:]

    def nest(self, tokens: list[str]) -> list[str]:
        """The text inside itself, or inside many brackets or functions."""
        left, right = self._dice.choice(_AROUND)
        depth = self._dice.choice((1, 1, 2, 3, 8, 50))
        return [*[left] * depth, *tokens, *[right] * depth]

    def enlarge(self, tokens: list[str]) -> list[str]:
        """Huge digits in place of a number."""
        places = [at for at, token in enumerate(tokens) if token.isdigit()]
        if not places:
            return self.insert(tokens)
        at = self._dice.choice(places)
        digits = self._dice.choice((3, 9, 18, 40, 300, 1_200))
        number = "".join(self._dice.choices("0123456789", k=digits))
        return [*tokens[:at], self._dice.choice(("", "1", "0.", "1e")) + number, *tokens[at + 1 :]]

    def exchange(self, tokens: list[str]) -> list[str]:
        """Two tokens change places."""
        if not tokens:
            return tokens
        one, other = self._dice.randrange(len(tokens)), self._dice.randrange(len(tokens))
        tokens = [*tokens]
        tokens[one], tokens[other] = tokens[other], tokens[one]
        return tokens

    def shift(self, tokens: list[str]) -> list[str]:
        """A number one larger: a near miss."""
        places = [at for at, token in enumerate(tokens) if token.isdecimal() and len(token) < 99]
        if not places:
            return self.insert(tokens)
        at = self._dice.choice(places)
        return [*tokens[:at], str(int(tokens[at]) + 1), *tokens[at + 1 :]]


_MUTATIONS = [
    Mutator.splice,
    Mutator.embed,
    Mutator.insert,
    Mutator.insert,
    Mutator.delete,
    Mutator.delete,
    Mutator.repeat,
    Mutator.nest,
    Mutator.enlarge,
    Mutator.exchange,
    Mutator.shift,
    Mutator.shift,
]
