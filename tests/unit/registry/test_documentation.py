"""What docs/writing-a-verifier.md shows is what the example and the code hold."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/writing-a-verifier.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "examples/parity_verifier/adjudge_parity/verifier.py").read_text("utf-8")


def test_the_class_shown_is_the_one_that_ships():
    shown = re.search(r"```python\n(_POLICY.*?)```", PAGE, re.DOTALL)[1]
    lines = [line.split("  #")[0].rstrip() for line in shown.splitlines()]
    shipped = EXAMPLE.splitlines()
    told = [line for line in lines if re.match(r"(class|_[A-Z]|    (name|version|want)\b)", line)]
    assert len(told) == 7
    assert [line for line in told if line not in shipped] == []


def test_the_entry_point_shown_is_the_one_that_ships():
    line = 'parity = "adjudge_parity.verifier:Parity"'
    assert line in PAGE
    assert line in (ROOT / "examples/parity_verifier/pyproject.toml").read_text(encoding="utf-8")


def test_every_file_it_names_exists():
    for path in re.findall(r"`((?:verifiers|examples|docs)/[\w/.]+)`", PAGE):
        assert (ROOT / path).exists(), path
