"""Loads the candidate's module for a test: the first thing that the candidate is asked."""

from __future__ import annotations

import builtins
import random
import sys
from typing import TYPE_CHECKING, Any

from adjudge_worker.guest.suites.modules import ProxyModule
from adjudge_worker.guest.suites.proxies import ProxyType, number_of
from adjudge_worker.guest.suites.trust import bound_names, class_names, may_stop
from adjudge_worker.guest.suites.wire import BadFrame

if TYPE_CHECKING:
    from adjudge_worker.guest.suites.session import Session

_MOST_NAMES = 10_000
_HOOKS = {
    "code": ("setUpModule", "tearDownModule", "load_tests"),
    "pytest": ("test", "Test", "pytest", "setup", "setUp", "teardown", "tearDown", "load_tests"),
}
"""How the names begin that unittest, and pytest, look for in a module of tests."""


def load(session: Session, order: dict[str, Any]) -> dict[str, Any]:
    """Load the module and make it importable.

    Returns:
        The names that ``from solution import *`` brings, and ``candidate``. Builtins and what the
        test code binds itself are not among them, whatever the candidate calls so.

    Raises:
        BaseException: what the candidate's module raised.
    """
    code, entry_point = order["code"], order["entry_point"]
    names = _public_names(session)
    classes = class_names(code, entry_point)
    session.trusted = frozenset(
        number_of(value)
        for name, value in names.items()
        if name in classes and type(value) is ProxyType
    )
    session.stops = may_stop(code)
    bound, hooks = bound_names(code), _HOOKS[order["kind"]]
    exported = {
        name: value
        for name, value in names.items()
        if name not in bound
        and (name == entry_point or not (hasattr(builtins, name) or name.startswith(hooks)))
    }
    module = ProxyModule(order["module_name"], session)
    module.adopt(names, list(exported))
    sys.modules[order["module_name"]] = module
    if entry_point is not None:
        found = _entry(module, entry_point)
        exported["candidate"] = found
        if entry_point.isidentifier() and entry_point not in bound:
            exported[entry_point] = found
    return exported


def share_seeds(session: Session) -> None:
    """Let the tests' seeds of random numbers hold for the candidate as well."""
    seed = random.seed

    def shared_seed(a: Any = None, version: int = 2) -> None:
        seed(a, version)
        if type(a) in {int, float, str, bytes}:
            session.ask("seed", "random", a)

    random.seed = shared_seed


def _public_names(session: Session) -> dict[str, Any]:
    pairs = session.ask("names")
    if type(pairs) is not list or len(pairs) > _MOST_NAMES:
        session.lost = "the candidate's process broke the protocol: names that are none"
        raise BadFrame(session.lost)
    for pair in pairs:
        if type(pair) is not tuple or len(pair) != 2 or type(pair[0]) is not str:  # noqa: PLR2004 - name and value
            session.lost = "the candidate's process broke the protocol: names that are none"
            raise BadFrame(session.lost)
    return {
        name: value
        for name, value in pairs
        if name.isidentifier() and not name.startswith(("__", "_adjudge"))
    }


def _entry(module: ProxyModule, entry_point: str) -> Any:
    """The function, or the method of a fresh instance. A bare name may be a method of Solution."""
    owner, _, name = entry_point.rpartition(".")
    if not owner and name not in module.__dict__ and "Solution" in module.__dict__:
        owner = "Solution"
    holder: Any = module
    for part in filter(None, owner.split(".")):
        holder = getattr(holder, part)
    return getattr(holder() if isinstance(holder, type) else holder, name)
