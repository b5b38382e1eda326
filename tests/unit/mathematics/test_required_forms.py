"""Required forms: judged on what is written, for every value of an answer."""

import time

import pytest

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters
from adjudge_verifiers.mathematics.forms import lacks_form
from adjudge_verifiers.mathematics.reading.text import read

IN_FORM = {
    "lowest_terms": r"""1/2; -\frac{3}{4}; 3; 3\frac12; 1½; \frac{x+1}{2}; \frac{\sqrt2}{2}; x=1/2;
        (1/2,3/5); 3/1; \frac{x}{y}; 1/2 \text{ cm}; \frac{x-1}{x+1}; \frac{-1}{2}; x^2;
        \frac{2x+1}{4}; \{1/2, 2/3\}; \frac{1}{2} < x \le \frac{2}{3}; \pm\frac12""",
    "factored": r"""x(x+1); (x+1)(x-1); -(x+1)(x-2)^2; x^2+1; x^2+x+1; 2(x+1); 6x(x-1);
        (x-\sqrt2)(x+\sqrt2); x^2-2; (x-i)(x+i); 2^2\cdot 3; 7; \frac{(x+1)(x-1)}{x+2};
        (x+y)(x-y); y=(x+1)^2; x; (x-\frac12)(x+\frac12); (\sin x-1)(\sin x+1); x^2+\sqrt2 x+1;
        (a+b)(c+d); (x^2+1)(x^2-2); x^2-\sqrt2; (x-(1+\sqrt2))(x-1); (x-2)(x+3)=0""",
    "expanded": r"""x^2+x; x^2-1; x; -3x^2y+2; x^2+2x+1; 5; \frac{1}{2}x+3; \frac{x+1}{2};
        a^2+2ab+b^2; y=x^2+1; \sin(x)^2+1; \sqrt{2}x+1; x^{-1}+1; \frac1{x+1}+\frac1{x-1};
        \frac{x}{2}+\frac13; -\frac{x+1}{2}; (1+\sqrt2)x+1""",
    "simplified": r"""1/2; 0.5; x(x+1); x^2+x; 2\sqrt2; \frac{\sqrt2}{2}; (x+1)(x-1); 2^{100};
        \sin 1; x^2-1; 3\frac12; \ln 2; 2\cdot 10^{5}; 1+\sqrt{3}; \frac{x+1}{x-1};
        5 \text{ cm}; \sqrt{x^2+1}; (x+1)^2; e^2; 2\pi; \sqrt[3]{4}; -3; \frac{1+\sqrt5}{2};
        3x^{1/2}; 1-2i; -\frac{\pi}{4}+1; 20!; 2\cdot 10^{5} x; 0.\overline{3}; B; \infty""",
    "decimal": r"""0.5; 3; 1.5\cdot 10^3; x=0.5; (0.5,1); -2.50; 50\%; 0.\overline{3}""",
}
NOT_IN_FORM = {
    "lowest_terms": r"""2/4; \frac{-2}{-4}; 0.5; 3\frac{2}{4}; \frac{2x+2}{4}; \frac{x^2-1}{x-1};
        (1/2,2/4); 1/4+1/4; \frac{1/2}{3}; 1/-2; 0/5; \frac{2\sqrt2}{4}; \frac{x}{x y}; x^{2/4};
        \frac{6}{4} x; \frac{0.5}{3}x; x = \frac{3}{6}""",
    "factored": r"""x^2+x; x^2-1; (x+1)(x-1)+1; 2x+2; (2x+2)(x-1); 12; x^2-2\sqrt2x+2; x^4-1;
        x(x+2)+1; (x^2-1)(x+2); \sin^2x-1; x^2-y^2; (x+1)^2-1; ac+ad+bc+bd; x^2+2ix-1; 4\cdot 3;
        x^2+x+x+1; \frac{x^2-1}{x+2}; x^2-5x+6=0""",
    "expanded": r"""x(x+1); (x+1)^2; (x+1)(x-1)+1; x^2+x+x; 2(x+1); -(x+1); x\cdot x+1; (2x)^2;
        1+2; x-(1+y); x^2+1+3; \sqrt8+\sqrt2; (xy)^2; x+0; \frac{x(x+1)}{2}""",
    "simplified": r"""2/4; \sqrt8; \sqrt4; 1/\sqrt2; x+x; (x+1)(x-1)+1; 2(x+1)+3; 2\cdot3; 3!;
        \sin(\pi/6); \sin(\pi/3); x\cdot x; (x+1)(x+1); x^1; x+0; 2+3; 2^3; \frac{x^2-1}{x-1}; 3/1;
        \sqrt{1/2}; \ln e; 2\cdot 3x; \sqrt{12}+1; \frac{1}{1+i}; \sqrt{4x}; |-3|; 1+1/2;
        \frac{6}{3}x; \sqrt[3]{16}; x^0""",
    "decimal": r"1/2; \sqrt2; \pi; 3\frac12; 1+0.5; (0.5, 1/4)",
}


def pairs(table):
    return [(form, text.strip()) for form, texts in table.items() for text in texts.split(";")]


@pytest.mark.parametrize(("form", "text"), pairs(IN_FORM))
def test_what_is_in_the_form_lacks_nothing(form, text):
    assert lacks_form(read(text), form) == ""


@pytest.mark.parametrize(("form", "text"), pairs(NOT_IN_FORM))
def test_what_is_not_in_the_form_says_what_is_missing(form, text):
    assert lacks_form(read(text), form)


def verdict(reference, answer, **options):
    task = prepare(Mathematics(), MathematicsParameters(reference=reference, **options))
    return judge(task, rf"\boxed{{{answer}}}")


@pytest.mark.parametrize(
    ("reference", "answer", "form"),
    [
        ("1/2", "2/4", "lowest_terms"),
        ("x^2+x", "x^2+x", "factored"),
        ("x(x+1)", "x(x+1)", "expanded"),
        (r"2\sqrt2", r"\sqrt8", "simplified"),
        ("1/2", "1/2", "decimal"),
    ],
)
def test_a_right_value_in_the_wrong_form_is_incorrect_for_its_form(reference, answer, form):
    found = verdict(reference, answer, required_form=form)
    assert (found.outcome, found.reason, found.reward) == (Outcome.INCORRECT, "form", 0.0)
    assert form in found.message
    assert verdict(reference, answer).outcome is Outcome.CORRECT


def test_a_wrong_value_is_wrong_for_its_value_and_not_its_form():
    assert verdict("1/2", "2/6", required_form="lowest_terms").reason == "values_differ"


def test_a_right_value_in_the_required_form_is_right():
    found = verdict("x^2-1", "(x-1)(x+1)", required_form="factored")
    assert found.outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    "text",
    [
        "x^{48}-1",
        "x^{40}+3x^{39}+7x^5+1",
        r"x^{12}+\sqrt2 x+\sqrt3",
        r"x^4+\sqrt2 x^3+\sqrt3 x+\sqrt5+i",
        "+".join(f"x^{{{i}}}y^{{{40 - i}}}" for i in range(1, 40)),
        "9" * 900,
        "(a+b+c+d+e+f)^{20}+1",
        "x^{1000000}-1",
        r"\sqrt[97]{" + "9" * 500 + "}",
    ],
)
def test_no_form_costs_more_than_a_fraction_of_the_budget(text):
    answer = read(text)
    start = time.process_time()
    for form in IN_FORM:
        lacks_form(answer, form)
    assert time.process_time() - start < 0.5
