"""Test code against candidates: every honest shape passes, no attack does.

Each file below ``honest/`` and ``attacks/`` holds a candidate and, after a mark, the test code; its
first line says what it is about. Both run in the jail alone, never outside.
"""

import json
import os
import re
import time
from pathlib import Path

import pytest

from adjudge_verifiers import judging
from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.programs.verifier import Programs
from adjudge_verifiers.sandbox import MIB

HERE = Path(__file__).parent
MARK = "# === tests ===\n"
ATTACKS = sorted(HERE.glob("attacks/*.py"))
HONEST = sorted(HERE.glob("honest/*.py"))
ROOMY = {"cpu_seconds": 10.0, "wall_seconds": 30.0}
TIGHT = {
    "cpu_seconds": 0.5,
    "wall_seconds": 1.5,
    "memory_bytes": 200 * MIB,
    "output_bytes": MIB,
}

pytestmark = [pytest.mark.jail, pytest.mark.timeout(120)]


def judge(sandbox, source, *tests, limits=ROOMY, **more):
    verifier = Programs()
    task = {"language": "python", "tests": list(tests), "limits": limits, **more}
    parameters = judging.read_parameters(verifier, json.dumps(task))
    prepared = judging.prepare(verifier, parameters)
    if not isinstance(prepared, judging.PreparedTask):
        return prepared
    return judging.judge(prepared, f"````python\n{source}\n````", sandbox)


def judge_file(sandbox, path, limits):
    source, _, code = path.read_text().partition(MARK)
    is_function = re.search("^(async )?def area", source, re.MULTILINE)
    entry = {"entry_point": "area"} if is_function else {}
    return judge(sandbox, source, {"code": code}, limits=limits, **entry)


def children():
    """The processes below this one."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
    found, ours = set(), {os.getpid()}
    while ours:
        ours = {pid for pid, parent in parents.items() if parent in ours}
        found |= ours
    return found


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left_behind(sandbox):
    assert judge(sandbox, "x = 1", {"code": "assert x == 1"}).outcome is Outcome.CORRECT
    sandbox.close()  # a keeper of test code rests for a moment
    before, descriptors = children(), len(list(Path("/proc/self/fd").iterdir()))
    yield
    sandbox.close()
    give_up = time.monotonic() + 5
    while children() != before and time.monotonic() < give_up:
        time.sleep(0.05)
    assert children() == before
    assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors


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


# pytest files -----------------------------------------------------------------------------------

BANK = """\
class Low(Exception):
    pass

class Account:
    def __init__(self, balance=0):
        self.balance = balance
    def pay(self, amount):
        if amount > self.balance:
            raise Low(f"only {self.balance}")
        self.balance -= amount
        return self

def area(x):
    return x * x

def hello():
    print("hello", input())
"""
FILE = """\
import sys
import unittest

import pytest
import solution
from solution import Account, Low, area, hello


@pytest.fixture
def account():
    return Account(10)


@pytest.mark.parametrize(("x", "expected"), [(1, 1), (2, 4), (-3, 9)])
def test_area(x, expected):
    assert area(x) == expected


def test_pays(account):
    assert account.pay(3) is account
    assert account.balance == 7


class TestErrors:
    def test_low(self, account):
        with pytest.raises(Low, match="only 10"):
            account.pay(11)
        with pytest.raises(solution.Low):
            account.pay(99)
        with pytest.raises(TypeError):
            area()


def test_close():
    assert area(0.1) == pytest.approx(0.01)
    assert area(0.5) == pytest.approx(0.25, abs=1e-9)


def test_output(capsys, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda: "Ann")
    hello()
    assert capsys.readouterr().out == "hello Ann\\n"


def test_patched(monkeypatch):
    monkeypatch.setattr(solution, "area", lambda x: 5)
    assert solution.area(1) == 5


class TestOld(unittest.TestCase):
    def setUp(self):
        self.account = Account(1)

    def test_it(self):
        self.assertRaises(Low, self.account.pay, 2)


@pytest.mark.skip(reason="never")
def test_skipped():
    assert False


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere")
def test_here():
    assert area(2) == 4
