"""Where verifiers come from: ours, the worker's settings, entry points of installed plugins."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GROUP = "adjudge.verifiers"


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Where one verifier's class lies: "module:Class", and the distribution it came with.

    ``distribution`` is empty when unknown, as it is for a verifier named in the settings.
    """

    target: str
    distribution: str = ""
    version: str = ""

    def remedy(self, extra: str = "") -> str:
        """What to do when it cannot be used: the pip line, where a distribution is known."""
        if not self.distribution:
            return f"Check the setting that names {self.target}, and that its module is installed."
        wanted = f"{self.distribution}[{extra}]" if extra else self.distribution
        return f"Run: pip install --upgrade '{wanted}'"


@dataclasses.dataclass(frozen=True, slots=True)
class Refused:
    """A source that is not even tried, and why."""

    source: Source
    reason: str


def merge(
    ours: Mapping[str, str],
    settings: Mapping[str, str],
    installed: Iterable[tuple[str, Source | Refused]],
) -> dict[str, Source | Refused]:
    """One source for each name; a loser is listed as refused under ``name:distribution``."""
    merged: dict[str, Source | Refused] = {
        name: Source(target, "adjudge") for name, target in ours.items()
    }
    for name, target in settings.items():
        source = Source(target)
        if name in ours:
            merged[_label(name, "settings")] = Refused(
                source, f"the name {name!r} is taken by adjudge itself. Choose another name."
            )
        else:
            merged[name] = source
    claims: dict[str, dict[Source, Source | Refused]] = {}
    for name, found in installed:
        source = found.source if isinstance(found, Refused) else found
        claims.setdefault(name, {})[source] = found
    for name, rivals in claims.items():
        if name not in merged and len(rivals) == 1:
            merged[name] = next(iter(rivals.values()))
            continue
        for source in rivals:
            merged[_label(name, source.distribution)] = Refused(
                source, _clash(name, ours, settings, rivals)
            )
    return merged


def installed() -> list[tuple[str, Source | Refused]]:
    """The plugins of every installed distribution as (name, source).

    One distribution with unreadable metadata costs only its own plugins: it is listed under its
    own name.
    """
    try:
        points = list(importlib.metadata.entry_points(group=GROUP))
    except Exception:  # noqa: BLE001 - some distribution's metadata is broken: find out which
        return _installed_one_by_one()
    return [_found(point) for point in points]


def _installed_one_by_one() -> list[tuple[str, Source | Refused]]:
    found: list[tuple[str, Source | Refused]] = []
    seen = set()
    for distribution in importlib.metadata.distributions():
        name = _distribution_name(distribution)
        if name in seen:
            continue  # shadowed by an earlier entry of sys.path
        seen.add(name)
        try:
            found += [_found(point) for point in distribution.entry_points.select(group=GROUP)]
        except Exception as error:  # noqa: BLE001 - this is the broken one
            source = Source("", name)
            reason = f"its entry points cannot be read: {error}. {source.remedy()}"
            found.append((name, Refused(source, reason)))
    return found


def _found(point: importlib.metadata.EntryPoint) -> tuple[str, Source]:
    if point.dist is None:
        return point.name, Source(point.value)
    name = _distribution_name(point.dist)
    return point.name, Source(point.value, name, point.dist.version)


def _distribution_name(distribution: importlib.metadata.Distribution) -> str:
    """The distribution's name as pip normalises it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution.metadata["Name"] or "").lower()


def _label(name: str, owner: str) -> str:
    return f"{name}:{owner or 'unknown'}"


def _clash(
    name: str, ours: Mapping[str, str], settings: Mapping[str, str], rivals: Iterable[Source]
) -> str:
    if name in ours:
        return f"the name {name!r} is taken by adjudge itself. Ask its author for another name."
    if name in settings:
        return f"the name {name!r} is taken by the worker's setting {settings[name]!r}."
    owners = ", ".join(sorted(source.distribution or source.target for source in rivals))
    return (
        f"the name {name!r} is claimed by several distributions ({owners}), so none is used. "
        "Uninstall all but one, or name the one you want in the worker's settings."
    )
