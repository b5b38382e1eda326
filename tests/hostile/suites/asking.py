"""Judges candidates by test code."""

import json

from adjudge_verifiers import judging
from adjudge_verifiers.programs.verifier import Programs
from adjudge_verifiers.sandbox import MIB

ROOMY = {"cpu_seconds": 10.0, "wall_seconds": 30.0}
TIGHT = {
    "cpu_seconds": 0.5,
    "wall_seconds": 1.5,
    "memory_bytes": 200 * MIB,
    "output_bytes": MIB,
}


def judge(sandbox, source, *tests, limits=ROOMY, **more):
    verifier = Programs()
    task = {"language": "python", "tests": list(tests), "limits": limits, **more}
    parameters = judging.read_parameters(verifier, json.dumps(task))
    prepared = judging.prepare(verifier, parameters)
    if not isinstance(prepared, judging.PreparedTask):
        return prepared
    return judging.judge(prepared, f"````python\n{source}\n````", sandbox)
