"""Own-written attacks on the verifier programs, and honest programs that look odd.

Each file under ``attacks/`` is a completion of one task that does not solve it; its first line
names the trick. None may earn anything, abstain (a policy that can cause an abstention learns to),
or change what the next honest candidate of the same sandbox gets. Each file under ``controls/``
solves the task and must be CORRECT. They run in the jail alone, never outside.
"""

import dataclasses
import json
import time
from pathlib import Path

import pytest
from tests.fixtures.processes import alive_below_us, below_us
from tests.fixtures.toolchains import runs_here

from adjudge.v1.verifier_service_pb2 import VerifyCandidatesResponse
from adjudge_verifiers import judging
from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.programs.verifier import Programs
from adjudge_worker.wire import encode_verdict

HERE = Path(__file__).parent
LANGUAGES = {
    "c": "c",
    "cpp": "cpp",
    "cpp20": "cpp",
    "java": "java",
    "javascript": "js",
    "rust": "rs",
    "go": "go",
    "bash": "sh",
}
"""Folders that are called after their language, with the ending of its files; in others it is
Python."""
STARTS_SLOWLY = {"java", "javascript"}
"""Languages whose virtual machine would use up the tight limits before an attack begins."""
ENDINGS = {".py", *(f".{ending}" for ending in LANGUAGES.values())}
ATTACKS = sorted(path for path in HERE.glob("attacks/*/*") if path.suffix in ENDINGS)
CONTROLS = sorted(path for path in HERE.glob("controls/*/*") if path.suffix in ENDINGS)
PAIRS = [(3, 5), (10, 20), (999, 1), (123456, 654321)]
MIB = 1024 * 1024
TIGHT = {
    "cpu_seconds": 0.4,
    "wall_seconds": 1.0,
    "memory_bytes": 128 * MIB,
    "output_bytes": MIB,
}
PLANTED = [
    *(Path(folder) / name for folder in ("/tmp", "/var/tmp", "/dev/shm", "/", "/root", "/work")
      for name in ("reward.txt", "verdict.json", "ctrf.json", "filler", "memory")),
    *(Path(folder) / "attack.pth" for folder in ("/usr/lib/python3/dist-packages",)),
]  # fmt: skip

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]


def open_descriptors():
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left_behind(sandbox):
    """When all have run: the same processes as before, and no descriptor lost."""
    assert judge(sandbox, "stdin", "print(1)").outcome is Outcome.INCORRECT
    sandbox.close()  # a keeper of test code rests for a moment
    processes, descriptors = alive_below_us(), open_descriptors()
    yield
    give_up = time.monotonic() + 5
    while below_us() != processes and time.monotonic() < give_up:
        time.sleep(0.05)
    assert below_us() == processes
    assert open_descriptors() <= descriptors


def answer(a, b):
    return (a * 7919 + b * 104729) % 1000003


def task(kind, **more):
    """The one task that every file completes, as ``kind`` "stdin", "call" or a language."""
    if kind == "call":
        tests = [{"arguments": [a, b], "expected": answer(a, b)} for a, b in PAIRS]
        return {"language": "python", "entry_point": "f", "tests": tests, **more}
    tests = [{"stdin": f"{a} {b}\n", "expected": f"{answer(a, b)}\n"} for a, b in PAIRS]
    return {"language": kind if kind in LANGUAGES else "python", "tests": tests, **more}


def judge(sandbox, kind, source, **more):
    verifier = Programs()
    parameters = judging.read_parameters(verifier, json.dumps(task(kind, **more)))
    completion = f"````{kind if kind in LANGUAGES else 'python'}\n{source}\n````"
    return judging.judge(judging.prepare(verifier, parameters), completion, sandbox)


def names(paths):
    return [f"{path.parent.name}/{path.stem}" for path in paths]


def can_be_judged(sandbox, path):
    """Whether the file's language runs here. Where not, nobody is rewarded and nobody blamed."""
    kind = path.parent.name
    if kind not in LANGUAGES or runs_here(sandbox, kind):
        return True
    verdict = judge(sandbox, kind, path.read_text())
    assert verdict.outcome is Outcome.UNAVAILABLE
    assert verdict.reward is None
    return False


def assert_worthless(verdict):
    """It bears a reward, and that reward is nothing; and it can be told."""
    assert verdict.outcome.bears_reward, verdict
    assert verdict.outcome not in {Outcome.CORRECT, Outcome.PARTIAL}, verdict
    assert verdict.reward == 0.0
    assert verdict.message.replace("\n", "").replace("\t", "").isprintable()
    assert len(verdict.message) <= 1000
    sent = VerifyCandidatesResponse.FromString(
        encode_verdict(
            verdict,
            verifier=Programs(),
            verifier_name="programs",
            candidate_id="1",
            cpu_seconds=0.0,
            wall_seconds=0.0,
            peak_memory_bytes=0,
        )
    )
    assert sent.verdicts[0].outcome == verdict.outcome


