"""Test code against candidates: every honest shape passes, no attack does.

Each file below ``honest/`` and ``attacks/`` holds a candidate and, after a mark, the test code; its
first line says what it is about. Both run in the jail alone, never outside.
"""

import re
from pathlib import Path

import pytest
from tests.hostile.suites.asking import ROOMY, TIGHT, judge

from adjudge_verifiers.contract import Outcome

HERE = Path(__file__).parent
MARK = "# === tests ===\n"
ATTACKS = sorted(HERE.glob("attacks/*.py"))
HONEST = sorted(HERE.glob("honest/*.py"))

pytestmark = [pytest.mark.jail, pytest.mark.timeout(120)]


def judge_file(sandbox, path, limits):
    source, _, code = path.read_text().partition(MARK)
    is_function = re.search("^(async )?def area", source, re.MULTILINE)
    entry = {"entry_point": "area"} if is_function else {}
    return judge(sandbox, source, {"code": code}, limits=limits, **entry)


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_an_honest_candidate_passes(path, sandbox):
    verdict = judge_file(sandbox, path, ROOMY)

    assert verdict.outcome is Outcome.CORRECT, verdict


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_an_attack_earns_nothing_and_harms_nobody(path, sandbox):
    verdict = judge_file(sandbox, path, TIGHT)

    assert verdict.outcome.bears_reward, verdict
    assert verdict.outcome not in {Outcome.CORRECT, Outcome.PARTIAL}, verdict
    assert verdict.reward == 0.0
    assert verdict.message.replace("\n", "").isprintable()
    honest = judge(
        sandbox, "def area(x): return x * x", {"code": "assert area(3) == 9"}, limits=ROOMY
    )
    assert honest.outcome is Outcome.CORRECT, honest


def test_there_are_enough_of_both():
    assert len(ATTACKS) >= 60
    assert len(HONEST) >= 45
    for path in [*ATTACKS, *HONEST]:
        assert path.read_text().startswith("# "), path
        assert path.read_text().count(MARK) == 1, path


# The state of one test is not that of the next ------------------------------------------------


def test_every_test_has_a_fresh_candidate_and_fresh_names(sandbox):
    source = "count = 0\n\ndef area():\n    global count\n    count += 1\n    return count\n"
    code = "assert 'mine' not in globals()\nmine = area()\nassert mine == 1"

    verdict = judge(sandbox, source, *[{"code": code}] * 4)

    assert verdict.outcome is Outcome.CORRECT, verdict
    assert verdict.details["tests_passed"] == 4


def test_notes_for_the_next_test_change_nothing_in_it(sandbox):
    source = (
        "import builtins, random\n"
        "def area(x):\n"
        "    seen = getattr(random, 'seen', 0)\n"
        "    random.seen = seen + 1\n"
        "    builtins.abs = lambda x: 0\n"
        "    return 1 if seen == 0 else 2\n"
    )
    code = "assert area(3) == 2 or abs(-2) == 0"

    assert judge(sandbox, source, *[{"code": code}] * 3).outcome is Outcome.INCORRECT


def test_partial_credit_counts_tests(sandbox):
    source = "def area(x):\n    import os\n    return x if x < 3 else os._exit(0)\n"
    tests = [{"code": f"assert candidate({x}) == {x}"} for x in (1, 4, 2)]

    verdict = judge(sandbox, source, *tests, entry_point="area", partial_credit=True)

    assert (verdict.outcome, verdict.reward) == (Outcome.PARTIAL, pytest.approx(2 / 3))
    assert [one.outcome for one in verdict.tests] == [
        Outcome.CORRECT,
        Outcome.RUNTIME_ERROR,
        Outcome.CORRECT,
    ]


# Broken tasks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ({"code": "assert area(3 == 9"}, "does not compile"),
        ({"code": "return 5"}, "does not compile"),
        ({"code": "def check(candidate):\n    assert candidate(3) == 9"}, "tests nothing"),
        ({"code": ""}, "tests nothing"),
        ({"code": "x = 1"}, "tests nothing"),
        ({"pytest": "import solution\nassert solution.area(3)"}, "has no test"),
        ({"pytest": "def test_it(:"}, "does not compile"),
        ({"code": "\x00"}, "does not compile"),
    ],
    ids=ascii,
)
def test_code_that_tests_nothing_is_a_bad_task(test, words, sandbox):
    verdict = judge(sandbox, "def area(x): return 9", test)

    assert verdict.outcome is Outcome.BAD_TASK
    assert words in verdict.message


@pytest.mark.parametrize(
    "more",
    [
        {"language": "cpp"},
        {"checker": "exact"},
        {"module_name": "not a name"},
        {"entry_point": "a.b.c"},
        {"tests": [{"code": "assert 1"}, {"pytest": "def test_x(): pass"}]},
        {"tests": [{"code": "assert 1"}, {"stdin": "", "expected": ""}]},
    ],
    ids=ascii,
)
def test_options_that_do_not_go_together_are_a_bad_task(more, sandbox):
    task = {"tests": [{"code": "assert 1"}], **more}

    assert judge(sandbox, "x = 1", *task.pop("tests"), **task).outcome is Outcome.BAD_TASK


@pytest.mark.parametrize(
    "code",
    [
        "import a_module_that_is_missing\nassert a_module_that_is_missing",
        "undefined_name()",
        "raise SystemExit",
        "exit(0)",
        "assert 1 / 0",
    ],
)
def test_test_code_that_fails_by_itself_is_held_against_the_candidate(code, sandbox):
    """Nobody can tell without the candidate, and a candidate must not mask its group."""
    verdict = judge(sandbox, "x = 1", {"code": code})

    assert verdict.outcome in {Outcome.RUNTIME_ERROR, Outcome.INCORRECT}
    assert verdict.reward == 0.0


def test_the_verdict_tells_nothing_of_inputs_and_expected_values(sandbox):
    source = "def area(x):\n    raise ValueError(f'what about {x}')\n"
    tests = [
        {"code": "assert area('secret-input') == 'secret-output', 'secret-words'"},
        {"code": "assert 'secret-input' == 'secret-output', 'secret-words'"},
        {"code": "raise KeyError('secret-words')"},
    ]

    verdict = judge(sandbox, source, *tests, stop_at_first_failure=False)

    said = verdict.message + "".join(one.message for one in verdict.tests)
    assert "secret" not in said
    assert "ValueError" in said
