"""HumanEvalPack: HumanEval in six languages. Python is judged as HumanEval is.

Source: bigcode-project/octopack (bigcode/humanevalpack). ``task_id`` names the language
("CPP/7"), ``test`` is a main program (C++, Java, JavaScript) or a test module (Rust) that stands
behind the solution in one file.

Tests in these languages share the candidate's process, unlike Python's. The suffix prints a mark
that only the hidden tests' digest gives after the last assert, so leaving early does not pass; but
a program that knows this harness can still fool asserts in its own file. Measure with these tasks;
do not train a policy that looks for holes on them.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Literal

from adjudge.formats.errors import NotSupported, RowError
from adjudge.formats.humaneval import from_humaneval
from adjudge.formats.rows import optional_text, required_text
from adjudge.program_task import Language, StdinTest, programs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adjudge.task import Task

LANGUAGES: dict[str, Language] = {
    "CPP": "cpp",
    "Java": "java",
    "JavaScript": "javascript",
    "Rust": "rust",
}
"""The verifier's name for each language of a ``task_id`` that is not Python."""

_JAVA_IMPORTS = "import java.util.*;\nimport java.util.stream.*;\nimport java.math.*;\n"
_ASSERTING = "console.assert = (ok, ...why) => { if (!ok) throw new Error(`assertion: ${why}`) };\n"
_RUST_TEST = re.compile(r"#\[test\]\s*(?:pub\s+)?fn\s+(\w+)")


def from_humanevalpack(
    row: Mapping[str, Any],
    *,
    completion: Literal["whole", "continuation"] = "whole",
    **options: Any,
) -> Task:
    """Read ``task_id``, ``test`` and, for continuations, ``prompt`` of one row.

    ``completion`` says what a candidate is: a whole program, or what goes on from the prompt. In
    Python both are read at once. Raises RowError, and NotSupported for Go, whose tests need a
    package that is not part of it.
    """
    name = required_text(row, "task_id").partition("/")[0]
    if name in {"Python", "HumanEval"}:
        return from_humaneval(row, **options)
    language = LANGUAGES.get(name)
    if language is None:
        raise NotSupported("task_id", f"one of Python, {', '.join(sorted(LANGUAGES))}", repr(name))
    test = required_text(row, "test")
    mark = f"all tests passed {hashlib.sha256(test.encode()).hexdigest()[:32]}"
    prompt = optional_text(row, "prompt")
    prefix = {"java": _JAVA_IMPORTS, "cpp": _includes(prompt)}.get(language, "")
    if completion == "continuation":
        prefix = required_text(row, "prompt")
    if language == "rust":
        prefix = f"mod solution {{\n{prefix}"
    options.setdefault("source_prefix", prefix or None)
    options.setdefault("source_suffix", _SUFFIXES[language](test, mark))
    return programs(language, [StdinTest(stdin="", expected=mark)], **options)


def _includes(prompt: str) -> str:
    """The headers that the prompt names, and no more: CPP/23 tests a ``strlen`` of its own, which
    ``<cstring>`` would hide from the tests.
    """
    lines = [line.strip() for line in prompt.splitlines()]
    return "".join(f"{line}\n" for line in lines if line.startswith(("#include", "using ")))


def _cpp(test: str, mark: str) -> str:
    return "#include <cstdio>\n" + _before_ends(test, 1, f'std::puts("{mark}");')


def _java(test: str, mark: str) -> str:
    return _before_ends(test, 2, f'System.out.println("{mark}");')


def _javascript(test: str, mark: str) -> str:
    return f'{_ASSERTING}{test.rstrip()}\nconsole.log("{mark}");\n'


def _rust(test: str, mark: str) -> str:
    """The tests as functions inside of the module that holds the solution, called by ``main``."""
    names = _RUST_TEST.findall(test)
    if not names:
        raise RowError("test", "functions marked #[test]", "none in it")
    inner = _RUST_TEST.sub(r"pub fn \1", test)
    inner = inner.replace("#[cfg(test)]", "").replace("mod tests", "pub mod tests", 1)
    calls = "".join(f"    solution::tests::{name}();\n" for name in names)
    return f'{inner}\n}}\nfn main() {{\n{calls}    println!("{mark}");\n}}\n'


def _before_ends(code: str, braces: int, statement: str) -> str:
    """``code`` with the statement before its last closing braces."""
    at = len(code)
    for _ in range(braces):
        at = code.rfind("}", 0, at)
        if at < 0:
            raise RowError("test", "a main program", f"no {braces} closing braces")
    return f"{code[:at]}    {statement}\n{code[at:]}"


_SUFFIXES: dict[str, Callable[[str, str], str]] = {
    "cpp": _cpp,
    "java": _java,
    "javascript": _javascript,
    "rust": _rust,
}
