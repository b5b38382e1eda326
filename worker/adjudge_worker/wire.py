"""Writes a verdict as it travels: one entry of VerifyCandidatesResponse, in protobuf's binary form.

By hand, because building the message in Python costs twice as much as most judgements of simple
answers. `adjudge/v1/verdict.proto` is the source of the field numbers; a test compares every field
with what protobuf reads.
"""

from __future__ import annotations

import functools
import json
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge_verifiers.contract import AnyVerifier, CaseResult, Verdict

ANSWER_CHARACTERS = 1024
MESSAGE_CHARACTERS = 1000
CODE_CHARACTERS = 100
DETAILS_BYTES = 64 * 1024

_VERDICTS = b"\x0a"  # VerifyCandidatesResponse.verdicts
_CANDIDATE_ID, _OUTCOME, _REWARD, _REASON, _MESSAGE = b"\x0a", b"\x10", b"\x19", b"\x22", b"\x2a"
_ANSWER, _DECIDED_BY, _USAGE, _TESTS, _VERIFIER = b"\x32", b"\x3a", b"\x42", b"\x4a", b"\x52"
_VERSION, _DETAILS = b"\x5a", b"\x6a"
_CPU_TIME, _WALL_TIME, _PEAK_MEMORY = b"\x0a", b"\x12", b"\x18"  # Usage
_TEST_OUTCOME, _TEST_MESSAGE, _TEST_USAGE = b"\x08", b"\x12", b"\x1a"  # TestResult
_SECONDS, _NANOS = b"\x08", b"\x10"  # google.protobuf.Duration

_ENCODER = json.JSONEncoder(allow_nan=False, ensure_ascii=False, separators=(",", ":"))
_SHORT_CHARACTERS = 64
_DOUBLE = struct.Struct("<d")
_MICROSECONDS_PER_SECOND = 1_000_000


def encode_verdict(
    verdict: Verdict,
    *,
    verifier: AnyVerifier | None,
    verifier_name: str,
    candidate_id: str,
    cpu_seconds: float,
    wall_seconds: float,
    peak_memory_bytes: int,
) -> bytes:
    """One entry of VerifyCandidatesResponse: tag, length, Verdict.

    The answer is cut to 1,024 characters, the message to 1,000, codes to 100. Details become strict
    JSON (NaN and infinity become null); more than 64 KiB of them are left out, which they then say.

    Args:
        verdict: what was decided.
        verifier: who judged; None when there is no such verifier here.
        verifier_name: its name on the wire.
        candidate_id: the caller's own name for the candidate, may be empty.
        cpu_seconds: processor time used.
        wall_seconds: time on the clock.
        peak_memory_bytes: highest resident memory, 0 when not measured.
    """
    head, tail = _constant_parts(
        verdict.outcome,
        verdict.reward,
        verdict.reason,
        verdict.message,
        verdict.decided_by,
        verifier_name,
        "" if verifier is None else verifier.version,
    )
    body = head
    if candidate_id:
        body = _text(_CANDIDATE_ID, candidate_id) + body
    if verdict.answer is not None:
        answer = verdict.answer[:ANSWER_CHARACTERS].encode("utf-8", "replace")
        body += _ANSWER + _varint(len(answer)) + answer
    body += _usage(_USAGE, int(cpu_seconds * 1e6), int(wall_seconds * 1e6), peak_memory_bytes)
    for test in verdict.tests:
        body += _test(test)
    body += tail
    if verdict.details:
        details = _details(verdict.details)
        body += _DETAILS + _varint(len(details)) + details
    return _VERDICTS + _varint(len(body)) + body


@functools.lru_cache(maxsize=512)
def _constant_parts(  # noqa: PLR0917 - by position: keywords cost half a microsecond here
    outcome: int,
    reward: float | None,
    reason: str,
    message: str,
    decided_by: str,
    verifier_name: str,
    version: str,
) -> tuple[bytes, bytes]:
    """What many verdicts share."""
    head = _OUTCOME + _varint(outcome)
    if reward is not None:
        head += _REWARD + _DOUBLE.pack(reward)
    head += _text(_REASON, reason[:CODE_CHARACTERS])
    head += _text(_MESSAGE, message[:MESSAGE_CHARACTERS])
    head += _text(_DECIDED_BY, decided_by[:CODE_CHARACTERS])
    return head, _text(_VERIFIER, verifier_name) + _text(_VERSION, version)


