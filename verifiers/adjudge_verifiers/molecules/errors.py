"""How reading a molecule fails."""

from __future__ import annotations


class RefusedMolecule(Exception):
    """Raised when a text is not accepted as a molecule.

    ``reason`` is "no_answer", "ambiguous" (more than one token), "invalid" (no such molecule) or
    "rejected" (a limit or a list of what is allowed). ``check`` names the check that refused it.
    """

    def __init__(self, reason: str, check: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.check = check
        self.message = message
