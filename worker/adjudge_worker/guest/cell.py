"""What every program in a keeper needs: its files, its scratch, its watch, its walls."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, NoReturn

from adjudge_worker.guest import limits, linux, namespaces, seccomp
from adjudge_worker.guest.execution import execute
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.stdio import PROGRAM, Stdio
from adjudge_worker.guest.supervision import Process, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from adjudge_worker.guest.orders import Bounds
    from adjudge_worker.guest.scratch import Scratch
    from adjudge_worker.guest.starter import Starter


class Become(BaseException):
    """Raised in a freshly forked candidate, so that no frame of the keeper lies below it."""

    def __init__(self, what: Callable[[], NoReturn]) -> None:
        super().__init__()
        self.what = what


class Cell:
    """The place in which one candidate program is compiled and run."""

    def __init__(
        self,
        channel: socket.socket,
        processes: int,
        scratch: Scratch,
        starter: Starter | None = None,
    ) -> None:
        """Without a ``starter`` programs are executed by forks of ourselves."""
        self._starter = starter
        self._environment: Mapping[str, str] = {}
        self._variables = dict(os.environ)
        self.stdio = Stdio()
        self.watch = Watch(processes, channel, self.stdio)
        self.scratch = scratch

    def show_processes(self) -> None:
        """Let programs see their own processes in ``/proc``, and none of ours.

        Raises OSError when the kernel refuses.
        """
        namespaces.show_processes()

    def hide_processes(self) -> None:
        """Take that back. Raises OSError when the kernel refuses."""
        namespaces.hide_processes()

    def execute(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        bounds: Bounds,
        *,
        program: int | None = None,
        streams: Sequence[int] = (),
    ) -> Process:
        """Start a process that is confined and then executes a program in the scratch.

        Args:
            command: the program's arguments, the name first.
            environment: what it has beside our own.
            bounds: its limits.
            program: a descriptor of the binary; None: the first argument is its path.
            streams: its standard input and output, where they are no files of ours.
        """
        if environment is not self._environment:  # a program is started once for each test
            self._environment, self._variables = environment, {**os.environ, **environment}
        variables = self._variables
        if self._starter is not None:
            pid = self._starter.start(
                command,
                variables,
                bounds,
                streams=self.stdio.streams(streams),
                folder=SCRATCH,
                program=program,
            )
            return Process(pid)
        path = command[0] if program is None else PROGRAM
        return self.fork(
            lambda: execute(path, command, variables), bounds, program=program, streams=streams
        )

    def fork(
        self,
        what: Callable[[], NoReturn],
        bounds: Bounds,
        *,
        program: int | None = None,
        with_bell: bool = False,
        streams: Sequence[int] = (),
    ) -> Process:
        """Start a process that is confined and then becomes ``what``.

        Args:
            what: what it does; never returns.
            bounds: its limits.
            program: a descriptor that it keeps, see ``Stdio.take_place``.
            with_bell: keep a socket between the process and us.
            streams: its standard input and output, where they are no files of ours.

        Returns:
            The process, in the keeper alone.
        """
        ours, theirs = socket.socketpair() if with_bell else (None, None)
        pid = os.fork()
        if pid == 0:
            kept = program
            if ours is not None and theirs is not None:
                ours.detach()  # or its number, which will be another file's, would be closed
                kept = theirs.detach()
            self.stdio.take_place(kept, streams)
            _confine(bounds, reused=with_bell)
            raise Become(what)
        if theirs is not None:
            theirs.close()
        return Process(pid, ours)


def _confine(bounds: Bounds, *, reused: bool) -> None:
    """From here on this process is a candidate: it can do no more than a candidate may."""
    os.setsid()
    limits.impose(bounds, whole_life=not reused)
    linux.control_process(linux.PR_SET_DUMPABLE, 1)  # so that the keeper can see its memory
    linux.drop_capabilities()
    seccomp.install()
