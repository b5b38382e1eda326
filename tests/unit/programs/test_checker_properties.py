"""The fast checkers agree with the plain definitions of what they check."""

from hypothesis import given
from hypothesis import strategies as st

from adjudge_verifiers.programs.checkers import floats, tokens, trailing_space, unordered_lines
from adjudge_verifiers.programs.values import difference

# Few different bytes, so that equal and nearly equal texts are common.
TEXTS = st.text(alphabet="ab1. \t\n\r\x0b", max_size=30).map(str.encode)
NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(TEXTS, TEXTS)
def test_tokens_are_the_words_of_split(expected, output):
    assert (tokens.difference(expected, output) is None) is (expected.split() == output.split())


@given(TEXTS, TEXTS)
def test_trailing_space_is_rstrip_line_by_line(expected, output):
    def lines(text):
        return [line.rstrip() for line in text.rstrip().split(b"\n")]

    same = lines(expected) == lines(output)
    assert (trailing_space.difference(expected, output) is None) is same


@given(TEXTS, TEXTS)
def test_unordered_lines_are_sorted_lines(expected, output):
    def lines(text):
        return sorted(line.rstrip() for line in text.rstrip().split(b"\n"))

    same = lines(expected) == lines(output)
    assert (unordered_lines.difference(expected, output) is None) is same


@given(NUMBERS.map(str.encode))
def test_every_number_equals_itself(number):
    assert floats.agree(number, number, rel_tol=0.0, abs_tol=0.0)
    assert floats.agree(
        number, b"+" + number if number[:1] != b"-" else number, rel_tol=0, abs_tol=0
    )


@given(st.integers(-(10**25), 10**25), st.integers(-3, 3))
def test_integers_differ_however_they_are_written(number, gap):
    for output in (f"{number + gap}", f"{number + gap}.0"):
        near = floats.agree(str(number).encode(), output.encode(), rel_tol=1e-3, abs_tol=0.4)
        assert near is (gap == 0)


@given(VALUES)
def test_every_value_equals_itself(value):
    assert difference(value, value, rel_tol=0.0, abs_tol=0.0) is None


@given(VALUES, VALUES)
def test_without_tolerance_values_agree_as_python_has_it(expected, value):
    same = difference(expected, value, rel_tol=0.0, abs_tol=0.0) is None
    assert same is (expected == value)
