"""pytest files against candidates: each test counts, and none is added, skipped or faked."""

import pytest
from tests.hostile.suites.asking import TIGHT, judge

from adjudge_verifiers.contract import Outcome

pytestmark = [pytest.mark.jail, pytest.mark.timeout(120)]


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
