"""A verifier that does to its process what a completion says: it stands for a parser taken over."""

import ctypes
import gc
import mmap
import os
import socket
import struct
import time

from adjudge_verifiers.contract import Example, Outcome, TaskParameters, Verdict, Verifier
from adjudge_worker.guest import frames
from adjudge_worker.guest.page import Phase


class HostileParameters(TaskParameters):
    prepare: str = ""


def _lane():
    return socket.socket(fileno=3)


def _page():
    return next(thing for thing in gc.get_objects() if type(thing) is mmap.mmap) if False else None


def burn():
    while True:
        pass


def sleep():
    time.sleep(3600)


def eat():
    hoard = []
    while True:
        hoard.append(bytearray(1 << 24))


def segfault():
    ctypes.string_at(0)


def leave():
    os._exit(7)


def raise_error():
    raise RuntimeError("a bug of the verifier")


ACTS = {
    act.__name__: act for act in (burn, sleep, eat, segfault, leave, raise_error)
}


class Hostile(Verifier[HostileParameters, None]):
    name = "hostile"
    version = "1.0.0"
    summary = "Does what the completion says."
    parameters_type = HostileParameters
    examples = (
        Example({}, "right", Outcome.CORRECT),
        Example({}, "wrong", Outcome.INCORRECT),
    )

    def prepare(self, parameters):
        if parameters.prepare:
            ACTS[parameters.prepare]()

    def judge(self, prepared, completion):
        if completion in ACTS:
            ACTS[completion]()
        if completion == "wrong":
            return Verdict.incorrect(reason="word")
        return Verdict.correct(answer=completion)
