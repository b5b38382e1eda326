"""Which text of a completion is the program."""

import time

import pytest

from adjudge_verifiers.programs.fences import find_code

CODE = "print(1)\n"


@pytest.mark.parametrize(
    ("completion", "how"),
    [
        (f"```python\n{CODE}```", "tagged_fence"),
        (f"text\n```py\n{CODE}```\nmore text", "tagged_fence"),
        (f"```Python3\n{CODE}```", "tagged_fence"),
        (f"``` python \n{CODE}```", "tagged_fence"),
        (f'```python title="a.py"\n{CODE}```', "tagged_fence"),
        (f"```{{.python}}\n{CODE}```", "tagged_fence"),
        (f"````python\n{CODE}````", "tagged_fence"),
        (f"```\n{CODE}```", "plain_fence"),
        (f"```python\n{CODE}", "tagged_fence"),  # the trainer stopped on the closing fence
        (f"```python\n{CODE}```\n```bash\npython a.py\n```", "tagged_fence"),
        (
            f"```python\n{CODE}```\nprints\n```\n1\n```",
            "tagged_fence",
        ),  # the tag wins over the place
        (f"```python\nwrong()\n```\nNo, better:\n```python\n{CODE}```", "tagged_fence"),
        (f"```cpp\nint main() {{}}\n```\n```\n{CODE}```", "plain_fence"),
        (f"```python\n{CODE}```\n```python\n\n```", "tagged_fence"),  # an empty block says nothing
        (f"<think>```python\nwrong()\n```</think>\n```python\n{CODE}```", "tagged_fence"),
        (f"<think>maybe</think>{CODE}", "whole"),
        (f"Say `x` or ```y``` inline.\n```python\n{CODE}```", "tagged_fence"),
        (f"1. So:\n   ```python\n   {CODE}   ```", "tagged_fence"),
        (f"- So:\n\t```python\n\t{CODE}\t```", "tagged_fence"),
        (CODE, "whole"),
        (f"```text\n<think>\n```\n```python\n{CODE}```", "tagged_fence"),  # a word in a block
    ],
)
def test_the_program_is_found(completion, how):
    found = find_code(completion, "python")

    assert (found.source, found.how) == (CODE, how)


@pytest.mark.parametrize(
    ("completion", "reason"),
    [
        ("", "no_code"),
        (" \n\t", "no_code"),
        ("<think>print(1)</think>", "no_code"),
        ("<think>print(1)", "unclosed_think"),
        ("```python\nprint(1)\n```\n</think> so <think> again", "unclosed_think"),
        ("<think>\n```python\nprint(1)\n```", "unclosed_think"),
        ("```python\nprint(1)\n```\n<think>wait", "unclosed_think"),
        ("```cpp\nint main() {}\n```", "no_code"),
        ("```bash\nls\n```", "no_code"),
    ],
)
def test_no_program_has_a_reason(completion, reason):
    found = find_code(completion, "python")

    assert found.source is None
    assert found.reason == reason
    assert found.message


def test_each_language_has_its_own_tags():
    both = "```python\nprint(1)\n```\n```c++\nint main() {}\n```"

    assert find_code(both, "python").source == "print(1)\n"
    assert find_code(both, "cpp").source == "int main() {}\n"


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("c", "c"),
        ("C++", "cpp"),
        ("c++20", "cpp20"),
        ("cpp", "cpp20"),
        ("Java", "java"),
        ("rs", "rust"),
        ("rust,ignore", "rust"),
        ("js", "javascript"),
        ("node", "javascript"),
        ("golang", "go"),
        ("sh", "bash"),
        ("{.bash}", "bash"),
        ("bash title=run.sh", "bash"),
    ],
)
def test_a_language_is_known_by_all_its_names(tag, language):
    text = f"```python\nprint(1)\n```\n```{tag}\nsource\n```\n```text\noutput\n```"

    assert find_code(text, language).source == "source\n"


def test_a_program_in_c_is_none_in_another_language():
    for language in ("cpp", "java", "bash"):
        assert find_code("```c\nint main(void) {}\n```", language).source is None


def test_a_longer_fence_holds_shorter_ones():
    inner = 'text = """\n```\nfenced\n```\n"""\n'

    assert find_code(f"````python\n{inner}````", "python").source == inner


def test_a_tagged_line_inside_a_block_does_not_close_it():
    inner = '"""\n```text\n"""\nprint(1)\n'

    assert find_code(f"```python\n{inner}```", "python").source == inner


def test_a_body_without_fence_keeps_its_indentation():
    assert find_code("    return a + b\n", "python").source == "    return a + b\n"


def test_a_program_may_speak_of_thinking():
    source = 'print("<think>")\n'

    assert find_code(f"```python\n{source}```", "python").source == source


def test_windows_line_ends_do_not_hide_the_fence():
    assert find_code("So:\r\n```python\r\nprint(1)\r\n```\r\n", "python").source == "print(1)\r\n"


@pytest.mark.parametrize(
    "completion",
    [
        "`" * 1_000_000,
        "```\n" * 250_000,
        "```python\n" * 100_000,
        " " * 500_000 + "```" + " " * 500_000,
        " ```x" * 200_000,
        "```x`\n" * 160_000,
        "<think>" * 140_000,
        "````\n```\n" * 110_000,
        "\t" * 300_000 + "```\n" + "\tx\n" * 200_000,
        "a```" * 250_000 + "\n```",
    ],
    ids=lambda completion: ascii(completion[:12]),
)
def test_a_megabyte_of_fences_costs_linear_time(completion):
    started = time.process_time()
    find_code(completion, "python")

    assert time.process_time() - started < 1.5
