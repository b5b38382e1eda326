"""The fixtures that these tests need, and what pytest itself must never import: candidates."""

from tests.fixtures.jail_sandbox import sandbox

__all__ = ["sandbox"]

collect_ignore_glob = ["attacks/*", "honest/*"]
