"""Worked examples of the verifier ``programs``, one for each way to write a task."""

from __future__ import annotations

from adjudge_verifiers.contract import Example, Outcome

_SUM = {
    "language": "python",
    "tests": [{"stdin": "1 2\n", "expected": "3\n"}, {"stdin": "40 2\n", "expected": "42\n"}],
}
_SUM_CPP = {**_SUM, "language": "cpp"}
_CALL = {
    "language": "python",
    "entry_point": "add",
    "tests": [
        {"arguments": [1, 2], "expected": 3},
        {"arguments": [0.1], "keyword_arguments": {"b": 0.2}, "expected": 0.3},
    ],
}
_CODE = {
    "language": "python",
    "entry_point": "add",
    "tests": [{"code": "assert candidate(1, 2) == 3"}, {"code": "assert add('a', 'b') == 'ab'"}],
}
_FILE = {
    "language": "python",
    "tests": [
        {"pytest": "from solution import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n"}
    ],
}
_COMPLETED = {**_CALL, "source_prefix": "def add(a, b):\n"}

EXAMPLES = (
    Example(
        _SUM,
        "Read both and add.\n```python\nprint(sum(map(int, input().split())))\n```",
        Outcome.CORRECT,
    ),
    Example(_SUM, "```python\nprint(3)\n```", Outcome.INCORRECT),
    Example(_SUM, "```python\nprint(3\n```", Outcome.COMPILE_ERROR),
    Example(_SUM, "```python\nraise SystemExit(3)\n```", Outcome.RUNTIME_ERROR),
    Example(_SUM, "<think>I have no idea</think>", Outcome.NO_ANSWER),
    Example({**_SUM, "partial_credit": True}, "```python\nprint(3)\n```", Outcome.PARTIAL),
    Example(_CALL, "```python\ndef add(a, b):\n    return a + b\n```", Outcome.CORRECT),
    Example(_CALL, "```python\ndef add(a, b):\n    return str(a + b)\n```", Outcome.INCORRECT),
    Example(_CODE, "```python\ndef add(a, b):\n    return a + b\n```", Outcome.CORRECT),
    Example(_CODE, "```python\ndef add(a, b):\n    return 3\n```", Outcome.INCORRECT),
    Example(_CODE, "```python\ndef add(a, b):\n    raise SystemExit\n```", Outcome.RUNTIME_ERROR),
    Example(_FILE, "```python\ndef add(a, b):\n    return a + b\n```", Outcome.CORRECT),
    Example(_COMPLETED, "    return a + b\n", Outcome.CORRECT),
    Example(
        _SUM_CPP,
        "```cpp\n#include <iostream>\nint main() { int a, b; std::cin >> a >> b; "
        'std::cout << a + b << "\\n"; }\n```',
        Outcome.CORRECT,
    ),
    Example(
        _SUM_CPP,
        '```cpp\n#include <cstdio>\nint main() { std::puts("3"); }\n```',
        Outcome.INCORRECT,
    ),
    Example({"language": "python", "tests": []}, "```python\nprint(3)\n```", Outcome.BAD_TASK),
)