def assert_unharmed(sandbox):
    """The next honest candidate is CORRECT, and nothing was planted on the machine."""
    honest = (HERE / "controls/stdin/plain.py").read_text()
    verdict = judge(sandbox, "stdin", honest)
    assert verdict.outcome is Outcome.CORRECT, verdict
    assert not [path for path in PLANTED if path.exists()]


@pytest.fixture
def _impatient_compiler(monkeypatch):
    """Ends compile bombs after 1 s instead of 10: the same mechanism, less waiting."""
    from adjudge_worker.jail import sandbox

    bounds = dataclasses.replace(sandbox.COMPILE_BOUNDS, cpu_seconds=1.0, wall_seconds=4.0)
    monkeypatch.setattr(sandbox, "COMPILE_BOUNDS", bounds)


@pytest.mark.usefixtures("_impatient_compiler")
@pytest.mark.parametrize("path", ATTACKS, ids=names(ATTACKS))
def test_an_attack_earns_nothing_and_harms_nobody(path, sandbox):
    if not can_be_judged(sandbox, path):
        return
    started = time.monotonic()

    slowly = path.parent.name in STARTS_SLOWLY
    limits = TIGHT | {"cpu_seconds": 1.0, "wall_seconds": 2.0} if slowly else TIGHT

    verdict = judge(sandbox, path.parent.name, path.read_text(), limits=limits)

    assert_worthless(verdict)
    assert time.monotonic() - started < 20  # its limits, the compiler's, and a busy machine
    assert_unharmed(sandbox)


@pytest.mark.parametrize("kind", ["stdin", "call"])
@pytest.mark.parametrize(
    "source",
    [
        "\x00",
        "print(1)\x00print(2)",
        "# coding: latin-1000\nprint(1)",
        "\ufeff\ufeffprint(1)",
        "(" * 10_000,
        "-" * 100_000 + "1",
        "[" * 150 + "0" + "]" * 150,
        "x = " + "+".join(["1"] * 50_000),
        "if 1:\n" + "".join(" " * depth + "if 1:\n" for depth in range(1, 150)),
        "lambda: " * 5_000 + "0",
        "\\\n" * 50_000,
        "f'" + "{f'" * 200,
        "a" * 900_000,
        "'''",
        "x = 9" + "9" * 100_000,
        "\r\r\r",
        "\x0c\x1a",
        "await x",
        "return 547402",
        "from __future__ import braces",
        "def f(a, a): return 0",
    ],
    ids=lambda source: ascii(source[:20]),
)  # fmt: skip
def test_a_broken_source_earns_nothing_and_harms_nobody(kind, source, sandbox):
    assert_worthless(judge(sandbox, kind, source, limits=TIGHT))
    assert_unharmed(sandbox)


@pytest.mark.parametrize("path", CONTROLS, ids=names(CONTROLS))
def test_an_odd_but_honest_program_is_correct(path, sandbox):
    if not can_be_judged(sandbox, path):
        return
    limits = {"memory_bytes": 256 * MIB}

    verdict = judge(sandbox, path.parent.name, path.read_text(), limits=limits)

    assert verdict.outcome is Outcome.CORRECT, verdict


@pytest.mark.parametrize(
    "change", ["\ufeff{}", "{}\n\n\n   ", "\n\n{}", "{}\x0c\n", "#!/usr/bin/python2\n{}"]
)
@pytest.mark.parametrize("kind", ["stdin", "call"])
def test_an_oddly_written_source_is_correct(kind, change, sandbox):
    source = change.replace("{}", (HERE / f"controls/{kind}/plain.py").read_text())

    assert judge(sandbox, kind, source).outcome is Outcome.CORRECT
    assert judge(sandbox, kind, source.replace("\n", "\r\n")).outcome is Outcome.CORRECT


def test_numpy_is_there_where_the_worker_has_it(sandbox):
    source = (
        "import numpy as np\n"
        "a, b = np.array(input().split(), dtype=np.int64)\n"
        "print((a * 7919 + b * 104729) % 1000003)\n"
    )
    pytest.importorskip("numpy")

    assert judge(sandbox, "stdin", source).outcome is Outcome.CORRECT


def test_there_are_enough_attacks_and_controls():
    assert len(ATTACKS) >= 180
    assert len(CONTROLS) >= 90
    for path in [*ATTACKS, *CONTROLS]:
        text = path.read_text().removeprefix("#!/bin/bash\n")
        assert text.startswith(("# ", "// ")), path
