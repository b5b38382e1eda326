"""Kattis packages that the client's reader reads, judged in the jail."""

import pytest

from adjudge import formats
from adjudge_verifiers.programs.verifier import Programs

pytestmark = [pytest.mark.jail, pytest.mark.timeout(120)]

FACTORS = {
    "problem.yaml": "validation: custom\nvalidator_flags: proper\n",
    "data/secret/1.in": "15\n",
    "data/secret/1.ans": "3 5\n",
    "data/secret/2.in": "77\n",
    "data/secret/2.ans": "7 11\n",
    "output_validators/check/check.py": """\
import sys
from reading import numbers
given = numbers(open(sys.argv[1]))[0]
numbers(open(sys.argv[2]))
open(sys.argv[3] + "judgemessage.txt", "w").write("looked")
found = numbers(sys.stdin)
right = len(found) == 2 and found[0] * found[1] == given
sys.exit(42 if right and (sys.argv[4:] != ["proper"] or 1 not in found) else 43)
""",
    "output_validators/check/reading.py": """\
def numbers(file):
    return [int(word) for word in file.read().split()]
""",
}
GUESS = {
    "problem.yaml": "validation: custom interactive\n",
    "data/secret/1.in": "70\n",
    "data/secret/1.ans": "",
    "output_validators/guess.py": """\
import sys
wanted = int(open(sys.argv[1]).read())
for _ in range(10):
    guess = int(input())
    if guess == wanted:
        print("correct", flush=True)
        sys.exit(42)
    print("lower" if guess > wanted else "higher", flush=True)
sys.exit(43)
""",
}
ODD = {
    "problem.yaml": "type: scoring\n",
    "data/secret/1/testdata.yaml": "accept_score: 30\ngrader_flags: min\n",
    "data/secret/1/a.in": "1\n",
    "data/secret/1/a.ans": "ODD\n",
    "data/secret/2/testdata.yaml": "accept_score: 70\ngrader_flags: min\n",
    "data/secret/2/a.in": "2\n",
    "data/secret/2/a.ans": "EVEN\n",
    "data/secret/2/b.in": "3\n",
    "data/secret/2/b.ans": "ODD\n",
}
FACTOR = "n = int(input())\na = next(a for a in range(2, n) if n % a == 0)\nprint(n // a, a)"
SEARCH = """\
low, high = 1, 100
while True:
    middle = (low + high) // 2
    print(middle, flush=True)
    said = input()
    if said == "correct":
        break
    if said == "lower":
        high = middle - 1
    else:
        low = middle + 1
"""


def judge(sandbox, tmp_path, files, code):
    for name, text in files.items():
        path = tmp_path / "problem" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    task = formats.from_kattis(tmp_path / "problem")
    verifier = Programs()
    prepared = verifier.prepare(verifier.parameters_type.model_validate_json(task.parameters_json))
    return verifier.judge(prepared, f"```python\n{code}\n```", sandbox)


@pytest.mark.parametrize(
    ("files", "code", "outcome", "reward"),
    [
        (FACTORS, FACTOR, "CORRECT", 1.0),
        (FACTORS, "print(1, input())", "INCORRECT", 0.0),
        (GUESS, SEARCH, "CORRECT", 1.0),
        (GUESS, "for n in range(10): print(n, flush=True); input()", "INCORRECT", 0.0),
        (ODD, "print('odd' if int(input()) % 2 else 'even')", "CORRECT", 1.0),
        (ODD, "print('odd')", "PARTIAL", 0.3),
    ],
)
def test_a_package_is_judged_as_its_authors_mean(  # noqa: PLR0917 - a table and two fixtures
    sandbox, tmp_path, files, code, outcome, reward
):
    verdict = judge(sandbox, tmp_path, files, code)
    assert verdict.outcome.name == outcome, verdict
    assert verdict.reward == pytest.approx(reward)