def _test(test: CaseResult) -> bytes:
    body = _TEST_OUTCOME + _varint(test.outcome)
    body += _text(_TEST_MESSAGE, test.message[:MESSAGE_CHARACTERS])
    body += _usage(
        _TEST_USAGE,
        int(test.cpu_seconds * 1e6),
        int(test.wall_seconds * 1e6),
        test.peak_memory_bytes,
    )
    return _TESTS + _varint(len(body)) + body


@functools.lru_cache(maxsize=4096)
def _usage(tag: bytes, cpu_us: int, wall_us: int, peak_memory_bytes: int) -> bytes:
    """A Usage field, to the microsecond: short judgements use the same few values over and over."""
    cpu_time, wall_time = _duration(cpu_us), _duration(wall_us)
    usage = _CPU_TIME + _varint(len(cpu_time)) + cpu_time
    usage += _WALL_TIME + _varint(len(wall_time)) + wall_time
    if peak_memory_bytes > 0:
        usage += _PEAK_MEMORY + _varint(peak_memory_bytes)
    return tag + _varint(len(usage)) + usage


def _duration(microseconds: int) -> bytes:
    """A google.protobuf.Duration; a negative one (a clock's rounding) becomes 0."""
    if microseconds <= 0:
        return b""
    seconds, rest = divmod(microseconds, _MICROSECONDS_PER_SECOND)
    nanos = rest * 1000
    return (_SECONDS + _varint(seconds) if seconds else b"") + (
        _NANOS + _varint(nanos) if nanos else b""
    )


def _text(tag: bytes, text: str) -> bytes:
    """A string field; lone surrogates, which are no text, become question marks."""
    if not text:
        return b""
    data = text.encode("utf-8", "replace")
    return tag + _varint(len(data)) + data


def _details(details: Mapping[str, Any]) -> bytes:
    if len(details) == 1:
        ((name, value),) = details.items()
        if type(value) is str and type(name) is str and len(value) <= _SHORT_CHARACTERS:
            return _one_detail(name, value)
    return _all_details(details)


@functools.lru_cache(maxsize=256)
def _one_detail(name: str, value: str) -> bytes:
    """The one short fact that most verdicts say, one of a few."""
    return _all_details({name: value})


def _all_details(details: Mapping[str, Any]) -> bytes:
    try:
        text = _dump(details)
    except (ValueError, TypeError, RecursionError):
        text = _dump(_made_strict(details))
    data = text.encode("utf-8", "replace")
    if len(data) <= DETAILS_BYTES:
        return data
    return _dump({"omitted": f"{len(data)} bytes of details; limit {DETAILS_BYTES}"}).encode()


def _dump(value: object) -> str:
    return _ENCODER.encode(value)


def _made_strict(details: Mapping[str, Any]) -> Any:
    """The details with what is no JSON put into words, and what is no number put to null."""
    try:
        loose = json.dumps(details, skipkeys=True, default=repr)
        return json.loads(loose, parse_constant=lambda _: None)
    except (ValueError, TypeError, RecursionError) as error:
        return {"omitted": f"the details are no JSON: {error}"[:MESSAGE_CHARACTERS]}


def _varint(value: int) -> bytes:
    """A base-128 varint of a value that is not negative. Tables: half of all calls are short."""
    if value < 1 << 7:
        return _ENDING[value]
    if value < 1 << 14:
        return _GOING_ON[value & 127] + _ENDING[value >> 7]
    if value < 1 << 21:
        return _GOING_ON[value & 127] + _GOING_ON[value >> 7 & 127] + _ENDING[value >> 14]
    low = _GOING_ON[value & 127] + _GOING_ON[value >> 7 & 127] + _GOING_ON[value >> 14 & 127]
    return low + _varint(value >> 21)


_ENDING = [bytes([value]) for value in range(128)]
_GOING_ON = [bytes([value | 128]) for value in range(128)]
