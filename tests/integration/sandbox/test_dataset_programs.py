"""Tasks that the client's readers make, judged in the jail."""

import pytest
from tests.fixtures.toolchains import runs_here

from adjudge import formats
from adjudge_verifiers.programs.verifier import Programs

pytestmark = [pytest.mark.jail, pytest.mark.timeout(120)]

ROWS = {
    "cpp": {
        "task_id": "CPP/900",
        "prompt": "#include<string>\nusing namespace std;\nint twice(int x){\n",
        "test": "#undef NDEBUG\n#include<assert.h>\nint main(){\n    assert (twice(2)==4);\n}\n",
    },
    "java": {
        "task_id": "Java/900",
        "test": "public class Main {\n    public static void main(String[] args) {\n"
        "        Solution s = new Solution();\n"
        "        List<Boolean> correct = Arrays.asList(s.twice(2) == 4);\n"
        "        if (correct.contains(false)) {\n            throw new AssertionError();\n"
        "        }\n    }\n}\n",
    },
    "javascript": {
        "task_id": "JavaScript/900",
        "test": "const t = () => {\n  console.assert(twice(2) === 4)\n}\n\nt()\n",
    },
    "rust": {
        "task_id": "Rust/900",
        "test": "#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn t() {\n"
        "        assert_eq!(twice(2), 4);\n    }\n}\n",
    },
}
CODE = {
    "cpp": "int twice(int x) {{ {0} return {1}; }}",
    "java": "class Solution {{ int twice(int x) {{ {0} return {1}; }} }}",
    "javascript": "const twice = (x) => {{ {0} return {1} }}",
    "rust": "fn main() {{}}\nfn twice(x: i32) -> i32 {{ {0} {1} }}",
}
LEAVE = {
    "javascript": "process.exit(0);",
    "rust": "if x > 0 { std::process::exit(0); }",
}


def judge(sandbox, task, code):
    verifier = Programs()
    parameters = verifier.parameters_type.model_validate_json(task.parameters_json)
    tag = task.parameters["language"]
    return verifier.judge(verifier.prepare(parameters), f"```{tag}\n{code}\n```", sandbox)


@pytest.mark.parametrize("language", ROWS)
def test_humanevalpack_in_other_languages(sandbox, language):
    if not runs_here(sandbox, language):
        return
    task = formats.from_humanevalpack(ROWS[language])
    right = judge(sandbox, task, CODE[language].format("", "x * 2"))
    assert right.outcome.name == "CORRECT", right
    if language in {"javascript", "rust"}:  # cheap to compile
        leaves = judge(sandbox, task, CODE[language].format(LEAVE[language], "x * 2"))
        assert leaves.outcome.name == "INCORRECT", leaves
        wrong = judge(sandbox, task, CODE[language].format("", "x * 3"))
        assert wrong.outcome.name == "RUNTIME_ERROR", wrong


def test_leetcode_calls_need_no_imports(sandbox):
    task = formats.from_livecodebench(
        {
            "public_test_cases": [{"input": "[1, 1]\n3", "output": "9", "testtype": "functional"}],
            "private_test_cases": "[]",
            "metadata": {"func_name": "f"},
            "starter_code": "class Solution:\n    def f(self, xs: List[int], k: int) -> int:\n",
        }
    )
    code = """\
from __future__ import annotations
class Solution:
    @cache
    def power(self, n: int) -> int:
        return pow(n, 2, 10**9)
    def f(self, xs: List[int], k: int) -> Optional[int]:
        heap = [Counter(xs)[1], inf]
        heapify(heap)
        return self.power(k) if reduce(add, xs) == heappop(heap) else None
"""
    verdict = judge(sandbox, task, code)
    assert verdict.outcome.name == "CORRECT", verdict


def test_a_row_with_list_nodes_in_its_signature(sandbox):
    row = {
        "input_output": {"fn_name": "f", "inputs": [[[1, 2, 3], 2]], "outputs": [[[2, 3]]]},
        "starter_code": "class Solution:\n    def f(self, head: Optional[ListNode], k: int)"
        " -> Optional[ListNode]:\n        ",
    }
    code = """\
class Solution:
    def f(self, head: Optional[ListNode], k: int) -> Optional[ListNode]:
        while head.val < k:
            head = head.next
        return head
"""
    verdict = judge(sandbox, formats.from_apps(row), code)
    assert verdict.outcome.name == "CORRECT", verdict
