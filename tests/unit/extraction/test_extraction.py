"""Answers are found where the policy says, and nowhere else."""

import time

import pytest
from pydantic import ValidationError

from adjudge_verifiers.extraction import AnswerPolicy, extract


@pytest.mark.parametrize(
    ("completion", "answer", "how"),
    [
        (r"so \boxed{4}", "4", "boxed"),
        (r"\fbox{a}", "a", "boxed"),
        (r"\boxed {4}", "4", "boxed"),
        (r"\boxed{\frac{1}{2}}", r"\frac{1}{2}", "boxed"),
        (r"\boxed{\left\{x\right.} and", r"\left\{x\right.", "boxed"),
        (r"first \boxed{1}, no: \boxed{2}", "2", "boxed"),
        (r"\boxed{x = \boxed{3}}", "3", "boxed"),
        (r"\boxed{7} and then \boxed{}", "7", "boxed"),
        (r"\boxed{7} and then \boxed{8", "7", "boxed"),
        (r"\boxed{7} <answer>8</answer>", "7", "boxed"),
        ("<answer> 8 </answer>", "8", "tags"),
        ("<answer>8</answer> <answer>9", "9", "tags"),
        ("<answer>7 <answer>8</answer>", "8", "tags"),
        ("The final answer is 12.", "12", "final_line"),
        ("The final answer is: $12$. I hope it is correct.", "$12$", "final_line"),
        ("**Answer:** 12", "12", "final_line"),
        ("**Final Answer**\n\n\\[\n12\n\\]\nDone.", "\\[\n12\n\\]", "final_line"),
        ("The answer is 3. Wait. The answer is 3.5", "3.5", "final_line"),
        ("ANSWER: `CCO`", "CCO", "final_line"),
        ("  42\n", "42", "whole"),
    ],
)
def test_an_answer_is_found_by_the_first_source_that_holds_one(completion, answer, how):
    found = extract(completion, AnswerPolicy())
    assert (found.answer, found.how, found.reason) == (answer, how, "")


@pytest.mark.parametrize("completion", ["", "   \n", "<answer></answer>"])
def test_nothing_found_is_no_answer(completion):
    found = extract(completion, AnswerPolicy(sources=("boxed", "tags", "final_line")))
    assert (found.answer, found.reason) == (None, "no_answer")
    assert found.message.startswith("No answer was found (sources: boxed")


def test_only_what_follows_the_last_closed_think_counts():
    completion = r"<think>\boxed{1}</think> \boxed{2} </think> I say 3"
    assert extract(completion, AnswerPolicy()).answer == "I say 3"


@pytest.mark.parametrize(
    "completion", [r"<think> \boxed{1}", r"<think>a</think> \boxed{1} <think> b"]
)
def test_an_unclosed_think_is_no_answer(completion):
    found = extract(completion, AnswerPolicy())
    assert (found.answer, found.reason) == (None, "unclosed_think")


@pytest.mark.parametrize(
    ("several", "answer", "reason"),
    [("last", "2", ""), ("first", "1", ""), ("strict", None, "ambiguous")],
)
def test_several_different_answers_follow_the_policy(several, answer, reason):
    found = extract(r"\boxed{1} \boxed{2}", AnswerPolicy(several=several))
    assert (found.answer, found.reason) == (answer, reason)


def test_the_same_answer_twice_is_not_ambiguous():
    assert extract(r"\boxed{1} \boxed{ 1 }", AnswerPolicy(several="strict")).answer == "1"


@pytest.mark.parametrize(
    ("completion", "answer"),
    [
        ("Text\n```python\nprint(1)\n```\nmore", "print(1)\n"),
        ("```\na\n```\n```cpp\nb\n```", "b\n"),
        ("````\n```\ninner\n```\n````", "```\ninner\n```\n"),
        ("```python\ncut off", "cut off"),
    ],
)
def test_the_last_fenced_block_is_found(completion, answer):
    assert extract(completion, AnswerPolicy(sources=("fence",))).answer == answer


def test_a_tag_of_another_name_is_found():
    policy = AnswerPolicy(sources=("tags",), tag="smiles")
    assert extract("<answer>no</answer><smiles>CCO</smiles>", policy).answer == "CCO"


@pytest.mark.parametrize("bad", [{"tag": "a b"}, {"sources": ()}, {"several": "any"}, {"extra": 1}])
def test_a_broken_policy_is_refused(bad):
    with pytest.raises(ValidationError):
        AnswerPolicy(**bad)


HOSTILE = [
    r"\boxed{",
    "<think>",
    "</think>",
    "{",
    "}",
    r"\boxed{}",
    "<answer>",
    "</answer>",
    "answer is ",
    "answer:\n",
    "final answer\n",
    "```\n",
    "`",
    "\\",
    r"answer: \[",
    "answer:$$",
    "*",
    " ",
    "answer**",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("several", ["last", "first", "strict"])
def test_a_mebibyte_of_hostile_text_is_linear(unit, several):
    # Given all sources over one repeated unit; the bound leaves room for a noisy, shared machine
    policy = AnswerPolicy(
        several=several, sources=("boxed", "tags", "final_line", "fence", "whole")
    )
    text = unit * (2**20 // len(unit))
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        extract(text, policy)
        best = min(best, time.process_time() - start)
    assert best < (0.05 if unit in {r"\boxed{", "<think>"} else 0.2)


@pytest.mark.parametrize("before", ["", "\u0130", "\u0130" * 40, "\u221a ", "\U0001f600"])
def test_letters_that_grow_in_lower_case_do_not_move_the_answer(before):
    found = extract(f"{before} The ANSWER is 42.", AnswerPolicy(sources=("final_line",)))
    assert found.answer == "42"


@pytest.mark.parametrize("between", [" and ", ", ", " apples and ", " or "])
@pytest.mark.parametrize("earlier", ["", r"First \boxed{9}. " + "Then more words. " * 20])
def test_boxes_side_by_side_are_one_answer_wherever_another_one_stands(earlier, between):
    found = extract(rf"{earlier}So \boxed{{2}}{between}\boxed{{3}}.", AnswerPolicy())
    assert found.answer == (r"2 \text{ or } 3" if "or" in between else "2, 3")
