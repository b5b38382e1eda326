"""The registry: every verifier this process knows by name, available or not, and why not.

Ours stand in a literal table; others come from the entry-point group ``adjudge.verifiers`` or from
the worker's settings. A class is imported and checked when it is first asked for. Whatever a plugin
gets wrong makes that plugin unavailable, with the reason and the remedy, and nothing else.

A plugin is trusted code: an import that kills or hangs its process cannot be caught here.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import importlib
import importlib.util
import json
import operator
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from adjudge_verifiers import companion, declaration, plugins
from adjudge_verifiers.contract import GroupsAnswers, Unavailable
from adjudge_verifiers.schema import parameters_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from adjudge_verifiers.contract import AnyVerifier, Example, TaskParameters

OURS: Mapping[str, str] = MappingProxyType(
    {
        "mathematics": "adjudge_verifiers.mathematics.verifier:Mathematics",
        "molecules": "adjudge_verifiers.molecules.verifier:Molecules",
        "programs": "adjudge_verifiers.programs.verifier:Programs",
    }
)
"""Our own verifiers. Nobody else may use these names."""

_TARGET = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


@dataclasses.dataclass(frozen=True, slots=True)
class Description:
    """What ListVerifiers says of one verifier.

    A verifier that could not be imported has no schema and no examples; ``version`` is then that of
    its distribution, where known. ``unavailable_reason`` is empty exactly when it is available,
    ``group_options_schema_json`` when it cannot group answers.
    """

    name: str
    version: str = ""
    summary: str = ""
    parameters_schema_json: str = ""
    examples: Sequence[Example] = ()
    available: bool = False
    unavailable_reason: str = ""
    group_options_schema_json: str = ""


@dataclasses.dataclass(slots=True)
class _Entry:
    """One name: where its class lies, and what became of it (``refusal`` empty: nothing yet)."""

    source: plugins.Source
    verifier: AnyVerifier | None = None
    refusal: str = ""
    companion: AnyVerifier | None = None


class Registry:
    """The verifiers of this process by name. Not changed after loading but by a refusal."""

    def __init__(self, entries: Mapping[str, plugins.Source | plugins.Refused]) -> None:
        self._entries = {
            name: _Entry(found.source, refusal=found.reason)
            if isinstance(found, plugins.Refused)
            else _Entry(found)
            for name, found in sorted(entries.items())
        }

    def names(self) -> list[str]:
        """Every name, sorted, available or not."""
        return list(self._entries)

    def get(self, name: str) -> AnyVerifier:
        """The verifier of that name, or a verifier's companion; the same object at every call.

        Raises Unavailable with the reason and the remedy, or with the known names.
        """
        if name.endswith(companion.SUFFIX):
            return self._companion(name.removesuffix(companion.SUFFIX))
        entry = self._entries.get(name)
        if entry is None:
            raise Unavailable(self._unknown(name))
        verifier = self._look(name, entry)
        if entry.refusal or verifier is None:
            raise Unavailable(f"verifier {name!r} is not available here: {entry.refusal}")
        return verifier

    def _companion(self, name: str) -> AnyVerifier:
        verifier, entry = self.get(name), self._entries[name]
        if entry.companion is None:
            entry.companion = companion.companion_of(verifier)
        if entry.companion is None:
            raise Unavailable(
                f"verifier {name!r} cannot group answers; those that can have a "
                "group_options_schema_json in ListVerifiers"
            )
        return entry.companion

    def describe(self) -> list[Description]:
        """All verifiers, sorted by name."""
        return [self._describe(name, entry) for name, entry in self._entries.items()]

    def warm(self) -> dict[str, str]:
        """Call ``warm`` of every available verifier.

        Returns name → reason of those that failed; they are unavailable from now on.
        """
        failed: dict[str, str] = {}
        for name, entry in self._entries.items():
            verifier = self._look(name, entry)
            if entry.refusal or verifier is None:
                continue
            try:
                verifier.warm()
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may fail in any way
                failed[name] = f"warm() raised {_words(error)}. {entry.source.remedy()}"
                self.withdraw(name, failed[name])
        return failed

    def withdraw(self, name: str, reason: str) -> None:
        """Make a verifier unavailable, for instance because another process could not warm it."""
        self._entries[name].refusal = reason

    def _look(self, name: str, entry: _Entry) -> AnyVerifier | None:
        if entry.verifier is None and not entry.refusal:
            entry.verifier, entry.refusal = _register(name, entry.source)
        return entry.verifier

    def _unknown(self, name: str) -> str:
        near = difflib.get_close_matches(name[:64], self._entries, n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        return f"no verifier is called {name[:64]!r}.{guess} Known: {', '.join(self._entries)}."

    def _describe(self, name: str, entry: _Entry) -> Description:
        verifier = self._look(name, entry)
        if verifier is None:
            return Description(name, version=entry.source.version, unavailable_reason=entry.refusal)
        return Description(
            name=name,
            version=verifier.version,
            summary=verifier.summary,
            parameters_schema_json=_schema_json(verifier.parameters_type),
            examples=tuple(verifier.examples),
            available=not entry.refusal,
            unavailable_reason=entry.refusal,
            group_options_schema_json=_schema_json(verifier.options_type)
            if isinstance(verifier, GroupsAnswers)
            else "",
        )


def load_registry(extra: Mapping[str, str] = MappingProxyType({})) -> Registry:
    """The registry of this process: ours, installed plugins, and ``extra`` (name → "module:Class").

    Ours win over everything. ``extra``, being the operator's word, wins over installed plugins. Of
    two installed plugins with one name neither is used: an arbitrary judge is worse than none.
    """
    return Registry(plugins.merge(OURS, extra, plugins.installed()))


def _register(name: str, source: plugins.Source) -> tuple[AnyVerifier | None, str]:
    """One verifier and "", or what there is of it and why it cannot be used, with the remedy."""
    try:
        verifier = _make(name, source.target)
    except _NotRegistered as error:
        return None, f"{error}. {source.remedy()}"
    missing = [module for module in verifier.requires if not _is_installed(module)]
    if missing:
        return verifier, f"needs {' and '.join(missing)}. {source.remedy(verifier.extra)}"
    return verifier, ""


def _make(name: str, target: str) -> AnyVerifier:
    """Import, check and make one verifier: the only place that says how a registration can fail.

    Raises _NotRegistered when

    * the name or the target is malformed,
    * the import raises (also SyntaxError and SystemExit) or the module lacks the class,
    * the target is no class, or none of ours, or lacks ``prepare`` or ``judge``,
    * making the object raises,
    * an attribute is missing or of the wrong type, or there is no example,
    * the class calls itself by another name.
    """
    if not declaration.name_is_good(name):
        raise _NotRegistered(f"a verifier's name must be {declaration.NAME_RULE}")
    if not _TARGET.fullmatch(target):
        raise _NotRegistered(f"expected module:Class, found {target!r}")
    module, _, path = target.partition(":")
    with _refusing(f"importing {target}"):
        declared = operator.attrgetter(path)(importlib.import_module(module))
    fault = declaration.class_fault(declared)
    if fault:
        raise _NotRegistered(fault)
    with _refusing(f"making {target}"):
        verifier: AnyVerifier = declared()
        faults = declaration.declaration_faults(verifier)
    if not faults and verifier.name != name:
        faults = [f"the class calls itself {verifier.name!r}; both names must be the same"]
    if faults:
        raise _NotRegistered("; ".join(faults))
    return verifier


class _NotRegistered(Exception):
    """Raised when a class cannot be registered; the text says why."""


@contextlib.contextmanager
def _refusing(deed: str) -> Iterator[None]:
    """Turn whatever a plugin's code raises into a refusal."""
    try:
        yield
    except (Exception, SystemExit) as error:
        raise _NotRegistered(f"{deed} raised {_words(error)}") from error


def _schema_json(parameters_type: type[TaskParameters]) -> str:
    return json.dumps(parameters_schema(parameters_type), ensure_ascii=False)


def _is_installed(module: str) -> bool:
    """True when a top-level module can be found; it is not imported."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):  # ValueError: sys.modules holds a module without a spec
        return False


def _words(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:300]}" if text else type(error).__name__
