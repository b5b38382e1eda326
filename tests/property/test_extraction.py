"""Whatever the text, extraction answers, and finds what was put there."""

from hypothesis import given
from hypothesis import strategies as st

from adjudge_verifiers.extraction import AnswerPolicy, extract

PIECES = st.sampled_from(
    [
        "\\boxed{",
        "\\fbox{",
        "{",
        "}",
        "\\{",
        "\\}",
        "\\\\",
        "<think>",
        "</think>",
        "<answer>",
        "</answer>",
        "answer is",
        "Answer:",
        "final answer\n",
        "```",
        "\n",
        "$",
        "\\[",
        "\\]",
        "x",
        "4",
        ". A",
        " ",
        "é",
        "\x00",
    ]
)
HOSTILE_TEXT = st.lists(PIECES, max_size=40).map("".join)
POLICIES = st.builds(
    AnswerPolicy,
    sources=st.permutations(["boxed", "tags", "final_line", "fence", "whole"]).map(tuple),
    several=st.sampled_from(["last", "first", "strict"]),
)
PLAIN = st.text(
    st.characters(exclude_characters="\\{}<>`", exclude_categories=["Cs"]), min_size=1
).filter(lambda text: text.strip() == text)


@given(HOSTILE_TEXT | st.text(), POLICIES)
def test_extraction_answers_for_any_text(text, policy):
    found = extract(text, policy)
    assert (found.answer is None) == (found.reason != "")
    assert found.answer is None or (found.answer and found.answer in text)


@given(HOSTILE_TEXT, PLAIN)
def test_a_last_box_after_the_think_is_found_whatever_comes_before(before, answer):
    text = before + "\n</think>" + before.replace("<think>", "") + "\n\\boxed{" + answer + "}"
    assert extract(text, AnswerPolicy()).answer == answer


@given(HOSTILE_TEXT)
def test_what_stands_in_a_closed_think_never_counts(thoughts):
    text = "<think>" + thoughts + "</think>"
    found = extract(text + " ok", AnswerPolicy())
    assert found.answer == "ok"


@given(HOSTILE_TEXT)
def test_the_fast_look_for_the_last_box_agrees_with_the_full_one(text):
    # Given the same boxes in one text; then "strict" accepts only if "last" says the same
    policy = {"sources": ("boxed",)}
    strict = extract(text, AnswerPolicy(several="strict", **policy))
    if strict.answer is not None:
        assert extract(text, AnswerPolicy(several="last", **policy)).answer == strict.answer
