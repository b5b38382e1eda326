"""Judges tasks of ``programs`` with a sandbox that runs nothing."""

import json

from adjudge_verifiers import judging
from adjudge_verifiers.contract import BadTask, Outcome, Verdict
from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.programs.verifier import Programs

CODE = "```python\nprint(1)\n```"


def prepared(task):
    """The task made ready, or the verdict that says why that cannot be."""
    verifier = Programs()
    return judging.prepare(verifier, judging.read_parameters(verifier, json.dumps(task)))


def judge(task, sandbox):
    """One verdict; ``task`` may be made ready already."""
    if not isinstance(sandbox, FakeSandbox):
        sandbox = FakeSandbox(sandbox)
    ready = prepared(task) if isinstance(task, dict) else task
    assert not isinstance(ready, Verdict), ready.message
    return judging.judge(ready, CODE, sandbox)


def refusal(task):
    """In which words a task is refused; fails for one that is not."""
    try:
        ready = prepared(task)
    except BadTask as error:
        return str(error)
    assert isinstance(ready, Verdict)
    assert ready.outcome is Outcome.BAD_TASK
    return ready.message
