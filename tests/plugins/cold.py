"""A verifier whose libraries are missing in the jail alone."""

from __future__ import annotations

from tests.plugins.hostile import Hostile


class Cold(Hostile):
    """Cannot be warmed."""

    name = "cold"

    def warm(self) -> None:
        """Fail as a missing library does."""
        raise ImportError("no module named frost")
