"""A candidate's side and a tests' side in one process, or a hostile one in its place."""

import contextlib
import json
import socket
import struct
import sys
import threading
import types

from adjudge_worker.guest.suites import loading
from adjudge_worker.guest.suites.gates import Gates
from adjudge_worker.guest.suites.hosting import Host
from adjudge_worker.guest.suites.session import Session
from adjudge_worker.guest.suites.wire import Wire


@contextlib.contextmanager
def conversation(source, code="", entry_point=None):
    """A session with a host of trusted source, and the names that test code would see."""
    ours, theirs = socket.socketpair()
    module = types.ModuleType("solution_there")
    host = Host(Wire(theirs))

    def load():
        exec(source, module.__dict__)
        return module

    thread = threading.Thread(target=host.run, args=(load,))
    thread.start()
    session = Session(Wire(ours), Gates({"tests"}))
    order = {
        "kind": "code",
        "code": code,
        "entry_point": entry_point,
        "module_name": "solution_here",
    }
    try:
        yield session, loading.load(session, order)
    finally:
        sys.modules.pop("solution_here", None)
        ours.close()
        thread.join()
        theirs.close()


@contextlib.contextmanager
def hostile(*frames):
    """A session whose other side has sent these frames before it was asked: objects or bytes."""
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def say():
            with contextlib.suppress(OSError):  # the session does not listen any more
                for frame in frames:
                    text = frame if isinstance(frame, bytes) else json.dumps(frame).encode()
                    theirs.sendall(struct.pack("<I", len(text)) + text)
                theirs.shutdown(socket.SHUT_WR)

        speaker = threading.Thread(target=say)
        speaker.start()
        yield Session(Wire(ours), Gates({"tests"}))
        ours.close()
        speaker.join()
