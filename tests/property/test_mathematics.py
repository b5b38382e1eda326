"""Equality of generated answers: reflexive, symmetric, blind to formatting, and never wrong."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import PreparedTask, judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters
from adjudge_verifiers.mathematics.comparing.ladder import equivalent
from adjudge_verifiers.mathematics.decision import Rules
from adjudge_verifiers.mathematics.errors import MathematicsError
from adjudge_verifiers.mathematics.reading.text import read

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
@settings(max_examples=150, deadline=None)
def test_both_directions_are_decided_alike(left, right):
    assert decide(left, right) == decide(right, left)


@given(NOISE, NOISE)
@settings(max_examples=300, deadline=None)
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


# Laws, spellings, true identities and near misses -----------------------------------------------


SMALL = st.integers(-9, 9)
POLYNOMIALS = st.lists(SMALL, min_size=2, max_size=4).filter(lambda c: any(c[1:]))


def written(coefficients, name="x"):
    """A polynomial as people write it, lowest power first."""
    return "+".join(
        f"({value}){name}^{{{power}}}" if power else f"({value})"
        for power, value in enumerate(coefficients)
    )


def product(left, right):
    result = [0] * (len(left) + len(right) - 1)
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            result[i + j] += one * other
    return result


FORMS = [
    lambda a, b: f"({written(a)})({written(b)})",
    lambda a, b: f"({written(b)}) \\cdot ({written(a)})",
    lambda a, b: written(product(a, b)),
    lambda a, b: written(list(product(a, b)), "x").replace("+(", " + (").replace("^{1}", ""),
    lambda a, b: rf"\frac{{2({written(a)})({written(b)})}}{{2}}",
    lambda a, b: f"-(-1)({written(product(b, a))})",
]


@given(POLYNOMIALS, POLYNOMIALS, st.permutations(range(len(FORMS))))
@settings(max_examples=30, deadline=None)
def test_equality_of_products_is_an_equivalence(left, right, order):
    # Given three spellings of one product; then equality holds each way and carries over
    one, two, three = (FORMS[at](left, right) for at in order[:3])
    assert decide(one, two) is True
    assert decide(two, three) is True
    assert decide(one, three) is True
    assert decide(three, one) is True


@given(ANSWERS, ANSWERS, ANSWERS)
@settings(max_examples=30, deadline=None)
def test_equality_carries_over(one, two, three):
    if decide(one, two) is True and decide(two, three) is True:
        assert decide(one, three) is True


@given(POLYNOMIALS, st.data())
@settings(max_examples=30, deadline=None)
def test_one_changed_coefficient_is_never_accepted(coefficients, data):
    at = data.draw(st.integers(0, len(coefficients) - 1))
    changed = [value + (place == at) for place, value in enumerate(coefficients)]
    assert decide(written(coefficients), written(changed)) is False
    assert decide(rf"\sqrt{{1+({written(coefficients)})^2}}", written(changed)) is not True


IDENTITIES = [
    (r"\sin^2({e})", r"1-\cos^2({e})"),
    (r"\sin(2({e}))", r"2\sin({e})\cos({e})"),
    (r"\cos(2({e}))", r"2\cos^2({e})-1"),
    (r"\tan({e})", r"\frac{{\sin({e})}}{{\cos({e})}}"),
    (r"e^{{{e}}}e^{{2}}", r"e^{{({e})+2}}"),
    (r"\ln(1+({e})^2)", r"2\ln\sqrt{{1+({e})^2}}"),
    (r"({e})^3-1", r"(({e})-1)(({e})^2+({e})+1)"),
    (r"|({e})|", r"|-({e})|"),
    (r"\sqrt{{({e})^2}}", r"|{e}|"),
    (r"\frac{{1}}{{1+\frac{{1}}{{1+({e})^2}}}}", r"\frac{{1+({e})^2}}{{2+({e})^2}}"),
    (r"2^{{({e})+1}}", r"2\cdot 2^{{{e}}}"),
]


@given(st.sampled_from(IDENTITIES), st.tuples(SMALL.filter(bool), SMALL))
@settings(max_examples=30, deadline=None)
def test_identities_of_functions_are_accepted_and_their_near_misses_not(identity, line):
    inside = f"{line[0]}x+({line[1]})"
    left, right = (side.format(e=inside) for side in identity)
    assert decide(left, right) is True
    assert decide(right, left) is True
    assert decide(left, f"{right}+10^{{-9}}") is not True
    assert decide(left, f"-({right})") is not True


@given(st.lists(st.integers(-99, 99), min_size=2, max_size=5, unique=True), st.data())
@settings(max_examples=50, deadline=None)
def test_sets_and_lists_have_no_order_and_points_have_one(values, data):
    other = data.draw(st.permutations(values))
    texts = [", ".join(map(str, items)) for items in (values, other)]
    assert decide(rf"\{{{texts[0]}\}}", rf"\{{{texts[1]}\}}") is True
    assert decide(texts[0], rf"\{{{texts[1]}\}}") is True
    assert decide(f"({texts[0]})", f"({texts[1]})") is (list(values) == list(other))
    assert decide(texts[0], ", ".join(map(str, values[1:]))) is not True
    assert decide(texts[0], f"{texts[1]}, 100") is not True


ENDS = st.tuples(st.integers(-50, 50), st.integers(1, 40), st.booleans(), st.booleans())


@given(ENDS)
@settings(max_examples=50, deadline=None)
def test_intervals_and_inequalities_say_the_same(ends):
    low, width, opened, closed = ends
    high = low + width
    interval = f"{'(' if opened else '['}{low}, {high}{']' if closed else ')'}"
    lower, upper = "<" if opened else r"\le", r"\le" if closed else "<"
    assert decide(interval, f"{low} {lower} x {upper} {high}") is True
    assert (
        decide(interval, rf"x {'>' if opened else '>='} {low} \text{{ and }} x {upper} {high}")
        is True
    )
    assert decide(interval, rf"x\in{interval}") is True
    changed = f"{'[' if opened else '('}{interval[1:]}"
    assert decide(interval, changed) is False
    assert decide(interval, f"{low} {lower} x {upper} {high + 1}") is False


SCALES = [
    ("km", "m", 1000),
    ("m", "cm", 100),
    ("kg", "g", 1000),
    ("h", "min", 60),
    ("kJ", "J", 1000),
]


@given(st.integers(1, 500), st.sampled_from(SCALES))
@settings(max_examples=50, deadline=None)
def test_quantities_are_converted_and_contradictory_units_refused(number, units):
    large, small, scale = units
    assert decide(rf"{number}\text{{ {large}}}", rf"{number * scale}\text{{ {small}}}") is True
    assert decide(rf"{number}\text{{ {large}}}", rf"{number}\text{{ {small}}}") is False
    assert decide(rf"{number}\text{{ {large}}}", str(number)) is True
    speed = rf"{number}\,\mathrm{{m/s}}"
    assert decide(speed, rf"{number}\,\mathrm{{m}}\cdot\mathrm{{s}}^{{-1}}") is True
    assert decide(speed, rf"{number}\,\mathrm{{m/s}}^2") is False


@given(POLYNOMIALS, st.integers(-3, 3), st.sampled_from("ijkm"))
@settings(max_examples=15, deadline=None)
def test_the_name_and_start_of_an_index_do_not_matter(coefficients, shift, name):
    body = written(coefficients, "k")
    moved = written(coefficients, f"({name}+({shift}))")
    one = rf"\sum_{{k=1}}^{{n}} ({body})"
    assert decide(one, rf"\sum_{{{name}={1 - shift}}}^{{n-({shift})}} ({moved})") is True
    assert decide(one, rf"\sum_{{k=1}}^{{n+1}} ({body})") is not True
    assert (
        decide(
            rf"\int_0^1 ({written(coefficients)})\,dx",
            rf"\int_0^1 ({written(coefficients, 't')})\,dt",
        )
        is True
    )


def cases(*lines):
    return rf"\begin{{cases}} {r' \\ '.join(lines)} \end{{cases}}"


@given(POLYNOMIALS, POLYNOMIALS, st.integers(-5, 5))
@settings(max_examples=30, deadline=None)
def test_functions_in_pieces_are_equal_where_all_pieces_are(left, right, bound):
    first, second = written(left), written(right)
    one = cases(f"{first} & x<{bound}", rf"{second} & x\ge {bound}")
    turned = cases(rf"{second}, & {bound} \le x,", rf"{first}, & \text{{otherwise}}")
    assert decide(one, turned) is True
    wrong = [value + (place == 0) for place, value in enumerate(right)]
    other = cases(f"{first} & x<{bound}", rf"{written(wrong)} & x\ge {bound}")
    assert decide(one, other) is not True
    if left != right:
        moved = cases(f"{first} & x<{bound + 1}", rf"{second} & x\ge {bound + 1}")
        assert decide(one, moved) is not True
