"""The Lua scripts that run inside Redis: real files beside this one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from redis.exceptions import NoScriptError


class Script:
    """One script. Redis learns it when it does not know it (yet, or any more after a restart)."""

    def __init__(self, name: str) -> None:
        self._source = (Path(__file__).parent / f"{name}.lua").read_bytes()
        self._sha = hashlib.sha1(self._source, usedforsecurity=False).hexdigest()

    def run(self, connection: Any, keys: list[str], arguments: list[Any]) -> Any:
        """Run it on a synchronous redis-py client. Raises redis-py's errors."""
        try:
            return connection.execute_command("EVALSHA", self._sha, len(keys), *keys, *arguments)
        except NoScriptError:
            return connection.execute_command("EVAL", self._source, len(keys), *keys, *arguments)


CLAIM = Script("claim")
FINISH = Script("finish")
REFUSE = Script("refuse")
HEARTBEAT = Script("heartbeat")
