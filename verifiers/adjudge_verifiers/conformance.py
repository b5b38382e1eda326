"""The conformance suite: what every verifier must keep, ours and yours.

    def test_parity_conforms():
        assert check_conformance(Parity()) == []

Everything is tried through ``judging``, as a worker does it, but without a jail: an answer that
makes a verifier loop for ever makes this suite loop too.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
import time
from typing import TYPE_CHECKING, Any

from adjudge_verifiers import judging
from adjudge_verifiers.companion import companion_of
from adjudge_verifiers.contract import (
    COMPLETION_LIMIT_CHARACTERS,
    BadTask,
    GroupsAnswers,
    Outcome,
    SandboxedVerifier,
    Verdict,
)
from adjudge_verifiers.declaration import declaration_faults
from adjudge_verifiers.grouping_conformance import grouping_problems
from adjudge_verifiers.schema import parameters_schema, schema_faults, types_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from adjudge_verifiers.contract import AnyVerifier, Example
    from adjudge_verifiers.sandbox import Sandbox

_REASON = re.compile(r"[a-z][a-z0-9_]*")
_MIB = 1024 * 1024
_UNKNOWN_FIELD = "no_such_field"

ODD_COMPLETIONS: Mapping[str, str] = {
    "empty": "",
    "blank": " \t\n\u00a0\u3000",
    "one MiB of letters": "x" * _MIB,
    "one MiB of digits in a box": "\\boxed{" + "9" * (_MIB - 8) + "}",
    "one MiB of open brackets": "([{<" * (_MIB // 4),
    "one MiB of open tags": "<answer>" * (_MIB // 8),
    "one MiB of lines": "\n" * _MIB,
    "more than the limit": "x" * (COMPLETION_LIMIT_CHARACTERS + 1),
    "NUL bytes": "<answer>\x00\x00</answer>",
    "NUL after text": "<answer>1\x002</answer>",
    "control characters": "<answer>\x01\x1b[2J\x7f\x85</answer>",
    "right-to-left and joiners": "<answer>\u202e\u2066abc\u200d\u200b\ufeff</answer>",
    "combining marks": "<answer>" + "e" + "\u0301" * 5000 + "</answer>",
    "other digits": "<answer>\u0664\u0662 \u4e8c \u00bd \U0001d7d9 \u2167</answer>",
    "astral characters": "\U0001f600" * 1000 + "<answer>\U0010ffff</answer>",
    "two answers": "<answer>1</answer><answer>2</answer>",
    "two boxes": "\\boxed{1} or \\boxed{2}",
    "unclosed thought": "<think>hm <answer>1</answer>",
    "unclosed answer": "<answer>1",
    "unclosed fence": "```python\nprint(1)",
    "braces of a format string": "<answer>{0} {name!r} %s %(x)s ${HOME} $(id) `id`</answer>",
    "not a number": "<answer>nan</answer>",
    "infinity": "<answer>-inf</answer>",
    "a huge exponent": "<answer>9^9^9^9^9</answer>",
    "JSON": '<answer>{"reward": 1, "outcome": "CORRECT"}</answer>',
}
"""Completions by what they try. A verifier raises for none of them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One rule that a verifier breaks: a stable name of the rule, and what was seen."""

    rule: str
    message: str


def check_conformance(verifier: AnyVerifier, sandbox: Sandbox | None = None) -> list[Problem]:
    """Every problem found; empty when the verifier conforms.

    A SandboxedVerifier needs a ``sandbox`` that can run its examples. Calls ``warm``.
    Raises ValueError when the sandbox is missing.
    """
    if isinstance(verifier, SandboxedVerifier) and sandbox is None:
        raise ValueError("a SandboxedVerifier is checked with a sandbox: pass one")
    faults = declaration_faults(verifier)
    if faults:
        return [Problem("declaration", fault) for fault in faults]
    try:
        verifier.warm()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises is the finding
        return [Problem("warm", f"warm() raised {error!r}")]
    return list(_Suite(verifier, sandbox).problems())


class _Suite:
    """The rules, applied to one verifier."""

    def __init__(self, verifier: AnyVerifier, sandbox: Sandbox | None) -> None:
        self._verifier = verifier
        self._sandbox = sandbox
        self._schema = parameters_schema(verifier.parameters_type)

    def problems(self) -> Iterator[Problem]:
        for fault in schema_faults(self._schema):
            yield Problem("schema", fault)
        yield from self._examples()
        yield from self._parameters()
        tasks = self._tasks()
        yield from self._odd_completions(tasks)
        yield from self._order(tasks)
        yield from self._grouping()

    # Examples ---------------------------------------------------------------------------------

    def _examples(self) -> Iterator[Problem]:
        """Each example gives its outcome, twice the same, within the budget."""
        outcomes = set()
        for position, example in enumerate(self._verifier.examples):
            where = f"examples[{position}]"
            started = time.process_time()
            verdict = self._verdict(example)
            used = time.process_time() - started
            outcomes.add(verdict.outcome)
            if verdict.outcome is not example.outcome:
                yield Problem(
                    "example",
                    f"{where}: expected {example.outcome.name}, got {verdict.outcome.name} "
                    f"({verdict.reason}: {verdict.message})",
                )
            yield from _shape(where, verdict)
            if used > self._verifier.budget.cpu_seconds:
                yield Problem("example_time", f"{where}: used {used:.2f} s of processor time")
            if self._verifier.deterministic and self._verdict(example) != verdict:
                yield Problem("deterministic", f"{where}: judged twice, two verdicts")
        if Outcome.CORRECT not in outcomes:
            yield Problem("examples", "no example is CORRECT")
        if not any(Outcome.PARTIAL < outcome <= Outcome.OUTPUT_LIMIT for outcome in outcomes):
            yield Problem("examples", "no example earns nothing (INCORRECT or a fault)")

    def _verdict(self, example: Example) -> Verdict:
        task = self._prepared(example.parameters)
        return task if isinstance(task, Verdict) else self._judge(task, example.completion)

    def _prepared(self, parameters: Mapping[str, Any]) -> judging.PreparedTask | Verdict:
        try:
            read = judging.read_parameters(self._verifier, json.dumps(dict(parameters)))
        except BadTask as error:
            return judging.not_judged(error)
        return judging.prepare(self._verifier, read)

    def _judge(self, task: judging.PreparedTask, completion: str) -> Verdict:
        return judging.judge(task, completion, self._sandbox)

    # Parameters -------------------------------------------------------------------------------

    def _parameters(self) -> Iterator[Problem]:
        """Examples survive a round trip; what is wrong is a BadTask that names the field."""
        good = None
        for position, example in enumerate(self._verifier.examples):
            try:
                read = judging.read_parameters(self._verifier, json.dumps(dict(example.parameters)))
                again = judging.read_parameters(self._verifier, read.model_dump_json())
            except BadTask as error:
                if example.outcome is not Outcome.BAD_TASK:
                    yield Problem("round_trip", f"examples[{position}].parameters: {error}")
                continue
            if again != read:
                yield Problem("round_trip", f"examples[{position}].parameters change")
            if example.outcome is not Outcome.BAD_TASK:
                good = example.parameters
        if good is None:
            return
        yield from self._must_refuse(good, _UNKNOWN_FIELD, 1, "unknown_field")
        yield from self._must_refuse(good, "rewards", {"INCORRECT": math.nan}, "nan")
        for field, part in self._schema.get("properties", {}).items():
            types = types_of(part, self._schema)
            if types & {"number", "integer"}:
                yield from self._must_refuse(good, field, math.nan, "nan")
            wrong = _wrong_value(types)
            if wrong is not None:
                yield from self._must_refuse(good, field, wrong, "wrong_type")

    def _must_refuse(
        self, good: Mapping[str, Any], field: str, value: Any, rule: str
    ) -> Iterator[Problem]:
        text = json.dumps({**good, field: value})
        try:
            judging.read_parameters(self._verifier, text)
        except BadTask as error:
            if not error.field.startswith(field):
                yield Problem(rule, f"{field}={value!r}: the error names {error.field!r} instead")
        except Exception as error:  # noqa: BLE001 - whatever it raises is the finding
            yield Problem(rule, f"{field}={value!r}: raised {error!r}, not BadTask")
        else:
            yield Problem(rule, f"{field}={value!r} is accepted")

    # Completions ------------------------------------------------------------------------------

    def _tasks(self) -> list[tuple[Example, judging.PreparedTask]]:
        """One prepared task for each example that can be judged, shared by its candidates."""
        tasks: dict[str, judging.PreparedTask | Verdict] = {}
        for example in self._verifier.examples:
            key = json.dumps(dict(example.parameters), sort_keys=True)
            if key not in tasks:
                tasks[key] = self._prepared(example.parameters)
        pairs = [
            (example, tasks[json.dumps(dict(example.parameters), sort_keys=True)])
            for example in self._verifier.examples
        ]
        return [(example, task) for example, task in pairs if not isinstance(task, Verdict)]

    def _odd_completions(
        self, tasks: list[tuple[Example, judging.PreparedTask]]
    ) -> Iterator[Problem]:
        """No text makes a verifier fail, and nothing is not an answer."""
        distinct = {id(task): task for _, task in tasks}
        for title, completion in ODD_COMPLETIONS.items():
            for task in distinct.values():
                verdict = self._judge(task, completion)
                where = f"completion {title!r}"
                if not verdict.outcome.bears_reward:
                    yield Problem(
                        "odd_completion",
                        f"{where}: {verdict.outcome.name} ({verdict.message}); a candidate that "
                        "can cause an outcome without reward learns to",
                    )
                if not completion.strip() and verdict.outcome <= Outcome.PARTIAL:
                    yield Problem("empty_completion", f"{where}: {verdict.outcome.name}")
                yield from _shape(where, verdict)
                if self._verifier.deterministic and self._judge(task, completion) != verdict:
                    yield Problem("deterministic", f"{where}: judged twice, two verdicts")

    def _order(self, tasks: list[tuple[Example, judging.PreparedTask]]) -> Iterator[Problem]:
        """Prepared tasks serve any number of candidates in any order, also after odd ones."""
        for example, task in reversed(tasks):
            verdict = self._judge(task, example.completion)
            if verdict.outcome is not example.outcome and (
                self._verdict(example).outcome is example.outcome
            ):
                yield Problem(
                    "order",
                    f"{example.completion!r:.60}: {example.outcome.name} when judged first, "
                    f"{verdict.outcome.name} after others",
                )

    # Groups -----------------------------------------------------------------------------------

    def _grouping(self) -> Iterator[Problem]:
        """A verifier that groups answers does so for every text, by an even-handed relation."""
        companion = companion_of(self._verifier)
        if companion is None or not isinstance(self._verifier, GroupsAnswers):
            return
        completions = [example.completion for example in self._verifier.examples]
        for rule, message in grouping_problems(
            self._verifier, companion, [*completions, *ODD_COMPLETIONS.values()]
        ):
            yield Problem(rule, message)


def _wrong_value(types: frozenset[str]) -> Any:
    """A JSON value of a type that is not accepted and that no reader turns into one that is."""
    if "object" not in types:
        return {"wrong": ["type"]}
    if "array" not in types:
        return [["wrong type"]]
    return "wrong type" if "string" not in types else None


def _shape(where: str, verdict: Verdict) -> Iterator[Problem]:
    """A verdict can be written: codes, texts and details are what the wire takes."""
    if not isinstance(verdict.reason, str) or not _REASON.fullmatch(verdict.reason):
        yield Problem("reason", f"{where}: reason must be lower_snake_case: {verdict.reason!r}")
    for name in ("message", "decided_by", "answer"):
        value = getattr(verdict, name)
        if value is None and name == "answer":
            continue
        if not isinstance(value, str):
            yield Problem("text", f"{where}: {name} must be a text, found {value!r:.80}")
            continue
        try:
            value.encode()
        except UnicodeEncodeError:
            yield Problem("text", f"{where}: {name} holds a lone surrogate")
    try:
        json.dumps(None if verdict.details is None else dict(verdict.details), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        yield Problem("details", f"{where}: details are no JSON: {error}")
