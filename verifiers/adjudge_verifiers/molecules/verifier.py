"""The verifier ``molecules``."""

from __future__ import annotations

import dataclasses
import importlib.metadata
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import (
    MIB,
    Answer,
    Budget,
    Example,
    GroupsAnswers,
    Outcome,
    Verdict,
    Verifier,
)
from adjudge_verifiers.extraction import extract
from adjudge_verifiers.molecules.errors import RefusedMolecule
from adjudge_verifiers.molecules.parameters import MoleculesOptions, MoleculesParameters
from adjudge_verifiers.molecules.wrapping import one_token

if TYPE_CHECKING:
    from adjudge_verifiers.molecules.kinds import Kind
    from adjudge_verifiers.molecules.reader import Molecule

_OURS = "1.0.0"
_NICOTINE = "CN1CCC[C@H]1c1cccnc1"


def _version() -> str:
    """Ours, and RDKit's, on which verdicts depend. RDKit is not imported for it."""
    try:
        return f"{_OURS}+rdkit.{importlib.metadata.version('rdkit')}"
    except importlib.metadata.PackageNotFoundError:  # absent, or installed without metadata
        return _OURS


@dataclasses.dataclass(frozen=True, slots=True)
class PreparedMolecules:
    """A task whose reference is read."""

    parameters: MoleculesParameters
    kind: Kind
    max_fragments: int


class Molecules(Verifier[MoleculesParameters, PreparedMolecules], GroupsAnswers[MoleculesOptions]):
    """Judges SMILES with RDKit.

    Surprising cases: atoms are counted from 0. A reference whose stereo is not specified equals
    only answers that do not specify it either. A dative bond (``->``) is refused like a reaction.
    Reason codes of INVALID_ANSWER are ``ambiguous``, ``invalid`` and ``rejected``; ``decided_by``
    names the check.
    """

    name = "molecules"
    version = _version()
    summary = "Says whether an answer is a valid molecule, or the same molecule as a reference."
    parameters_type = MoleculesParameters
    options_type = MoleculesOptions
    budget = Budget(cpu_seconds=1.0, wall_seconds=3.0, memory_bytes=512 * MIB)
    requires = ("rdkit",)
    extra = "chemistry"
    examples = (
        Example({"kind": "valid"}, f"<answer>{_NICOTINE}</answer>", Outcome.CORRECT),
        Example({"kind": "valid"}, "<answer>CC(C)(C)(C)C</answer>", Outcome.INVALID_ANSWER),
        Example({"kind": "valid"}, "<answer>CCO |$a;b;c$|</answer>", Outcome.INVALID_ANSWER),
        Example({"kind": "valid"}, "I do not know.", Outcome.NO_ANSWER),
        Example(
            {"kind": "exact", "reference": _NICOTINE},
            "<answer>c1cc(cnc1)[C@@H]1CCCN1C</answer>",
            Outcome.CORRECT,
        ),
        Example(
            {"kind": "exact", "reference": _NICOTINE},
            "<answer>CN1CCC[C@@H]1c1cccnc1</answer>",
            Outcome.INCORRECT,
        ),
        Example({"kind": "exact", "reference": "CC("}, "<answer>CC</answer>", Outcome.BAD_TASK),
    )

    def warm(self) -> None:
        """Import RDKit, silence its log and build its tables."""
        from rdkit import rdBase  # noqa: PLC0415 - heavy: not before it is needed

        from adjudge_verifiers.molecules import identity, kinds  # noqa: F401, PLC0415 - same

        rdBase.DisableLog("rdApp.*")
        identity.warm()

    def prepare(self, parameters: MoleculesParameters) -> PreparedMolecules:
        """Read the reference. Raises BadTask when it is no molecule within the task's limits."""
        from adjudge_verifiers.molecules.kinds import KINDS  # noqa: PLC0415 - imports RDKit

        kind = KINDS[parameters.kind](parameters)
        return PreparedMolecules(parameters, kind, parameters.max_fragments or kind.max_fragments)

    def judge(self, prepared: PreparedMolecules, completion: str) -> Verdict:
        """Extract the answer, read it with every check, ask the task's question."""
        parameters = prepared.parameters
        found = extract(completion, parameters.extraction)
        if found.answer is None:
            ambiguous = found.reason == "ambiguous"
            outcome = Outcome.INVALID_ANSWER if ambiguous else Outcome.NO_ANSWER
            return Verdict.fault(
                outcome, reason=found.reason, message=found.message, decided_by="extraction"
            )
        text = found.answer
        try:
            text = one_token(found.answer, parameters.max_chars)
            return prepared.kind.judge(_read(text, parameters, prepared.max_fragments))
        except RefusedMolecule as error:
            blank = error.reason == "no_answer"
            return Verdict.fault(
                Outcome.NO_ANSWER if blank else Outcome.INVALID_ANSWER,
                reason=error.reason,
                message=error.message,
                answer=text,
                decided_by=error.check,
            )

    def read_answer(self, options: MoleculesOptions, completion: str) -> Answer | None:
        """The molecule as written; its value is the canonical SMILES of what is compared."""
        from adjudge_verifiers.molecules import identity  # noqa: PLC0415 - imports RDKit

        found = extract(completion, options.extraction)
        if found.answer is None:
            return None
        try:
            text = one_token(found.answer, options.max_chars)
            mol = identity.subject(_read(text, options, options.max_fragments or 1), options)
            same = identity.tautomer(mol) if options.tautomer else identity.canonical(mol)
        except RefusedMolecule:
            return None
        return Answer(text, same)


def _read(text: str, options: MoleculesOptions, max_fragments: int) -> Molecule:
    from adjudge_verifiers.molecules.reader import read_smiles  # noqa: PLC0415 - imports RDKit

    return read_smiles(text, options, max_fragments)
