"""The tests' side of the conversation: believes nothing that it hears.

Whatever comes is decoded strictly. When the other side has gone or talks nonsense, the session is
*lost*, for ever, and a test in which that happened has failed, whatever its code makes of it.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import random
import sys
import types
from typing import TYPE_CHECKING, Any

from adjudge_worker.guest.suites import modules, operators, plain
from adjudge_worker.guest.suites.decoys import decoys
from adjudge_worker.guest.suites.kinds import build_type
from adjudge_worker.guest.suites.link import Link
from adjudge_worker.guest.suites.proxies import (
    Handle,
    Proxy,
    ProxyType,
    function_type,
    handed_back,
    number_of,
)
from adjudge_worker.guest.suites.waiting import finished
from adjudge_worker.guest.suites.wire import BadFrame, Gone, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from adjudge_worker.guest.suites.codec import Decoder, Encoder, Shared
    from adjudge_worker.guest.suites.gates import Gates

_STREAMS = {"out": "stdout", "err": "stderr"}
_MOST_CLASSES = 10_000
_STEPS = frozenset({"__next__", "__anext__"})
_EQUALITY = {"__eq__": True, "__ne__": False}
"""What each says of two that are equal."""


class CandidateLost(BaseException):
    """Raised in test code when the candidate has gone or does not keep to the protocol."""


class Session(Link):
    """What the test process knows of one candidate process."""

    def __init__(self, wire: Wire, gates: Gates) -> None:
        super().__init__(wire)
        self.lost = ""
        """Why the conversation is over, if it is."""
        self.asked = 0
        """How many questions there were so far."""
        self.trusted: frozenset[int] = frozenset()
        """The numbers of the classes that the tests construct, see ``trust.py``."""
        self.stops = False
        """Whether the tests know that a call may raise StopIteration, see ``trust.py``."""
        self._gates = gates
        self._kinds: dict[int, ProxyType] = {}
        self._proxies: dict[int, Any] = {}
        self._given: list[Any] = []
        self._given_numbers: dict[int, int] = {}
        self._returned: dict[int, tuple[Any, int]] = {}
        self._liars: dict[type, bool] = {}
        self._function_type = function_type(self)

    def ask(self, operation: str, *values: Any) -> Any:
        """Ask the candidate. Raises what it raised, or CandidateLost.

        A call that raises StopIteration is an error, as in a generator (PEP 479): it would end
        the loop over ``map(candidate, inputs)`` around it, with no comparison made.
        """
        if self.lost:
            raise CandidateLost(self.lost)
        self.asked += 1
        try:
            return super().ask(operation, *values)
        except (StopIteration, StopAsyncIteration) as error:
            if self.stops or (operation == "operate" and values[0] in _STEPS):
                raise
            raise Stopped(error) from error

    def exchange(self, question: dict[str, Any], shared: Shared) -> tuple[bool, Any]:
        """Ask, and be lost when that does not come to a proper end."""
        try:
            return super().exchange(question, shared)
        except Gone:
            self.lost = self.lost or "the candidate's process ended"
        except BadFrame as error:
            self.lost = self.lost or f"the candidate's process broke the protocol: {error}"
        except BaseException as error:
            self.lost = self.lost or f"the conversation broke off: {type(error).__name__}"
            raise
        raise CandidateLost(self.lost)

    def is_candidates(self, error: BaseException) -> bool:
        """Whether the candidate raised it."""
        return (
            id(error) in self._returned
            or isinstance(error, Interrupted)
            or (type(type(error)) is ProxyType)
        )

    def construct(self, kind: ProxyType, positional: tuple[Any, ...], named: Any) -> Any:
        """Make an object of a candidate's class."""
        known = set(self._proxies)
        made = self.ask("construct", kind, positional, tuple(named.items()))
        if isinstance(made, Proxy) and number_of(made) not in known:
            object.__setattr__(made, "_adjudge_trusted", number_of(kind) in self.trusted)
        return made

    def compare(self, name: str, one: Proxy, other: Any) -> Any:
        """Let the candidate compare, unless it calls everything equal.

        Among plain data stand others that it must tell from it, in an order that it cannot know.
        """
        if name not in _EQUALITY or isinstance(other, Proxy):
            verdict = self.ask("operate", name, one, other)
            return False if name == "__eq__" and verdict is True and self._is_liar(one) else verdict
        lies = decoys(other)
        at = random.SystemRandom().randrange(len(lies) + 1)
        said = [self._says_equal(name, one, lie) for lie in lies[:at]]
        verdict = self.ask("operate", name, one, other)
        said += [self._says_equal(name, one, lie) for lie in lies[at:]]
        if verdict is _EQUALITY[name] and (all(said) or self._is_liar(one)):
            return not verdict
        return verdict

    def _says_equal(self, name: str, one: Proxy, other: Any) -> bool:
        try:
            return self.ask("operate", name, one, other) is _EQUALITY[name]
        except Exception:  # noqa: BLE001 - it knows nothing of such data: honest
            return False

    def _is_liar(self, one: Proxy) -> bool:
        """Whether objects of the class say that they equal an object of which they know nothing."""
        kind = type(one)
        if kind not in self._liars:
            self._liars[kind] = False
            try:
                self._liars[kind] = self.ask("operate", "__eq__", one, _Stranger()) is True
            except Exception:  # noqa: BLE001 - it compares what a stranger has not: honest
                self._liars[kind] = False
        return self._liars[kind]

    # What the candidate asks -----------------------------------------------------------------

    def perform(self, operation: str, values: Sequence[Any]) -> Any:
        """Do for the candidate what it may ask for."""
        action = _ACTIONS.get(operation)
        if action is None:
            raise BadFrame("a question that nobody may ask")
        try:
            return action(self, *values)
        except _Refused as error:
            raise BadFrame(str(error)) from error

    def _call(self, number: Any, positional: Any, named: Any) -> Any:
        function = self._given_object(number)
        if not self._gates.is_called_only(function):
            raise _Refused("a call of what is no function")
        return self._called(function, positional, named)

    def _call_object(self, thing: Any, positional: Any, named: Any) -> Any:
        self._check_given(thing)
        if "__call__" not in self._gates.operators(thing):
            raise _Refused("a call of what cannot be called")
        return self._called(thing, positional, named)

    def _called(self, function: Any, positional: Any, named: Any) -> Any:
        if type(positional) is not tuple or type(named) is not tuple:
            raise _Refused("arguments that are none")
        if any(type(pair) is not tuple or [*map(type, pair)][:1] != [str] for pair in named):
            raise _Refused("named arguments that are none")
        result = function(*positional, **dict(named))
        return finished(result) if isinstance(result, types.CoroutineType) else result

    def _operate(self, name: Any, thing: Any, *operands: Any) -> Any:
        self._check_given(thing)
        if type(name) is not str or name not in self._gates.operators(thing):
            raise _Refused("an operator that the object has not")
        result = operators.OPERATORS[name](thing, *operands)
        return finished(result) if name in operators.ASYNCHRONOUS else result

    def _get(self, thing: Any, name: Any) -> Any:
        self._check_given(thing)
        return self._gates.get(thing, name)

    def _set(self, thing: Any, name: Any, value: Any) -> None:
        self._check_given(thing)
        self._gates.set(thing, name, value)

    def _wait(self, thing: Any) -> Any:
        self._check_given(thing)
        if not isinstance(thing, types.CoroutineType):
            raise _Refused("a wait for what does not come")
        return finished(thing)

    def _input(self, *prompt: Any) -> str:
        return str(builtins.input(*map(str, prompt[:1])))

    def _stdin(self, how: Any, size: Any) -> str:
        if how not in {"read", "readline"} or type(size) is not int:
            raise _Refused("a way to read that there is not")
        return str(getattr(sys.stdin, how)(size))

    def _given_object(self, number: Any) -> Any:
        if type(number) is not int or not 0 <= number < len(self._given):
            raise _Refused("an object that was never given")
        return self._given[number]

    def _check_given(self, thing: Any) -> None:
        if id(thing) not in self._given_numbers or self._gates.is_called_only(thing):
            raise _Refused("an object that was never given")

    # What goes over, and what comes ----------------------------------------------------------

    def heard(self, frame: dict[str, Any]) -> None:
        """Learn the classes that are mentioned for the first time; show what was printed."""
        for description in frame.get("k", ()):
            self._learn(description)
        for page in frame.get("o", ()):
            if type(page) is not list or [type(part) for part in page] != [str, str]:
                raise BadFrame("printed text that is none")
            stream = _STREAMS.get(page[0])
            if stream is None:
                raise BadFrame("printed text on a stream that there is not")
            getattr(sys, stream).write(page[1])

    def _learn(self, description: Any) -> None:
        number, kind = build_type(self, description, self._kind_named)
        if number in self._kinds or len(self._kinds) > _MOST_CLASSES:
            raise BadFrame("a class that is known already, or one too many")
        self._kinds[number] = kind

    def _kind_named(self, tree: Any) -> type:
        """A base class. Raises BadFrame."""
        match tree:
            case {"S": [str() as module, str() as name]}:
                found = _named(module, name)
                if isinstance(found, type):
                    return found
            case {"h": ["k", int() as number]} if number in self._kinds:
                return self._kinds[number]
        raise BadFrame("a class that nobody described")

    def export(self, value: Any, encoder: Encoder, depth: int) -> Any:
        """The JSON of a value that is no plain data."""
        back = handed_back(value, encoder, depth)
        if back is not None:
            return back
        if id(value) in self._returned:
            return {"h": ["y", self._returned[id(value)][1]]}
        if isinstance(value, types.ModuleType):
            raise TypeError("a module cannot be given to the candidate, which has its own process")
        number = self._give(value)
        if isinstance(value, BaseException):
            return self._export_error(value, number, encoder, depth)
        name = getattr(value, "__name__", type(value).__name__)
        name = name if type(name) is str else type(value).__name__
        if self._gates.is_called_only(value):
            return {"h": ["f", number, name, inspect.iscoroutinefunction(value)]}
        return {"h": ["o", number, type(value).__name__, self._gates.operators(value)]}

    def resolve(self, content: list[Any], decoder: Decoder, depth: int) -> Any:  # noqa: C901, PLR0911 - one case after the other
        """What a handle means: a proxy, or what we gave ourselves. Raises BadFrame."""
        match content:
            case ["y", int() as number] if 0 <= number < len(self._given):
                return self._given[number]
            case ["k", int() as number] if number in self._kinds:
                return self._kinds[number]
            case ["f", int() as number, str() as name, bool() as asynchronous]:
                make = functools.partial(self._function_type, number, name, asynchronous)
                return self._known(number, make)
            case ["o", int() as number, int() as kind] if kind in self._kinds:
                return self._object(number, self._kinds[kind])
            case ["w", int() as number]:
                return self._awaitable(number)
            case ["n", int() as number, items] if number in self._kinds:
                record = self._kinds[number].__dict__.get("_adjudge_record")
                if record is not None:
                    return record(decoder.value(items, depth + 1))
            case ["M", str() as name]:
                try:
                    return modules.known_module(name)
                except (ValueError, ImportError) as error:
                    raise BadFrame("a module that is not known") from error
            case ["e", kind, arguments, str() as text, int() as number]:
                values = decoder.value(arguments, depth + 1)
                return self._known(number, lambda: self._error(kind, values, text, number))
        raise BadFrame(f"a handle of no sort that there is: {str(content[:1])[:20]}")

    def _object(self, number: int, kind: ProxyType) -> Any:
        """The proxy of an object; one that is given back is no longer trusted."""
        if not kind._adjudge_holds_objects():  # noqa: SLF001 - ours
            raise BadFrame("an object of a class that has none")
        proxy = self._known(number, functools.partial(kind._adjudge_new, number))  # noqa: SLF001 - ours
        if isinstance(proxy, Proxy):
            object.__setattr__(proxy, "_adjudge_trusted", False)
        return proxy

    def _known(self, number: int, make: Callable[[], Any]) -> Any:
        if number not in self._proxies:
            self._proxies[number] = make()
        return self._proxies[number]

    def _give(self, value: Any) -> int:
        number = self._given_numbers.get(id(value))
        if number is None:
            number = self._given_numbers[id(value)] = len(self._given)
            self._given.append(value)
        return number

    def _awaitable(self, number: int) -> Coroutine[Any, Any, Any]:
        async def finish() -> Any:
            return self.ask("wait", Handle(number))

        coroutine = finish()
        self._returned[id(coroutine)] = (coroutine, number)
        return coroutine

    def _export_error(self, error: BaseException, number: int, encoder: Encoder, depth: int) -> Any:
        kind = next(tree for base in type(error).__mro__ if (tree := plain.tree(base, type)))
        try:
            arguments = encoder.tree(tuple(error.args), depth + 1)
        except (TypeError, ValueError):
            arguments = {"t": [str(error)]}
        return {"h": ["e", kind, arguments, str(error), number]}

    def _error(self, tree: Any, values: Any, text: str, number: int) -> BaseException:
        """The exception of the candidate's, of the very type or of a proxy for it."""
        kind = self._kind_named(tree)
        if not issubclass(kind, BaseException) or type(values) is not tuple:
            raise BadFrame("an exception that is none")
        if isinstance(kind, ProxyType):
            made: BaseException = kind._adjudge_error(values, text, number)  # noqa: SLF001 - ours
            return made
        if not issubclass(kind, (Exception, SystemExit)):
            return Interrupted(f"{kind.__name__}: {text}")
        try:
            error = kind(*values)
        except Exception:  # noqa: BLE001 - a class that wants other arguments
            error = kind.__new__(kind)
            error.args = values
        self._returned[id(error)] = (error, number)
        return error


def _named(module: str, name: str) -> Any:
    try:
        return plain.named(module, name)
    except (ValueError, ImportError) as error:
        raise BadFrame("a class that is not known") from error


class Interrupted(Exception):
    """Raised in test code when the candidate raised KeyboardInterrupt or the like."""


class Stopped(Interrupted, RuntimeError):
    """Raised in test code when a call of the candidate's raised StopIteration."""

    def __init__(self, error: StopIteration | StopAsyncIteration) -> None:
        super().__init__(*error.args)
        self.value = next(iter(error.args), None)


class _Stranger:
    """An object of which the candidate knows nothing."""


class _Refused(Exception):
    """Raised when the candidate asks for what was not given to it."""


_ACTIONS: dict[str, Callable[..., Any]] = {
    "call": Session._call,  # noqa: SLF001 - its own class
    "call_object": Session._call_object,  # noqa: SLF001
    "operate": Session._operate,  # noqa: SLF001
    "get": Session._get,  # noqa: SLF001
    "set": Session._set,  # noqa: SLF001
    "wait": Session._wait,  # noqa: SLF001
    "input": Session._input,  # noqa: SLF001
    "stdin": Session._stdin,  # noqa: SLF001
}
