"""A slot that only holds a jail: prints what belongs to it, then waits to be killed.

Run: python slot_program.py ROOT
"""

import json
import os
import sys
from pathlib import Path


def main(root):
    from adjudge_worker.jail.jail import Jail
    from adjudge_worker.jail.settings import JailSettings

    jail = Jail.start(
        JailSettings(
            extra_verifiers={"noop": "tests.plugins.noop:Noop"},
            extra_paths=(Path(root),),
            precompile=False,
        )
    )
    evaluator = jail.evaluators.warm()
    facts = {
        "pids": descendants(os.getpid()),
        "outer_uid": jail.report.outer_uid,
        "walls": len(jail.report.walls),
        "evaluator": evaluator.pid,
    }
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()
    if sys.stdin.readline() == "close\n":
        jail.close()
        sys.stdout.write("closed\n")
        sys.stdout.flush()
        sys.stdin.readline()


def descendants(pid):
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += [int(child), *descendants(int(child))]
    return found


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    main(sys.argv[1])
