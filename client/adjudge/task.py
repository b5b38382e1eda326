"""What a candidate is judged against."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

_VERIFIER_NAME = re.compile(r"[a-z0-9_.:-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True, init=False)
class Task:
    """What a candidate is judged against: a verifier's name and that verifier's parameters.

    Make one ``Task`` for each problem and share it among the problem's completions: its text is
    then written, hashed and sent once. ``parameters_json`` is compact JSON text with the keys in
    the order given, since a program may be called with a dict whose order counts; two tasks of
    equal text are equal.
    """

    verifier: str
    parameters_json: str
    _digest: list[bytes] = field(repr=False, compare=False)

    def __init__(self, verifier: str, parameters: Mapping[str, Any]) -> None:
        """Freeze the parameters as JSON text.

        Raises ValueError for a malformed verifier name, NaN, infinity or a lone surrogate, and
        TypeError for what JSON cannot say.
        """
        if not isinstance(verifier, str) or _VERIFIER_NAME.fullmatch(verifier) is None:  # pyright: ignore[reportUnnecessaryIsInstance] - untyped callers
            raise ValueError(
                f"verifier: expected 1 to 64 characters of [a-z0-9_.:-], got {verifier!r}"
            )
        object.__setattr__(self, "verifier", verifier)
        object.__setattr__(self, "parameters_json", _compact_json(parameters))
        object.__setattr__(self, "_digest", [])

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters, read back from their JSON text; a fresh copy each time."""
        parameters: dict[str, Any] = json.loads(self.parameters_json)
        return parameters

    @property
    def digest(self) -> bytes:
        """SHA-256 (32 bytes) of verifier, one zero byte, parameters_json, all UTF-8."""
        if not self._digest:
            text = f"{self.verifier}\0{self.parameters_json}"
            self._digest.append(hashlib.sha256(text.encode()).digest())
        return self._digest[0]


def _compact_json(parameters: Mapping[str, Any]) -> str:
    try:
        text = json.dumps(
            dict(parameters),
            allow_nan=False,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        text.encode()
        _require_text_keys(parameters)  # after json.dumps, which refuses cycles
    except UnicodeEncodeError as error:
        raise ValueError(
            f"parameters: expected Unicode text, got a lone surrogate at character {error.start} "
            "of their JSON; repair the data set"
        ) from error
    except ValueError as error:
        raise ValueError(f"parameters: expected finite numbers and no cycle ({error})") from error
    except TypeError as error:
        raise TypeError(f"parameters: expected a mapping that JSON can say ({error})") from error
    return text


def _require_text_keys(value: object) -> None:
    """Raise TypeError for a key that JSON would silently turn into text."""
    if isinstance(value, Mapping):
        for key, inner in cast("Mapping[object, object]", value).items():
            if not isinstance(key, str):
                raise TypeError(f"keys must be str, got {key!r}; see the option tagged_values")
            _require_text_keys(inner)
    elif isinstance(value, (list, tuple)):
        for inner in cast("Sequence[object]", value):
            _require_text_keys(inner)
