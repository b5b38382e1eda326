# ruff: noqa: E501 - whole programs, one line each
"""No call off the allow-list gets through, whichever language started the program that makes it."""

import platform
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.fixtures.toolchains import runs_here

from adjudge_verifiers.sandbox import MIB, Limits, Program, StdinCase
from adjudge_worker.guest.syscalls import ALLOWED

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]

SOURCE = Path(__file__).with_name("every_call.c")
COLUMN = {"x86_64": 0, "aarch64": 1}
STARTERS = {
    "bash": "cp probe mine; chmod +x mine; ./mine",
    "python": "import os, shutil; shutil.copy('probe', 'mine'); os.chmod('mine', 0o700); os.execv('./mine', ['mine'])",
    "javascript": "const fs = require('fs'); fs.copyFileSync('probe', 'mine'); fs.chmodSync('mine', 0o700); require('child_process').spawnSync('./mine', { stdio: 'inherit' })",
    "java": 'import java.nio.file.*;\nclass Main { public static void main(String[] a) throws Exception { Path mine = Files.copy(Path.of("probe"), Path.of("mine")); mine.toFile().setExecutable(true); new ProcessBuilder("./mine").inheritIO().start().waitFor(); } }',
}


if platform.machine() not in COLUMN:
    pytest.skip("the filter knows other machines", allow_module_level=True)
KERNELS_OWN = {"x86_64": [335, 336]}
"""uretprobe and uprobe: no filter sees them, and whoever calls them is killed."""
NUMBERS = [row[COLUMN[platform.machine()]] for row in ALLOWED.values()]
LISTED = [number for number in NUMBERS if number is not None]
LISTED += KERNELS_OWN.get(platform.machine(), [])
DEFINED = ",".join(map(str, [*LISTED, -1]))


@pytest.fixture(scope="module")
def probe(tmp_path_factory):
    """The program, compiled here without libraries."""
    compiler = shutil.which("gcc")
    if compiler is None:
        pytest.skip("no gcc to make the probe with")
    made = tmp_path_factory.mktemp("probe") / "probe"
    command = [compiler, "-static", "-O1", f"-DALLOWED={DEFINED}", SOURCE, "-o", made]
    subprocess.run(command, check=True)
    return made.read_bytes()


@pytest.mark.parametrize("language", [*STARTERS, "c"])
def test_only_listed_calls_get_through_whoever_makes_them(language, probe, sandbox):
    if not runs_here(sandbox, language):
        return
    limits = Limits(cpu_seconds=3.0, wall_seconds=10.0, memory_bytes=128 * MIB)
    if language == "c":
        program = Program("c", f"#define ALLOWED {DEFINED}\n{SOURCE.read_text()}")
    else:
        program = Program(language, STARTERS[language])

    (run,) = list(sandbox.run(program, [StdinCase(b"", files={"probe": probe})], limits))

    (line,) = run.stdout.decode().splitlines()
    assert line == f"{700 - len(LISTED)} refused", run
