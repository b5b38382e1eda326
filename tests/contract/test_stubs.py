"""The committed stubs: fresh, lint clean, and importable under every protobuf that trainers pin."""

from __future__ import annotations

import filecmp
import os
import shutil

import pytest
from tests.contract.environments import CACHE, REPOSITORY, installed, missing, run

COMMITTED = REPOSITORY / "client" / "adjudge" / "v1"

ROUND_TRIP = """
import sys
import google.protobuf
assert google.protobuf.__version__.startswith(sys.argv[1]), google.protobuf.__version__
from adjudge.v1 import verdict_pb2
assert "grpc" not in sys.modules, "the messages need gRPC"
import adjudge
from adjudge import decoding, encoding
from adjudge.v1 import verifier_service_pb2
task = adjudge.Task("mathematics", {"reference": "42"})
request = verifier_service_pb2.VerifyCandidatesRequest()
encoding.add_candidates(request.candidates, [adjudge.Candidate("x\\ud800", task, id="a")], [0])
copy = verifier_service_pb2.VerifyCandidatesRequest.FromString(request.SerializeToString())
assert copy.candidates[0].completion == "x\\ufffd"
verdict = verdict_pb2.Verdict(outcome=1, reward=1.0)
verdict.usage.cpu_time.FromMilliseconds(250)
assert decoding.read_verdicts([verdict])[0].usage.cpu_seconds == 0.25
import adjudge.v1.verifier_service_pb2_grpc
"""


@pytest.mark.timeout(300)
def test_the_committed_stubs_are_what_the_protos_generate(tmp_path):
    done = run(
        "bash",
        str(REPOSITORY / "proto" / "generate.sh"),
        str(tmp_path),
        PROTO_VENV=str(CACHE / "generator"),
    )
    if done.returncode:
        missing(f"cannot generate: {(done.stderr + done.stdout)[-500:]}")
    fresh = tmp_path / "adjudge" / "v1"
    names = {path.name for path in COMMITTED.iterdir() if path.suffix in {".py", ".pyi"}}
    assert names == {path.name for path in fresh.iterdir()}
    _, different, broken = filecmp.cmpfiles(fresh, COMMITTED, names, shallow=False)
    assert not different + broken, "run proto/generate.sh and commit what it writes"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("major", ["5", "6", "7"])
def test_the_stubs_import_under_protobuf(major):
    requirement = {"5": "protobuf==5.29.*", "6": "protobuf==6.33.*", "7": "protobuf==7.*"}[major]
    path = os.pathsep.join([str(installed(requirement)), str(REPOSITORY / "client")])
    done = run_python("-W", "error", "-c", ROUND_TRIP, f"{major}.", PYTHONPATH=path)
    assert done.returncode == 0, done.stderr


@pytest.mark.timeout(300)
def test_the_protos_pass_bufs_standard_lint():
    buf = CACHE / "buf" / "node_modules" / ".bin" / "buf"
    if not buf.exists():
        npm = shutil.which("npm")
        if npm is None:
            missing("needs npm to install buf")
        done = run(npm, "install", "--silent", "--prefix", str(CACHE / "buf"), "@bufbuild/buf@1")
        if done.returncode:
            missing(f"cannot install buf: {done.stderr[-500:]}")
    done = run(str(buf), "lint", str(REPOSITORY / "proto"))
    assert done.returncode == 0, done.stdout + done.stderr


def run_python(*arguments, **environment):
    import sys

    return run(sys.executable, *arguments, **environment)
