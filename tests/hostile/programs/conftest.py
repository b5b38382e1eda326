"""The fixtures that these tests need."""

from tests.fixtures.jail_sandbox import sandbox

__all__ = ["sandbox"]
