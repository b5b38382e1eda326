"""The candidate's side: its module, and whatever of it the tests hold a handle of.

All of this can be read and changed by the candidate, and there is nothing in it worth reading: no
test, no expected value, only what the tests gave to its functions. A forged answer is no cheat: it
is what the function returned.
"""

from __future__ import annotations

import builtins
import copy
import inspect
import random
import sys
import types
from typing import TYPE_CHECKING, Any

from adjudge_worker.guest.suites import described, plain
from adjudge_worker.guest.suites.foreign import foreign_type
from adjudge_worker.guest.suites.link import Link
from adjudge_worker.guest.suites.modules import KNOWN_MODULES
from adjudge_worker.guest.suites.operators import ASYNCHRONOUS, OPERATORS
from adjudge_worker.guest.suites.printing import Asked, Pages, Printed
from adjudge_worker.guest.suites.wire import BadFrame, Gone, Wire

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Sequence

    from adjudge_worker.guest.suites.codec import Decoder, Encoder

_FUNCTIONS = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.MethodWrapperType,
)


class TestsFailed(Exception):
    """Raised in the candidate when a function of the tests raised what has no name here."""


class Host(Link):
    """Answers for the candidate's objects."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._kinds: dict[type, int] = {}
        self._news: list[dict[str, Any]] = []
        self._foreign: dict[int, Any] = {}
        self._foreign_numbers: dict[int, tuple[Any, int]] = {}
        self._pages = Pages(self._flush)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._load: Callable[[], types.ModuleType]
        self._module: types.ModuleType

    def take_streams(self) -> None:
        """Let the candidate print into the tests' output and read their input."""
        sys.stdin = sys.__stdin__ = Asked(self._read)  # type: ignore[misc, assignment]
        sys.stdout = sys.__stdout__ = Printed(1, "out", self._pages)  # type: ignore[misc, assignment]
        sys.stderr = sys.__stderr__ = Printed(2, "err", self._pages)  # type: ignore[misc, assignment]
        builtins.input = lambda *prompt: self.ask("input", *map(str, prompt[:1]))

    def run(self, load: Callable[[], types.ModuleType]) -> None:
        """Answer until the tests have gone. ``load`` runs the candidate's module, when asked."""
        self._load = load
        try:
            while True:
                with self.turn:
                    frame = self.listen()
                if frame.get("t") == "ask":
                    self.serve(frame)
        except (Gone, BadFrame):
            return
        finally:
            if self._loop is not None:
                self._loop.close()

    def heard(self, frame: dict[str, Any]) -> None:
        """Nothing: the tests' side sends messages alone."""

    def perform(self, operation: str, values: Sequence[Any]) -> Any:
        """Do to the candidate's objects what the tests ask for."""
        return _OPERATIONS[operation](self, *values)

    def names(self) -> list[Any]:
        """Load the module; its public names and their values."""
        self._module = module = self._load()
        listed = getattr(module, "__all__", None)
        names = listed if isinstance(listed, list | tuple) else list(module.__dict__)
        return [
            (name, module.__dict__[name])
            for name in names
            if name in module.__dict__ and (listed is names or not name.startswith("_"))
        ]

    def get_global(self, name: str) -> Any:
        """A name of the module."""
        return getattr(self._module, name)

    def set_global(self, name: str, value: Any) -> None:
        """Set a name of the module."""
        setattr(self._module, name, value)

    def delete_global(self, name: str) -> None:
        """Delete a name of the module."""
        delattr(self._module, name)

    def call(
        self, function: Callable[..., Any], positional: tuple[Any, ...], named: tuple[Any, ...]
    ) -> Any:
        """Call a function or class."""
        return function(*positional, **dict(named))

    def method(
        self, thing: Any, name: str, positional: tuple[Any, ...], named: tuple[Any, ...]
    ) -> Any:
        """Call a method."""
        return getattr(thing, name)(*positional, **dict(named))

    def base_method(
        self, kind: type, name: str, positional: tuple[Any, ...], named: tuple[Any, ...]
    ) -> Any:
        """Call a class's own method with an object that may be of a subclass."""
        return getattr(kind, name)(*positional, **dict(named))

    def operate(self, name: str, *operands: Any) -> Any:
        """Carry out a special method."""
        result = OPERATORS[name](*operands)
        return self.wait_for(result) if name in ASYNCHRONOUS else result

    def wait_for(self, awaitable: Awaitable[Any]) -> Any:
        """Run something awaitable to its end, on the one event loop that there is."""
        if self._loop is None:
            import asyncio  # noqa: PLC0415 - most candidates have nothing to wait for

            self._loop = asyncio.new_event_loop()

        async def finished() -> Any:
            return await awaitable

        return self._loop.run_until_complete(finished())

    def derive(self, name: str, bases: tuple[type, ...], members: tuple[Any, ...]) -> type:
        """Make the class that a test derives from the candidate's."""
        return types.new_class(name, bases, {}, lambda namespace: namespace.update(members))

    def seed(self, name: str, value: Any) -> None:
        """Seed a generator of random numbers as the tests did theirs."""
        if name == "random":
            random.seed(value)
        elif "numpy" in sys.modules:
            sys.modules["numpy.random"].seed(value)

    def export(self, value: Any, encoder: Encoder, depth: int) -> Any:  # noqa: PLR0911 - one case after the other
        """The JSON of a value that is no plain data."""
        foreign = self._foreign_numbers.get(id(value))
        if foreign is not None:
            return {"h": ["y", foreign[1]]}
        if isinstance(value, BaseException):
            return self._export_error(value, encoder, depth)
        if isinstance(value, type):
            return {"h": ["k", self._kind(value, encoder)]}
        if isinstance(value, types.ModuleType) and value.__name__ in KNOWN_MODULES:
            return {"h": ["M", value.__name__]}
        if hasattr(type(value), "__await__"):
            return {"h": ["w", self._number(value)]}
        if isinstance(value, _FUNCTIONS):
            asynchronous = inspect.iscoroutinefunction(value)
            return {"h": ["f", self._number(value), str(value.__name__), asynchronous]}
        kind = type(value)
        if described.is_record(kind):
            items = encoder.tree(described.core(value), depth + 1)
            return {"h": ["n", self._kind(kind, encoder), items]}
        if id(value) not in self._numbers and not described.is_kept(value):
            return encoder.tree(described.core(value), depth)
        return {"h": ["o", self._number(value), self._kind(kind, encoder)]}

    def resolve(self, content: list[Any], decoder: Decoder, depth: int) -> Any:
        """What a handle from the tests means: an object of ours, or a way to theirs."""
        sort, *facts = content
        if sort == "y":
            return self._objects[facts[0]]
        if sort == "n":
            kind = self._objects[facts[0]]
            return tuple.__new__(kind, decoder.value(facts[1], depth + 1))
        if sort == "e":
            return self._resolve_error(facts, decoder, depth)
        number, name = facts[:2]
        if number not in self._foreign:
            if sort == "f":
                self._adopt(number, self._function(number, name, asynchronous=facts[2]))
            else:
                self._adopt(number, foreign_type(name, facts[2], self.ask)())
        return self._foreign[number]

    def said(self) -> dict[str, Any]:
        """What goes beside the next message."""
        beside: dict[str, Any] = {}
        if self._news:
            beside["k"], self._news = self._news, []
        pages = self._pages.take()
        if pages:
            beside["o"] = pages
        return beside

    def constructed(self, thing: Any) -> Any:
        """Keep an object by its identity although it is plain data underneath."""
        if described.has_core(type(thing)) and not described.is_record(type(thing)):
            self._number(thing)
        return thing

    def _flush(self) -> None:
        self._send({"t": "note"})

    def _read(self, how: str, size: int) -> str:
        return str(self.ask("stdin", how, size))

    def _number(self, thing: Any) -> int:
        """The number of an object, which stays alive from now on."""
        number = self._numbers.get(id(thing))
        if number is None:
            number = self._numbers[id(thing)] = len(self._objects)
            self._objects.append(thing)
        return number

    def _kind(self, kind: type, encoder: Encoder) -> int:
        """The number of a class; describes it when it is new."""
        if kind not in self._kinds:
            self._kinds[kind] = number = self._number(kind)
            bases = [self._base(base, encoder) for base in kind.__bases__]
            bases = [base for base in bases if base is not None]
            self._news.append(described.description(kind, number, bases))
        return self._kinds[kind]

    def _base(self, base: type, encoder: Encoder) -> Any:
        if base is object:
            return None
        named = plain.tree(base, type(base))
        if issubclass(base, BaseException) and named is not None:
            return named
        return {"h": ["k", self._kind(base, encoder)]}

    def _function(self, number: int, name: str, *, asynchronous: bool) -> Callable[..., Any]:
        def given(*positional: Any, **named: Any) -> Any:
            return self.ask("call", number, positional, tuple(named.items()))

        async def given_asynchronous(*positional: Any, **named: Any) -> Any:
            return given(*positional, **named)

        function = given_asynchronous if asynchronous else given
        function.__name__ = function.__qualname__ = name
        return function

    def _adopt(self, number: int, stand_in: Any) -> None:
        self._foreign[number] = stand_in
        self._foreign_numbers[id(stand_in)] = (stand_in, number)

    def _export_error(self, error: BaseException, encoder: Encoder, depth: int) -> Any:
        """["e", class, arguments, text, number of the object]."""
        kind = type(error)
        named = plain.tree(kind, type(kind))
        tree = named if named is not None else {"h": ["k", self._kind(kind, encoder)]}
        try:
            text = str(error)
        except Exception as worse:  # noqa: BLE001 - the candidate's, whatever it is
            text = f"<its text raised {type(worse).__name__}>"
        arguments = encoder.tree(tuple(error.args), depth + 1)
        return {"h": ["e", tree, arguments, text[:10_000], self._number(error)]}

    def _resolve_error(self, facts: list[Any], decoder: Decoder, depth: int) -> BaseException:
        tree, arguments, text, number = facts
        kind = TestsFailed if tree is None else decoder.value(tree)
        values = decoder.value(arguments, depth + 1)
        try:
            error: BaseException = kind(*values)
        except Exception:  # noqa: BLE001 - a class that wants other arguments
            error = TestsFailed(text)
        if number is not None:
            self._adopt(number, error)
        return error


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "names": Host.names,
    "global": Host.get_global,
    "set_global": Host.set_global,
    "delete_global": Host.delete_global,
    "call": Host.call,
    "construct": lambda host, *values: host.constructed(host.call(*values)),
    "method": Host.method,
    "base_method": Host.base_method,
    "operate": Host.operate,
    "get": lambda _, thing, name: getattr(thing, name),
    "set": lambda _, thing, name, value: setattr(thing, name, value),
    "delete": lambda _, thing, name: delattr(thing, name),
    "dir": lambda _, thing: [str(name) for name in dir(thing)],
    "wait": Host.wait_for,
    "copy": lambda _, thing: copy.copy(thing),
    "deepcopy": lambda _, thing: copy.deepcopy(thing),
    "core": lambda _, thing: described.core(thing),
    "derive": Host.derive,
    "seed": Host.seed,
}
