"""Made-up rollouts and unique pairs for ``mathematics.py``: references, completions, labels."""

from __future__ import annotations

import dataclasses
import random

GROUP = 8
_RIGHT_SHARE = 0.8
_STEPS = (
    "Let us set up the equation first. We know that $a = {a}$ and $b = {b}$, so $a + b = {c}$.",
    "Next, note that \\[ {a}x + {b} = {c} \\implies x = \\frac{{{c} - {b}}}{{{a}}}. \\]",
    "Wait, I should double-check this step: {a} times {b} is {d}, which agrees with the above.",
    "By symmetry the second case gives the same value, so we only need to count it once.",
    "Therefore the discriminant is $\\Delta = {b}^2 - 4 \\cdot {a} \\cdot {c}$, and we continue.",
    "Substituting back, we obtain ${a}^2 + {b}^2 = {e}$, hence the intermediate value is {e}.",
    "**Step {a}.** Simplify the expression: $\\frac{{{a}}}{{{b}}} + \\sqrt{{{c}}}$ stays as it is.",
)
_ENDINGS = (
    "So the answer is \\boxed{{{0}}}.",
    "Thus, the final answer is:\n\n\\[\n\\boxed{{{0}}}\n\\]",
    "**Final Answer**\n\n$$\\boxed{{{0}}}$$",
    "### Final Answer\nThe final answer is $\\boxed{{{0}}}$.",
    "Therefore, we get ${0}$.\n\nThe answer is $\\boxed{{ {0} }}$. I hope it is correct.",
    "The final answer is ${0}$.",
)


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """A reference, right answers as models write them, and wrong ones."""

    reference: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A completion to be judged against a reference."""

    reference: str
    completion: str
    right: bool


def problem(rng: random.Random) -> Problem:  # noqa: PLR0911 - one return for each kind
    """A problem of a random kind with random numbers."""
    a, b, c = rng.randint(2, 60), rng.randint(2, 60), rng.choice((2, 3, 5, 6, 7, 10, 11, 13))
    match rng.randrange(12):
        case 0 | 1 | 2:
            n = rng.randint(-900, 90_000)
            return Problem(str(n), (str(n), f"x = {n}", f"{n:,}"), (str(n + 1), str(2 * n + 3)))
        case 3:
            p, q = 2 * a + 1, 2 ** rng.randint(1, 6)
            right = rf"\frac{{{p}}}{{{q}}}", f"{p}/{q}", rf"\dfrac{{{p}}}{{{q}}}", str(p / q)
            return Problem(
                rf"\frac{{{p}}}{{{q}}}", right, (rf"\frac{{{p + 2}}}{{{q}}}", f"{q}/{p}")
            )
        case 4:
            right = rf"{a}\sqrt{{{c}}}", rf"\sqrt{{{a * a * c}}}", rf"{a} \sqrt {{{c}}}"
            return Problem(rf"{a}\sqrt{{{c}}}", right, (rf"{a + 1}\sqrt{{{c}}}", str(a * c)))
        case 5:
            expanded = f"x^2 + {a + b}x + {a * b}"
            right = expanded, f"(x+{a})(x+{b})", rf"\left(x + {b}\right)\left(x + {a}\right)"
            return Problem(expanded, right, (f"x^2 + {a + b}x + {a * b + 1}", f"(x-{a})(x+{b})"))
        case 6:
            right = f"({a}, -{b})", rf"\left({a}, -{b}\right)", f"({a},-{b})"
            return Problem(f"({a}, -{b})", right, (f"(-{b}, {a})", f"({a}, {b})"))
        case 7:
            right = rf"(-{a}, {b}]", rf"-{a} < x \leq {b}", rf"x \in \left(-{a}, {b}\right]"
            return Problem(f"(-{a},{b}]", right, (f"[-{a}, {b}]", rf"-{a} < x < {b}"))
        case 8:
            right = rf"{a}\%", str(a / 100), rf"{a} \text{{ percent}}"
            return Problem(rf"{a}\%", right, (rf"{a + 1}\%", str(a / 1000)))
        case 9:
            right = rf"{a}\text{{ cm}}", str(a), rf"{a}\,\mathrm{{cm}}", rf"{a} \text{{ cm}}"
            return Problem(rf"{a}\text{{ cm}}", right, (rf"{a}\text{{ km}}", str(a + 1)))
        case 10:
            right = rf"\frac{{{a}\pi}}{{{c}}}", rf"{a}\pi/{c}", rf"\frac{{{a}}}{{{c}}}\pi"
            return Problem(
                right[0], right, (rf"\frac{{{a}}}{{{c}}}", rf"\frac{{{a + 1}\pi}}{{{c}}}")
            )
        case _:
            right = (
                f"{a}, {a + b}",
                rf"x = {a + b} \text{{ or }} x = {a}",
                rf"{a} \text{{ and }} {a + b}",
            )
            return Problem(f"{a},{a + b}", right, (str(a), f"{a}, {a + b + 1}"))


def rollouts(groups: int, seed: int = 1) -> list[Pair]:
    """Groups of eight completions of 1 to 3 kB for one reference, four of five right."""
    rng = random.Random(seed)
    pairs: list[Pair] = []
    for _ in range(groups):
        one = problem(rng)
        pairs.extend(_pair(one, rng, rng.randint(1_000, 2_900)) for _ in range(GROUP))
    return pairs


def unique_pairs(count: int, seed: int = 2) -> list[Pair]:
    """Short completions, each for a reference of its own."""
    rng = random.Random(seed)
    pairs: dict[tuple[str, str], Pair] = {}
    while len(pairs) < count:
        pair = _pair(problem(rng), rng, 0)
        pairs[pair.reference, pair.completion] = pair
    return list(pairs.values())


def _pair(one: Problem, rng: random.Random, characters: int) -> Pair:
    right = rng.random() < _RIGHT_SHARE
    answer = rng.choice(one.right if right else one.wrong)
    return Pair(one.reference, _reasoning(rng, characters) + _ending(rng, answer), right)


def _ending(rng: random.Random, answer: str) -> str:
    return rng.choice(_ENDINGS).format(answer)


def _reasoning(rng: random.Random, characters: int) -> str:
    text = ""
    while len(text) < characters:
        a, b = rng.randint(2, 30), rng.randint(2, 30)
        step = rng.choice(_STEPS).format(a=a, b=b, c=a + b, d=a * b, e=a * a + b * b)
        text += step + rng.choice((" ", "\n", "\n\n"))
    return text
