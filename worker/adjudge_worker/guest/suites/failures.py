"""What is told of a test that did not pass: whose exception it was, and as little as is needed.

The text of an exception of the test code's own may hold inputs and expected values; only its type
is told. The candidate knows what it raised itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adjudge_worker.guest.suites.session import Session

_MESSAGE_CHARACTERS = 1_000


def described(error: BaseException, session: Session) -> dict[str, str]:
    """Status and message of a test that ended by the exception."""
    if session.lost:
        return {"status": "lost", "message": session.lost}
    name = type(error).__name__
    if session.is_candidates(error):
        text = f"{name}: {error}" if str(error) else name
        return {"status": "raised", "message": text[:_MESSAGE_CHARACTERS]}
    if isinstance(error, AssertionError):
        return {"status": "failed", "message": "an assertion does not hold"}
    if isinstance(error, SystemExit):
        return {"status": "failed", "message": "the test code ended early"}
    return {"status": "raised", "message": f"the test code raised {name}"}
