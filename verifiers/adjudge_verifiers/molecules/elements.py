"""The chemical elements, and which of them an answer may hold by default."""

from __future__ import annotations

_BY_NUMBER = """
H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr
Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb
Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf
Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og
"""
_TABLE = _BY_NUMBER.split()

SYMBOLS = frozenset(_TABLE)
"""All 118 symbols."""

URANIUM = _TABLE.index("U") + 1
"""Atomic number of the heaviest element accepted by default."""

INERT = frozenset(_TABLE.index(symbol) + 1 for symbol in ("He", "Ne", "Ar"))
"""Atomic numbers of the elements that form no molecules, refused by default."""

_NONMETALS = "H B C N O F Si P S Cl Ge As Se Br Te I At"
NONMETALS = frozenset(_TABLE.index(symbol) + 1 for symbol in _NONMETALS.split())
"""Atomic numbers of the elements on which an unpaired electron makes a radical.

A metal ion's unpaired electrons (RDKit counts one on Cu2+) are its ordinary state.
"""


def atomic_numbers(symbols: tuple[str, ...]) -> frozenset[int]:
    """The atomic numbers of these symbols."""
    return frozenset(_TABLE.index(symbol) + 1 for symbol in symbols)
