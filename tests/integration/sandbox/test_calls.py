# ruff: noqa: E501 - whole programs, one line each
"""Call cases: entry points, arguments, return values."""

import pytest

from adjudge_verifiers.sandbox import MIB, RunStatus

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]

IDENTITY = "def f(x): return x"

VALUES = [
    None,
    True,
    False,
    0,
    -1,
    2**63,
    -(2**64),
    10**5000,
    0.1,
    -0.0,
    1e308,
    float("inf"),
    "",
    "Füße 😀 \x00 \ud800",
    [],
    [1, [2, [3]]],
    [1, 2.5, "x", None, True],
    (),
    (1, (2,)),
    {"a": {"b": [1]}},
    {1: "a", (1, 2): "b", None: 3},
    set(),
    {1, 2, 3},
    {frozenset({1}), frozenset({2})},
    [[0] * 100 for _ in range(100)],
    list(range(100_000)),
]


def test_values_go_in_and_come_out_unchanged(runs):
    ended = runs.call(IDENTITY, "f", *((value,) for value in VALUES))

    for value, run in zip(VALUES, ended, strict=True):
        assert run.has_value, run
        assert run.value == value
        assert type(run.value) is type(value)


def test_minus_zero_stays_minus_zero(runs):
    (run,) = runs.call(IDENTITY, "f", (-0.0,))

    assert str(run.value) == "-0.0"


def test_nan_comes_out_as_nan(runs):
    (run,) = runs.call("def f(): return float('nan')", "f")

    assert run.value != run.value


@pytest.mark.parametrize(
    ("source", "entry_point"),
    [
        ("def f(x): return x + 1", "f"),
        ("f = lambda x: x + 1", "f"),
        ("class Solution:\n    def f(self, x): return x + 1", "Solution.f"),
        ("class Solution:\n    def f(self, x): return x + 1", "f"),
        ("class Solution:\n    @staticmethod\n    def f(x): return x + 1", "Solution.f"),
        ("class Solution:\n    @classmethod\n    def f(cls, x): return x + 1", "Solution.f"),
        (
            "from functools import partial\nf = partial(sum, start=1)\ng = f\ndef f(x): return g([x])",
            "f",
        ),
        (
            "import sys\nprint('noise')\nsys.stderr.write('noise')\ndef f(x): print(x); return x + 1",
            "f",
        ),
        ("if __name__ == '__main__': 1 / 0\ndef f(x): return x + 1", "f"),
    ],
)
def test_the_entry_point_is_found_and_called(runs, source, entry_point):
    assert [run.value for run in runs.call(source, entry_point, (1,), (41,))] == [2, 42]


def test_every_call_gets_a_fresh_instance_and_module(runs):
    source = (
        "count = 0\nclass Solution:\n    seen = []\n    def f(self):\n"
        "        global count\n        count += 1; self.seen.append(1)\n"
        "        return [count, len(self.seen)]"
    )

    assert [run.value for run in runs.call(source, "Solution.f", (), (), ())] == [[1, 1]] * 3


def test_keyword_arguments_arrive(sandbox):
    from adjudge_verifiers.sandbox import CallCase, Limits, Program

    program = Program("python", "def f(a, *, b): return [a, b]", "f")
    (run,) = sandbox.run(program, [CallCase([1], {"b": 2})], Limits())

    assert run.value == [1, 2]


def test_mappings_of_the_standard_library_count_as_dicts(runs):
    source = "import collections\ndef f(): return [collections.Counter('aab'), collections.defaultdict(int, x=1), collections.OrderedDict(y=2)]"

    (run,) = runs.call(source, "f")

    assert run.value == [{"a": 2, "b": 1}, {"x": 1}, {"y": 2}]
    assert {type(one) for one in run.value} == {dict}


@pytest.mark.parametrize(
    "body",
    [
        "return object()",
        "return b'bytes'",
        "return (x for x in [1])",
        "return range(3)",
        "return 1j",
        "return type('Fake', (int,), {'__eq__': lambda *a: True})(3)",
        "return type('Fake', (list,), {'__eq__': lambda *a: True})()",
        "return [type('Fake', (str,), {'__eq__': lambda *a: True})('x')]",
        "import sys; sys.exit(0)",
        "import os; os._exit(0)",
        "import os; os.write(3, b'V1'); os._exit(0) if False else None; raise SystemExit",
        "x = []\n    for _ in range(1000): x = [x]\n    return x",
        "x = []; x.append(x); return x",
    ],
)
def test_what_is_no_plain_value_is_no_result(runs, body):
    (run,) = runs.call(f"def f():\n    {body}", "f")

    assert run.status is RunStatus.NO_RESULT, run
    assert not run.has_value
    assert run.message


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise ValueError('no')", "ValueError: no"),
        ("raise KeyError", "KeyError"),
        ("return f()", "RecursionError"),
        (
            "class E(BaseException):\n        def __str__(self): 1 / 0\n    raise E",
            "E: <its text raised ZeroDivisionError>",
        ),
        ("return missing", "NameError: name 'missing' is not defined"),
    ],
)
def test_an_exception_is_named_with_its_text(runs, body, words):
    (run,) = runs.call(f"def f():\n    {body}", "f")

    assert run.status is RunStatus.EXCEPTION
    assert words in run.message


@pytest.mark.parametrize(
    ("source", "entry_point"),
    [
        ("x = 1", "f"),
        ("f = 3", "f"),
        ("def f(a, b): return 1", "f"),
        ("class A: pass", "A.f"),
        ("1 / 0", "f"),
    ],
)
def test_an_entry_point_that_cannot_be_called_is_an_exception(runs, source, entry_point):
    (run,) = runs.call(source, entry_point, (1,))

    assert run.status is RunStatus.EXCEPTION, run


def test_limits_hold_for_calls(runs):
    limits = {"cpu_seconds": 0.3, "memory_bytes": 128 * MIB, "output_bytes": 1000}
    source = (
        "def f(what):\n    if what == 'time':\n        while True: pass\n"
        "    if what == 'memory': return len(bytearray(10**9))\n"
        "    if what == 'output': print('x' * 2000)\n    return 1"
    )

    statuses = [
        run.status
        for run in runs.call(source, "f", ("time",), ("memory",), ("output",), ("",), **limits)
    ]

    assert statuses == [
        RunStatus.TIME_LIMIT,
        RunStatus.MEMORY_LIMIT,
        RunStatus.OUTPUT_LIMIT,
        RunStatus.EXITED,
    ]
