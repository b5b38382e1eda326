"""The quick reader of simple answers says what the grammar says, or nothing."""

# ruff: noqa: RUF001, SIM905 - a list of pieces, some of which look like others

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudge_verifiers.mathematics.errors import MathematicsError, Undefined
from adjudge_verifiers.mathematics.reading.answers import parse_answer
from adjudge_verifiers.mathematics.reading.simple_answers import read_simply
from adjudge_verifiers.mathematics.reading.text import read
from adjudge_verifiers.mathematics.syntax import (
    Constant,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    walk,
)

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "mathematics"
ARITHMETIC = (Number, Symbol, Sum, Product, Negative, Quotient, Power, Constant)
PIECES = r"""
0 1 2 3 12 100 000 234 1000 1,000 1,234.5 0.5 .5 3.25 1e5 0.1(6) e i x y n d f C AB xy cm in th or
and pi Pi + - * / ^ ( ) [ ] { } , ; = < > <= >= % ! | : _ . ' " $ & ~ \frac \dfrac \sqrt \cdot
\times \pi \alpha \gamma \infty \le \geq \in \cup \left \right \left( \right) \left[ \right] \{ \}
\% \$ \circ ^\circ \, \; \! {,} \frac{1}{2} \frac{x}{3} \frac{d}{dx} \sqrt{2} \sqrt[3]{5} ^{2} ^2
^{-1} ^{x+1} \text{cm} \text{or} \text{and} \text{m} \mathrm{m} \mathrm{cm} \text{may}
\text{percent} \text{to} \text{not} \text{million} \text{is} (x+1) (1,2) [3,4) (-\infty,5] − π ½ ²
° ≤ × · √ ∞ ∪
""".split()
SPACES = st.sampled_from(["", "", " ", r"\ "])
JUMBLES = st.lists(st.tuples(st.sampled_from(PIECES), SPACES).map("".join), max_size=9).map("".join)
FRAMES = st.sampled_from(
    ["{}", "x = {}", "({}, 2)", r"\{{{}, 3\}}", "[{}, 5)", r"\frac{{{}}}{{2}}", r"{}\text{{ cm}}"]
)
SIMPLE = [
    "42", "-1,234", "3.50", "-7/8", r"\frac{1}{2}", r"-\dfrac{x+1}{3}", r"5\sqrt{3}", "x^2+7x-12",
    r"\left(x+2\right)(x-3)", "(3, -4)", "(-2,5]", r"[0,\infty)", r"-2 < x \leq 3",
    r"x \in \left(-2, 3\right]", "x = 4", "2, 3", r"x = 2 \text{ or } x = 3", r"40\%", "5 cm",
    r"5\text{ cm}^2", r"\frac{3\pi}{4}", "2^{10}", "2^{-x}", r"\{1, 2, 3\}",
    r"(-1,0) \cup (2,3)", r"30^\circ", r"\$12.50",
    r"\sqrt[3]{x}", "10,000",
]  # fmt: skip


def both_agree(text: str, *, grouping: bool) -> bool:
    """Whether the quick reader read the text; fails where the grammar reads it otherwise."""
    try:
        simple = read_simply(text, grouping=grouping)
    except MathematicsError:
        with pytest.raises(MathematicsError):
            parse_answer(text, grouping=grouping)
        return False
    if simple is None:
        return False
    node, parameters = parse_answer(text, grouping=grouping)
    assert repr(simple[0]) == repr(node)
    assert simple[0] == node
    assert not parameters
    infinite = any(part == Constant("oo") for part in walk(node))
    arithmetic = all(isinstance(part, ARITHMETIC) for part in walk(node)) and not infinite
    assert simple[1] is arithmetic
    return True


@settings(max_examples=1500, deadline=None)
@given(FRAMES, JUMBLES, st.booleans())
def test_both_readers_agree_on_any_jumble_of_pieces(frame, jumble, grouping):
    both_agree(frame.format(jumble), grouping=grouping)


def test_both_readers_agree_on_the_corpus():
    texts: set[str] = set()
    for path in CORPUS.glob("*.jsonl"):
        for line in path.read_text().splitlines():
            texts.update(_texts(json.loads(line)))
    read = [both_agree(text, grouping=grouping) for text in texts for grouping in (True, False)]
    assert sum(read) > len(texts) // 4  # or it would be of little use


def _texts(value: object) -> list[str]:
    """All texts of a line, whole and between the signs of formulas and boxes."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    if not isinstance(value, str):
        return []
    return [
        part.strip() for part in (value, *value.split("$"), *re.findall(r"boxed\{(.*)\}", value))
    ]


@pytest.mark.parametrize("text", SIMPLE)
def test_what_models_write_most_is_read_by_the_quick_reader(text):
    assert both_agree(text, grouping=True)


@pytest.mark.parametrize(
    "text", ["(" * 80, "{" * 80, "x^" * 60 + "2", "-" * 150 + "1", "1" * 5_000]
)
def test_what_is_deep_or_long_is_left_to_the_grammar(text):
    both_agree(text, grouping=True)


@given(st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,20}|/[0-9]{1,3}|(,[0-9]{3}){1,7})?", fullmatch=True))
@settings(max_examples=300, deadline=None)
def test_a_written_number_is_read_as_the_grammar_reads_it(text: str) -> None:
    if re.search("/0+$", text):
        with pytest.raises(Undefined, match="division by zero"):
            read(text)
        return
    reading = read(text)
    assert repr(reading.node) == repr(parse_answer(text)[0])
    if "," not in text:
        assert reading.plain
    elif re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+", text):
        assert repr(reading.other) == repr(parse_answer(text, grouping=False)[0])
