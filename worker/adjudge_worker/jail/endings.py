"""From how a run ended in the jail to what the sandbox's contract calls it."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING, Any

from adjudge_verifiers.sandbox import CaseRun, RunStatus
from adjudge_worker.jail.values import BadValue, decode

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Limits
    from adjudge_worker.guest.orders import Ending

_STOPPED = {
    "cpu": RunStatus.TIME_LIMIT,
    "wall": RunStatus.TIME_LIMIT,
    "memory": RunStatus.MEMORY_LIMIT,
    "output": RunStatus.OUTPUT_LIMIT,
}
_SIGNALS = {signal.SIGXFSZ: RunStatus.OUTPUT_LIMIT, signal.SIGXCPU: RunStatus.TIME_LIMIT}
_OUT_OF_MEMORY_WORDS = re.compile(
    rb"std::bad_alloc"
    rb"|java\.lang\.OutOfMemoryError(?!: unable to create native thread)"
    rb"|JavaScript heap out of memory"
    rb"|memory allocation of \d+ bytes failed"
    rb"|fatal error: (?:runtime: )?out of memory"
    rb"|x(?:re|m)alloc: cannot allocate"
)
"""What programs say at their end when they had no more memory: C++, Java, Node, Rust, Go, Bash."""
_STDERR_TAIL_BYTES = 2048
_MESSAGE_CHARACTERS = 1000

# First bytes of what our harness leaves; see guest/candidate_python.py.
_VALUE, _RAISED, _NOT_PLAIN, _OUT_OF_MEMORY = b"V", b"E", b"N", b"M"


def case_run(
    ending: Ending, stdout: bytes, stderr: bytes, result: bytes, limits: Limits, *, call: bool
) -> CaseRun:
    """What one case produced. ``call`` says whether a return value was asked for."""
    facts: dict[str, Any] = {
        "stdout": stdout,
        "stderr_tail": stderr[-_STDERR_TAIL_BYTES:],
        "cpu_seconds": ending.cpu_seconds,
        "wall_seconds": ending.wall_seconds,
        "peak_memory_bytes": ending.peak_memory_bytes,
    }
    over = _limit_broken(ending, stderr, result, limits)
    if over is not None:
        return CaseRun(over, **facts)
    if ending.signal:
        return CaseRun(RunStatus.SIGNALED, signal=ending.signal, **facts)
    if call:
        return _called(ending, result, facts)
    return CaseRun(RunStatus.EXITED, exit_code=ending.exit_code, **facts)


def _limit_broken(ending: Ending, stderr: bytes, result: bytes, limits: Limits) -> RunStatus | None:
    if ending.stopped in _STOPPED:
        return _STOPPED[ending.stopped]
    if max(ending.stdout_bytes, ending.stderr_bytes) > limits.output_bytes:
        return RunStatus.OUTPUT_LIMIT
    if ending.signal in _SIGNALS:
        return _SIGNALS[signal.Signals(ending.signal)]
    if ending.cpu_seconds > limits.cpu_seconds:
        return RunStatus.TIME_LIMIT
    if ending.peak_memory_bytes > limits.memory_bytes:
        return RunStatus.MEMORY_LIMIT
    failed = ending.signal or ending.exit_code or result
    told = result == _OUT_OF_MEMORY or _OUT_OF_MEMORY_WORDS.search(stderr)
    return RunStatus.MEMORY_LIMIT if failed and told else None


def _called(ending: Ending, result: bytes, facts: dict[str, Any]) -> CaseRun:
    kind, content = result[:1], result[1:]
    if kind == _VALUE:
        try:
            return CaseRun(RunStatus.EXITED, value=decode(content), has_value=True, **facts)
        except BadValue as error:
            return CaseRun(RunStatus.NO_RESULT, message=str(error), **facts)
    text = content.decode(errors="replace")[:_MESSAGE_CHARACTERS]
    if kind == _RAISED:
        return CaseRun(RunStatus.EXCEPTION, message=text, **facts)
    if kind == _NOT_PLAIN:
        return CaseRun(RunStatus.NO_RESULT, message=f"the call returned {text}", **facts)
    message = f"the process ended with status {ending.exit_code} before the call returned"
    return CaseRun(RunStatus.NO_RESULT, exit_code=ending.exit_code, message=message, **facts)
