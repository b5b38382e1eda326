"""A table of choices: letters, contents, both, and neither."""

import pytest

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import judge, prepare, read_parameters
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters

TABLE = {
    "A": "11",
    "B": "12",
    "C": r"\frac{1}{2}",
    "D": "Paris",
    "E": "none of these",
    "F": "-3",
    "G": "(1,2)",
}


def verdict(reference, completion, choices=TABLE, **options):
    parameters = MathematicsParameters(reference=reference, choices=choices, **options)
    task = prepare(Mathematics(), parameters)
    return task if not hasattr(task, "prepared") else judge(task, completion)


MEANT = {
    "B": r"""B; (B); B.; B. 12; B) 12; \textbf{(B)}\ 12; \text{B}; option B; B 12; Option (B);
        B = 12; 12; b; (b); **B**; $B$; \mathrm{B}; \text{B. }12; \textbf{B) } 12;
        choice b; (B) $12$; 12.0; \text{(B) }12""",
    "C": r"""0.5; (C)\ \frac12; \text{(C)} 0.5; C. 1/2; \dfrac{1}{2}""",
    "D": r"""paris; D. Paris, the capital of France; \text{D. Paris}; The Paris""",
    "E": r"""(E) none of these; none of these; E""",
    "F": r"""F. -3; F - 3; -3; F: $-3$""",
    "G": r"""(1,2); G. (1, 2); (G) (1,2)""",
    "": r"""B: 13; B or C; B, C; A. 12; D. Rome; D. not Paris; either A or B; 13; H;
        B. 12 or A. 11; (B) 12 (C) 1/2; B and C; A 12; B - 13; E + 1; A, B, C, D""",
}


@pytest.mark.parametrize(
    ("letter", "text"),
    [(one, text.strip()) for one, texts in MEANT.items() for text in texts.split(";")],
)
def test_an_answer_means_its_letter_or_nothing(letter, text):
    for wanted in TABLE:
        found = verdict(wanted, rf"\boxed{{{text}}}")
        right = wanted == letter
        assert found.outcome is (Outcome.CORRECT if right else Outcome.INCORRECT), (wanted, found)
        assert found.decided_by == "choice"


@pytest.mark.parametrize(
    "prose",
    [
        "So the correct option is B.",
        "Therefore, (B) is the right choice.",
        "The answer is (B) 12.",
        "**Answer: B**",
        "Hence the number is $12$.",
    ],
)
def test_a_choice_in_prose_is_found(prose):
    assert verdict("B", prose).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    "prose", ["It is (A) or (B).", "Option B is wrong.", "I cannot decide between them, sorry."]
)
def test_prose_that_chooses_nothing_earns_nothing(prose):
    assert verdict("B", prose).reward == 0.0


@pytest.mark.parametrize("reference", ["B", "(B)", "12", r"\boxed{B}", ["B"], ["B", "12"]])
def test_the_reference_is_a_letter_or_a_content(reference):
    assert verdict(reference, r"\boxed{B}").outcome is Outcome.CORRECT
    assert verdict(reference, r"\boxed{A}").outcome is Outcome.INCORRECT


def test_of_several_references_any_choice_is_right():
    assert verdict(["A", "B"], r"\boxed{(A)}").outcome is Outcome.CORRECT


@pytest.mark.parametrize("reference", ["13", "Z", "A. 12"])
def test_a_reference_that_is_no_choice_is_a_bad_task(reference):
    found = verdict(reference, r"\boxed{B}")
    assert (found.outcome, found.reason) == (Outcome.BAD_TASK, "bad_reference")
    assert found.message.startswith("reference: ")


@pytest.mark.parametrize(
    "choices", [{"A": "1/2", "B": "0.5"}, {"A": "Paris", "B": "paris"}, {"A": "x+1", "B": "1+x"}]
)
def test_two_choices_that_say_the_same_are_a_bad_task(choices):
    found = verdict("A", r"\boxed{A}", choices)
    assert found.outcome is Outcome.BAD_TASK
    assert found.message.startswith("choices.B: ")


def test_choices_that_only_round_alike_are_told_apart():
    choices = {"A": "3.1", "B": "3.14", "C": "3"}
    assert verdict("B", r"\boxed{3.14}", choices).outcome is Outcome.CORRECT
    assert verdict("A", r"\boxed{3.14}", choices).outcome is Outcome.INCORRECT


def test_names_that_are_contents_are_no_letters():
    choices = {"A": "b", "B": "a", "C": "a+b"}
    assert verdict("A", r"\boxed{b}", choices).outcome is Outcome.CORRECT
    assert verdict("C", r"\boxed{a+b}", choices).outcome is Outcome.CORRECT
    assert verdict("B", r"\boxed{B}", choices).outcome is Outcome.CORRECT


def test_choices_have_no_required_form():
    found = verdict("B", r"\boxed{B}", required_form="factored")
    assert found.outcome is Outcome.BAD_TASK
    assert found.message.startswith("required_form: ")


@pytest.mark.parametrize("choices", ['{"A": "1"}', '{"AB": "1", "C": "2"}', '{"1": "1", "2": "2"}'])
def test_a_malformed_table_is_refused_by_name(choices):
    from adjudge_verifiers.contract import BadTask

    with pytest.raises(BadTask) as caught:
        read_parameters(Mathematics(), f'{{"reference": "A", "choices": {choices}}}')
    assert caught.value.field.startswith("choices")


@pytest.mark.parametrize(
    "text", ["{" * 3000, r"\text " * 600, "the " * 900, "(" * 2000, "B. " * 900]
)
def test_hostile_labels_are_cheap(text):
    import time

    start = time.process_time()
    assert verdict("B", rf"\boxed{{{text}}}").reward == 0.0
    assert verdict("B", text).reward == 0.0
    assert time.process_time() - start < 0.3
