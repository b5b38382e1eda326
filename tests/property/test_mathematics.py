"""Equality of generated answers: reflexive, symmetric, blind to formatting, and never wrong."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import PreparedTask, judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters
from adjudge_verifiers.mathematics.decision import Rules
from adjudge_verifiers.mathematics.errors import MathematicsError
from adjudge_verifiers.mathematics.ladder import equivalent
from adjudge_verifiers.mathematics.reading import read

Mathematics().warm()  # so that no example pays for loading SymPy
EXACT = Rules(rounding=False)
NAMES = st.sampled_from(["x", "y", "n", r"\alpha", "x_1"])
NUMBERS = st.integers(0, 99).map(str)
LEAVES = NUMBERS | NAMES | st.just(r"\pi")


def _compound(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: f"({p[0]}+{p[1]})"),
        pair.map(lambda p: f"({p[0]}-{p[1]})"),
        pair.map(lambda p: rf"{p[0]} \cdot {p[1]}"),
        pair.map(lambda p: rf"\frac{{{p[0]}}}{{1+{p[1]}^2}}"),
        inner.map(lambda e: rf"\sqrt{{1+{e}^{{2}}}}"),
        inner.map(lambda e: rf"\sin({e})"),
        st.tuples(inner, st.integers(2, 4)).map(lambda p: f"({p[0]})^{{{p[1]}}}"),
    )


EXPRESSIONS = st.recursive(LEAVES, _compound, max_leaves=6)
ANSWERS = st.one_of(
    EXPRESSIONS,
    st.lists(EXPRESSIONS, min_size=2, max_size=3).map(", ".join),
    st.lists(EXPRESSIONS, min_size=2, max_size=3).map(lambda items: f"({', '.join(items)})"),
    st.lists(NUMBERS, min_size=1, max_size=4).map(lambda items: rf"\{{{', '.join(items)}\}}"),
    st.tuples(NUMBERS, NUMBERS).map(lambda p: rf"[{p[0]}, {p[1]})"),
    st.tuples(NAMES, EXPRESSIONS).map(lambda p: f"{p[0]} = {p[1]}"),
    st.tuples(NUMBERS, st.sampled_from([r"\%", r"^\circ", r"\text{ cm}"])).map("".join),
)
SPELLINGS = [
    lambda text: f" {text} ",
    lambda text: f"${text}$",
    lambda text: f"\\( {text} \\)",
    lambda text: text.replace("(", r"\left(").replace(")", r"\right)"),
    lambda text: text.replace(r"\frac", r"\dfrac"),
    lambda text: text.replace(r"\cdot", r"\times"),
    lambda text: text.replace("+", " + ").replace("-", " \u2212 "),
    lambda text: text.replace(r"\pi", "π"),
]
NOISE = st.lists(
    st.sampled_from(
        [
            *"0123456789xyei+-*/^_()[]{}|,;:=<>!%'.$& \\²½√∞",
            *[
                r"\frac",
                r"\sqrt",
                r"\left",
                r"\right",
                r"\text{",
                r"\pm",
                r"\cup",
                r"\in",
                r"\begin{pmatrix}",
                r"\end{pmatrix}",
            ],
            *[
                r"\\",
                r"\{",
                r"\}",
                r"\sin",
                r"\int",
                r"\pmod",
                r"and",
                r"or",
                r"\frac{",
                r"\sqrt{",
                r"}",
                r"}",
                r"x",
                r"1",
            ],
        ]
    ),
    max_size=30,
).map("".join)


def decide(left, right):
    try:
        return equivalent(read(left), read(right), EXACT).equal
    except MathematicsError as error:
        return type(error)


@given(ANSWERS)
def test_an_answer_equals_itself_in_every_spelling(text):
    for spell in SPELLINGS:
        assert decide(text, spell(text)) is True, spell(text)


@given(ANSWERS, ANSWERS)
@settings(max_examples=150)
def test_both_directions_are_decided_alike(left, right):
    assert decide(left, right) == decide(right, left)


@given(NOISE, NOISE)
@settings(max_examples=300)
def test_no_text_raises_anything_but_the_errors_of_mathematics(left, right):
    assert (decide(left, right) is True) == (decide(right, left) is True)


@given(EXPRESSIONS, st.integers(1, 9))
def test_a_near_miss_is_never_accepted(text, error):
    assert decide(text, f"{text} + {error}") is False
    assert decide(text, f"({text}) + 10^{{-{error * 20}}}") is False


@given(EXPRESSIONS, EXPRESSIONS)
def test_true_identities_are_accepted(left, right):
    assert decide(f"({left}) + ({right})", f"({right}) + ({left})") is True
    assert decide(f"({left})^2 - ({right})^2", f"(({left})-({right}))(({left})+({right}))") is True


@given(st.fractions(max_denominator=10**6), st.fractions(max_denominator=10**6))
def test_rationals_are_equal_exactly_when_python_says_so(left, right):
    spelled = [rf"\frac{{{value.numerator}}}{{{value.denominator}}}" for value in (left, right)]
    assert decide(*spelled) is (left == right)
    assert decide(spelled[0], f"{left.numerator * 7}/{left.denominator * 7}") is True


@given(st.decimals(-(10**6), 10**6, places=3), st.integers(-499, 499))
def test_a_decimal_reference_accepts_what_rounds_to_it(value, thousandths):
    inside = Fraction(value) + Fraction(thousandths, 10**6)
    answer = rf"\boxed{{{inside.numerator}/{inside.denominator}}}"
    task = prepare(Mathematics(), MathematicsParameters(reference=f"{value:.3f}"))
    assert isinstance(task, PreparedTask)
    assert judge(task, answer).outcome is Outcome.CORRECT
    outside = Fraction(value) + Fraction(501, 10**6)
    answer = rf"\boxed{{{outside.numerator}/{outside.denominator}}}"
    assert judge(task, answer).outcome is Outcome.INCORRECT
