"""The one token that an answer holds, freed from its wrapping; no chemistry here."""

from __future__ import annotations

import re

from adjudge_verifiers.molecules.errors import RefusedMolecule

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_LABEL = re.compile(r"(?:isomeric[ _]|canonical[ _])?smiles[ \t]*[:=][ \t]*", re.IGNORECASE)
_FENCE_LABEL = re.compile(r"[A-Za-z0-9_+-]{0,32}[ \t]*\r?\n")
_FOREIGN = re.compile(r"[^A-Za-z0-9@+\-\[\]()=#$:/\\.%*]")
_FENCE = "```"


def one_token(answer: str, max_chars: int) -> str:
    """The token inside one code fence, backticks and a ``SMILES:`` label, with ASCII dashes.

    RDKit reads ``CCO and also CCN`` as ethanol named "and also CCN"; here a second token is
    ambiguous. Raises RefusedMolecule. Takes time linear in the answer.
    """
    text = _unwrapped(answer)
    if len(text) > max_chars:
        raise RefusedMolecule(
            "rejected", "length", f"The answer has {len(text):,} characters (max {max_chars:,})."
        )
    if not text:
        raise RefusedMolecule("no_answer", "blank", "The answer is empty.")
    tokens = text.split(None, 1)
    if len(tokens) > 1:
        raise RefusedMolecule(
            "ambiguous",
            "one_token",
            "The answer must be one SMILES without spaces; something follows the first token.",
        )
    return text.translate(_DASHES)


def check_characters(text: str) -> None:
    """Refuse whatever OpenSMILES does not write, though RDKit might read it.

    Raises RefusedMolecule for reaction and dative arrows, query bonds and foreign characters.
    """
    found = _FOREIGN.search(text)
    if found is None:
        return
    character, position = found[0], found.start()
    if ">" in text or "<" in text:
        raise RefusedMolecule(
            "invalid", "reaction", "There is an arrow: reactions and dative bonds are not accepted."
        )
    if character == "~":
        raise RefusedMolecule("invalid", "query_bond", "There is a query bond '~'.")
    shown = character if character.isprintable() else "?"
    raise RefusedMolecule(
        "invalid",
        "characters",
        f"Character {position} is {shown!r} (U+{ord(character):04X}), which SMILES does not use.",
    )


def _unwrapped(answer: str) -> str:
    text = answer.strip()
    if text.startswith(_FENCE) and text.endswith(_FENCE) and len(text) >= 2 * len(_FENCE):
        text = text[len(_FENCE) : -len(_FENCE)]
        label = _FENCE_LABEL.match(text)
        text = text[label.end() if label else 0 :].strip()
    text = _without_backticks(text)
    label = _LABEL.match(text)
    return _without_backticks(text[label.end() :]) if label else text


def _without_backticks(text: str) -> str:
    if len(text) > 1 and text[0] == "`" == text[-1]:
        return text[1:-1].strip()
    return text
