"""One trial of the fuzzer: a pair of texts, the options, and what must hold for them.

SymPy alone has no bound on its time: in the service the item's budget ends it (TIME_LIMIT, reward
0), here a timer does. Whatever else uses up the budget is a finding.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import signal
from typing import TYPE_CHECKING, Any

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import PreparedTask, judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters
from adjudge_verifiers.mathematics.comparing.ladder import Parsed, equivalent, is_unevaluated
from adjudge_verifiers.mathematics.decision import Rules
from adjudge_verifiers.mathematics.errors import MathematicsError
from adjudge_verifiers.mathematics.reading.text import read

if TYPE_CHECKING:
    import random
    import types
    from collections.abc import Callable

    from tests.fuzz.mutations import Mutator

CPU_SECONDS = 1.0
_ALLOWED = frozenset(
    (
        Outcome.CORRECT,
        Outcome.INCORRECT,
        Outcome.INVALID_ANSWER,
        Outcome.NO_ANSWER,
    )
)
_LONGEST_DIFFERENCE = 4_000
_EXACT = Rules(rounding=False)
_VERIFIER = Mathematics()


class OverBudget(BaseException):
    """Raised in the middle of a judgement that has used up its budget."""

    def __init__(self, *, in_sympy: bool) -> None:
        super().__init__("SymPy" if in_sympy else "a rung that should be bounded")
        self.in_sympy = in_sympy


def _out_of_time(_: int, frame: types.FrameType | None) -> None:
    in_sympy = False
    while frame is not None and not in_sympy:
        in_sympy = str(frame.f_globals.get("__name__", "")).startswith("sympy.")
        frame = frame.f_back
    raise OverBudget(in_sympy=in_sympy)


def within_budget[T](work: Callable[[], T]) -> T:
    """The result of the work, two judgements. Raises OverBudget after twice the CPU time of one."""
    before = signal.signal(signal.SIGPROF, _out_of_time)
    signal.setitimer(signal.ITIMER_PROF, 2 * CPU_SECONDS, 0.1)  # SymPy may swallow one
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@dataclasses.dataclass(frozen=True)
class Trial:
    """A task and a completion."""

    reference: str
    answer: str
    options: dict[str, Any]

    def shown(self) -> str:
        """The trial as one line of JSON, with which ``--replay`` repeats it."""
        return json.dumps(dataclasses.asdict(self))


def make_trial(mutator: Mutator, dice: random.Random) -> Trial:
    """The next trial: half of all have no options."""
    reference, answer = mutator.pair()
    options: dict[str, Any] = {}
    for name, values in _OPTIONS.items():
        if dice.random() < 0.15:
            options[name] = dice.choice(values)
    if dice.random() < 0.1:
        options.pop("required_form", None)
        options["choices"] = {letter: mutator.text() or "1" for letter in "ABC"}
        reference = dice.choice(("A", "B", reference))
        answer = dice.choice(("A. ", "(B) ", "option C ", "")) + answer
    return Trial(reference, answer, options)


_OPTIONS: dict[str, list[Any]] = {
    "explain": [True],
    "required_form": ["lowest_terms", "factored", "expanded", "simplified", "decimal"],
    "units": ["required", "ignore"],
    "order": ["ordered", "unordered"],
    "odd_roots": ["principal"],
    "rounding": ["never"],
    "tolerance": [{"relative": 0.01}, {"absolute": 0.5}],
}


def failures(trial: Trial) -> list[str]:
    """What does not hold for a trial; nothing when all does."""
    found: list[str] = []
    checks: list[Callable[[Trial], list[str]]] = [_judged, _symmetric, _grouped]
    for check in checks:
        try:
            found += within_budget(functools.partial(check, trial))
        except OverBudget as error:
            if not error.in_sympy:
                found.append(f"{check.__name__}: more than {CPU_SECONDS} s of CPU time for an item")
        except Exception as error:  # noqa: BLE001 - whatever escapes is what is looked for
            found.append(f"{check.__name__}: {type(error).__name__}: {error}")
    return found


def _judged(trial: Trial) -> list[str]:
    """Nothing but a verdict on the answer, or BAD_TASK for the reference."""
    try:
        parameters = MathematicsParameters(reference=trial.reference, **trial.options)
    except ValueError:
        return []  # an empty reference, a lone surrogate
    task = prepare(_VERIFIER, parameters)
    if not isinstance(task, PreparedTask):
        bad = task.outcome is Outcome.BAD_TASK
        return [] if bad else [f"preparing gave {task.outcome.name}: {task.message}"]
    found = []
    for completion in (rf"So \boxed{{{trial.answer}}}.", trial.answer):
        verdict = judge(task, completion)
        if verdict.outcome not in _ALLOWED or verdict.reason == "too_deep":
            found.append(f"judging gave {verdict.outcome.name}: {verdict.message}")
        difference = (verdict.details or {}).get("difference", {})
        if len(json.dumps(difference)) > _LONGEST_DIFFERENCE:
            found.append("an explanation is too long")
    return found


def _symmetric(trial: Trial) -> list[str]:
    """verify(a, b) = verify(b, a), unless one alone leaves work that only an answer may not."""
    try:
        left, right = read(trial.reference), read(trial.answer)
    except MathematicsError:
        return []
    if is_unevaluated(left) != is_unevaluated(right):
        return []
    forth, back = _equal(left, right), _equal(right, left)
    return [] if forth == back else [f"one direction is {forth}, the other {back}"]


def _equal(reference: Parsed, answer: Parsed) -> bool:
    try:
        return equivalent(reference, answer, _EXACT).equal is True
    except MathematicsError:
        return False


def _grouped(trial: Trial) -> list[str]:
    """Grouping is alike in both directions."""
    options = Mathematics.options_type()
    one = _VERIFIER.read_answer(options, rf"\boxed{{{trial.reference}}}")
    other = _VERIFIER.read_answer(options, rf"\boxed{{{trial.answer}}}")
    if one is None or other is None:
        return []
    forth, back = _VERIFIER.same(options, one, other), _VERIFIER.same(options, other, one)
    return [] if forth == back else [f"grouping is {forth} in one direction, {back} in the other"]
