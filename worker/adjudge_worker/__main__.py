"""`python -m adjudge_worker`, `adjudge worker`: reads settings, runs slots until told to stop."""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import TYPE_CHECKING

from pydantic import ValidationError

from adjudge_worker.jail import precompiled
from adjudge_worker.jail.errors import JailError
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.workshop import our_workshop
from adjudge_worker.lifeline import die_with_parent
from adjudge_worker.queue.seal import Seal
from adjudge_worker.settings import Settings
from adjudge_worker.slot_process import EXIT_NO_JAIL
from adjudge_worker.supervisor import Supervisor

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE_STATUS = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Work until SIGTERM or SIGINT. 0 after that, 2 for bad settings, 78 for want of a jail."""
    parent = os.getppid()
    try:
        settings = Settings.read(sys.argv[1:] if argv is None else argv)
        Seal(settings.signing_key())
        settings.redis_address()
    except (ValueError, OSError) as error:
        sys.stderr.write(f"adjudge worker: {_readable(error)}\n")
        return USAGE_STATUS
    logging.basicConfig(
        level=settings.log_level,
        format="%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s",
    )
    if settings.die_with_parent:
        die_with_parent(parent, signal.SIGTERM)
    try:
        with our_workshop() as workshop:  # made here, before slots are forked, for all of them
            if settings.precompile:
                precompiled.begin(workshop)
            return Supervisor(settings, Jail.start).run()
    except JailError as error:
        logging.getLogger(__name__).critical("no jail, no work: %s", error)
        return EXIT_NO_JAIL


def _readable(error: Exception) -> str:
    """One line for each setting at fault, without its value, which may be a secret."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'settings'}: {fault['msg']}"
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    )


if __name__ == "__main__":
    sys.exit(main())