"""


def test_a_pytest_file_is_run_by_pytest_and_each_test_counts(sandbox):
    verdict = judge(sandbox, BANK, {"pytest": FILE})

    assert verdict.outcome is Outcome.CORRECT, verdict
    assert verdict.details["tests_total"] == 10


def test_partial_credit_counts_the_tests_of_a_file(sandbox):
    source = BANK.replace("return x * x", "return abs(x)")

    verdict = judge(sandbox, source, {"pytest": FILE}, partial_credit=True)

    assert verdict.outcome is Outcome.PARTIAL
    assert verdict.reward == pytest.approx(6 / 10)


PAYS_NOTHING = {
    "exits": "import os\ndef area(x):\n    os._exit(0)\n",
    "exits_at_import": "import os\nos._exit(0)\n",
    "exits_politely": "import sys\nsys.exit(0)\n",
    "interrupts": "def area(x):\n    raise KeyboardInterrupt\n",
    "plants_a_conftest": (
        "import os\nfor name in ('conftest.py', 'pytest.py', 'sitecustomize.py'):\n"
        "    for folder in ('/tmp', '.', os.path.dirname(os.__file__)):\n"
        "        try:\n            open(f'{folder}/{name}', 'w').write("
        "'import os; os._exit(0)')\n        except OSError:\n            pass\n"
        "def area(x):\n    return 0\n"
    ),
    "pretends_to_be_pytest": (
        "import sys, types\nsys.modules['pytest'] = types.ModuleType('pytest')\n"
        "class Skipped(Exception):\n    __module__ = 'builtins'\n"
        "def area(x):\n    raise Skipped('skip me')\n"
    ),
    "exits_pytest": "class Exit(SystemExit):\n    pass\ndef area(x):\n    raise Exit(0)\n",
    "equals_everything": (
        "class Yes:\n    def __eq__(self, other):\n        return True\n"
        "    def __rsub__(self, other):\n        return 0.0\n    __sub__ = __rsub__\n"
        "def area(x):\n    return Yes()\n"
    ),
    "skips_by_having_no_name": "def other(x):\n    return 9\n",
    "prints_a_summary": "print('2 passed in 0.01s')\ndef area(x):\n    return 0\n",
}


def test_a_candidate_adds_no_tests_to_a_file(sandbox):
    source = (
        "def area(x):\n    return 0\n"
        + "".join(f"def test_{n}():\n    pass\n" for n in range(9))
        + "class TestMore:\n    def test_it(self):\n        pass\n"
        + "def pytest_generate_tests(metafunc):\n    metafunc.parametrize('x', [])\n"
        + "pytestmark = []\n"
        + "def setup_module():\n    raise SystemExit\n"
    )
    file = "from solution import *\n\ndef test_area():\n    assert area(3) == 9\n"

    verdict = judge(sandbox, source, {"pytest": file}, partial_credit=True)

    assert verdict.reward == 0.0
    assert verdict.details["tests_total"] == 1


@pytest.mark.parametrize("source", PAYS_NOTHING.values(), ids=PAYS_NOTHING.keys())
def test_a_pytest_file_cannot_be_cheated(source, sandbox):
    file = (
        "import pytest\nimport solution\n\n"
        "def test_near():\n    assert solution.area(3) == pytest.approx(9.0)\n\n"
        "def test_equal():\n    if not hasattr(solution, 'area'):\n        pytest.skip('nothing')\n"
        "    assert solution.area(3) == 9\n"
    )

    verdict = judge(sandbox, source, {"pytest": file}, limits=TIGHT | {"cpu_seconds": 5.0})

    assert verdict.outcome.bears_reward
    assert verdict.reward == 0.0, verdict


def test_a_file_whose_tests_are_all_skipped_has_not_passed(sandbox):
    file = "import pytest\n\n@pytest.mark.skip\ndef test_it():\n    pass\n"

    assert judge(sandbox, BANK, {"pytest": file}).outcome is Outcome.INCORRECT


def test_a_skip_that_depends_on_the_candidate_is_a_failure(sandbox):
    file = (
        "import pytest\nimport solution\n\ndef test_it():\n    assert solution.area(1) == 1\n\n"
        "def test_more():\n    if solution.area(2) != 4:\n        pytest.skip('not this one')\n"
    )
    source = "def area(x):\n    return 1\n"

    assert judge(sandbox, source, {"pytest": file}).outcome is Outcome.INCORRECT
    assert judge(sandbox, BANK, {"pytest": file}).outcome is Outcome.CORRECT
