"""One attempt after another in a plain thread, until a call succeeds or may not be tried again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import grpc

from adjudge.errors import CallCancelledError
from adjudge.failures import status_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge.errors import StatusError
    from adjudge.v1 import task_pb2


class Attempts:
    """The attempts of one call; ``cancel`` ends them from another thread."""

    def __init__(self) -> None:
        self._call: Any = None
        self._cancelled = threading.Event()

    def run(
        self,
        begin: Callable[[], Any],
        after: Callable[[StatusError], float],
        tasks: Sequence[task_pb2.Task] = (),
    ) -> Any:
        """The response. ``after`` says how long to wait after a failure, or raises."""
        while not self._cancelled.is_set():
            call = self._call = begin()
            try:
                if self._cancelled.is_set():
                    break
                return call.result()
            except grpc.FutureCancelledError:
                break
            except grpc.RpcError:
                delay_seconds = after(status_error(call, tasks))
            except BaseException:  # Ctrl-C: the service need not go on
                call.cancel()
                raise
            self._cancelled.wait(delay_seconds)
        raise CallCancelledError("the call was cancelled")

    def cancel(self) -> None:
        """Make ``run`` end soon with CallCancelledError."""
        self._cancelled.set()
        if self._call is not None:
            self._call.cancel()
