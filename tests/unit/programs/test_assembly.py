"""The program that runs: prefix, candidate and suffix put together."""

import pytest

from adjudge_verifiers.programs.assembly import assembled
from adjudge_verifiers.programs.fences import find_code

PROMPT = 'from typing import List\n\n\ndef double(x):\n    """Twice x."""\n'
WHOLE_FUNCTION = "def double(x):\n    return 2 * x\n"


def run(completion, prefix=PROMPT, suffix=""):
    namespace = {}
    source = assembled(prefix, find_code(completion, "python"), suffix)
    exec(compile(source, "program", "exec", dont_inherit=True), namespace)
    return namespace


@pytest.mark.parametrize(
    "completion",
    [
        "    return 2 * x\n",
        "\n    return 2 * x",
        "    return 2 * x\n\n\ndef other():\n    pass\n",
        WHOLE_FUNCTION,
        f"Sure:\n```python\n{WHOLE_FUNCTION}```",
        f"Sure:\n```python\n{PROMPT}    return 2 * x\n```",
        "Only the body:\n```python\n    return 2 * x\n```",
        f"```python\nfrom __future__ import annotations\n\n{WHOLE_FUNCTION}```",
        f"```python\n# mine\n\nfrom __future__ import annotations\n{PROMPT}    return 2 * x\n```",
        f"from __future__ import annotations\n{WHOLE_FUNCTION}",
        f"```python\nfrom __future__ import annotations; A = 1\n{WHOLE_FUNCTION}```",
    ],
)
def test_a_completion_goes_on_from_the_prompt_or_says_it_all_again(completion):
    assert run(completion)["double"](4) == 8


def test_a_fenced_block_starts_on_a_line_of_its_own_and_a_continuation_does_not():
    assert run("```python\ny = 3\n```", prefix="x = 2")["y"] == 3
    assert run("1 + 1", prefix="x = ")["x"] == 2


def test_the_suffix_starts_on_a_line_of_its_own():
    assert run("x = 1", prefix="", suffix="y = x")["y"] == 1


@pytest.mark.parametrize(
    "code",
    [
        "x = 1\nfrom __future__ import annotations\n",
        '"""\nfrom __future__ import annotations\n"""\n',
        " from __future__ import annotations\n",
        "from __future__ import (\n    annotations,\n)\n",
        "#",
        "",
        "\n\n",
    ],
)
def test_what_is_no_import_from_the_future_at_the_top_stays_where_it_is(code):
    found = find_code(f"```python\n{code}\nx = 1\n```", "python")
    assert assembled("import math\n", found, "") == "import math\n" + found.source


def test_other_languages_have_no_future():
    found = find_code("```cpp\nfrom __future__ import x\n```", "cpp")
    assert assembled("int a;\n", found, "", "cpp") == "int a;\n" + found.source


def test_a_megabyte_of_comments_is_passed_once():
    code = "#\n" * 500_000 + "from __future__ import annotations\nx = 1\n"
    assert run(f"```python\n{code}```", prefix="y = 2\n")["x"] == 1
