"""The questions that can be asked of a molecule, one file each.

A kind is a class: made once for each task (raising BadTask when the task is broken), it judges
every accepted molecule. ``max_fragments`` is how many fragments an answer may have when the task
does not say.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from adjudge_verifiers.molecules.kinds.exact import Exact
from adjudge_verifiers.molecules.kinds.valid import Valid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adjudge_verifiers.contract import Verdict
    from adjudge_verifiers.molecules.parameters import MoleculesParameters
    from adjudge_verifiers.molecules.reader import Molecule


class Kind(Protocol):
    """One question, prepared for one task."""

    @property
    def max_fragments(self) -> int:
        """Most fragments of an answer when the task does not say."""

    def judge(self, molecule: Molecule) -> Verdict:
        """Judge a molecule that passed every check. May raise RefusedMolecule."""


KINDS: Mapping[str, Callable[[MoleculesParameters], Kind]] = MappingProxyType(
    {"exact": Exact, "valid": Valid}
)
