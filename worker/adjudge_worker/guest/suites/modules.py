"""The candidate's module as the tests import it, and modules that both sides know."""

from __future__ import annotations

import importlib
import types
from typing import TYPE_CHECKING, Any, Final

from adjudge_worker.guest.reuse import PLAIN_MODULES

if TYPE_CHECKING:
    from adjudge_worker.guest.suites.session import Session

KNOWN_MODULES: Final = PLAIN_MODULES - {"os", "sys", "threading", "traceback"}
"""Modules that are the same on both sides, and nothing to be careful with."""

_ASKED_DUNDERS: Final = frozenset({"__author__", "__version__", "__license__", "__annotations__"})


def known_module(name: Any) -> types.ModuleType:
    """The tests' own module of the name. Raises ValueError for one that is not known."""
    if type(name) is not str or name not in KNOWN_MODULES:
        raise ValueError("a module that is not known on both sides")
    return importlib.import_module(name)


class ProxyModule(types.ModuleType):
    """Has the candidate's public names; what is set here is set there."""

    def __init__(self, name: str, session: Session) -> None:
        super().__init__(name)
        self.__dict__["_adjudge_session"] = session

    def adopt(self, names: dict[str, Any], exported: list[str]) -> None:
        """Keep functions and classes; other values are asked for each time, since they change.

        ``exported`` are the names for ``from solution import *``.
        """
        self.__dict__["__all__"] = exported
        self.__dict__.update({name: value for name, value in names.items() if callable(value)})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _ASKED_DUNDERS:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return self._adjudge_session.ask("global", name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__"):
            super().__setattr__(name, value)
            return
        self._adjudge_session.ask("set_global", name, value)
        self.__dict__.pop(name, None)

    def __delattr__(self, name: str) -> None:
        self._adjudge_session.ask("delete_global", name)
        self.__dict__.pop(name, None)
