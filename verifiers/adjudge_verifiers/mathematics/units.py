"""Units of measure: what they measure and how large they are.

Sizes: the International System of Units (SI brochure, 9th edition) and its accepted units.
"""

from __future__ import annotations

import functools
from fractions import Fraction as F  # noqa: N817 - a table of fractions reads better with one letter

Dimensions = tuple[tuple[str, int], ...]
"""Base dimensions with their powers, sorted."""
Unit = tuple[Dimensions, F]
"""What a unit measures, and its size in base units."""

_TABLE: dict[str, dict[str, F]] = {
    "m": {
        "m meter meters metre metres": F(1), "in inch inches": F(254, 10000),
        "ft foot feet": F(3048, 10000), "yd yard yards": F(9144, 10000),
        "mi mile miles": F(1609344, 1000), "ly lightyear lightyears": F(9460730472580800),
    },
    "m^2": {"ha hectare hectares": F(10**4), "acre acres": F(40468564224, 10**7)},
    "m^3": {
        "L l liter liters litre litres": F(1, 1000), "cc": F(1, 10**6),
        "gal gallon gallons": F(3785411784, 10**12), "qt quart quarts": F(946352946, 10**12),
        "pt pint pints": F(473176473, 10**12), "cup cups": F(2365882365, 10**13),
    },
    "s": {
        "s sec secs second seconds": F(1), "min mins minute minutes": F(60),
        "h hr hrs hour hours": F(3600), "day days": F(86400), "week weeks": F(604800),
    },
    "month": {"month months": F(1), "yr yrs year years": F(12), "decade decades": F(120)},
    "kg": {
        "g gram grams gramme grammes": F(1, 1000), "ton tons tonne tonnes": F(1000),
        "lb lbs": F(45359237, 10**8), "oz ounce ounces": F(28349523125, 10**12),
        "u amu": F(166053906660, 10**38),
    },
    "kg m s^-2": {"N newton newtons": F(1), "dyn dyne dynes": F(1, 10**5)},
    "kg m^2 s^-2": {
        "J joule joules": F(1), "eV": F(1602176634, 10**28), "cal calorie calories": F(4184, 1000),
        "Wh": F(3600), "erg ergs": F(1, 10**7),
    },
    "kg m^2 s^-3": {"W watt watts": F(1), "hp horsepower": F(7457, 10)},
    "kg m^-1 s^-2": {
        "Pa pascal pascals": F(1), "bar bars": F(10**5), "atm": F(101325), "torr": F(101325, 760),
        "mmHg": F(133322387415, 10**9),
    },
    "A": {"A amp amps ampere amperes": F(1)},
    "A s": {"C coulomb coulombs": F(1)},
    "A^-1 kg m^2 s^-3": {"V volt volts": F(1)},
    "A^-2 kg m^2 s^-3": {"ohm ohms Omega": F(1)},
    "A^2 kg^-1 m^-2 s^3": {"S siemens": F(1)},
    "A^2 kg^-1 m^-2 s^4": {"F farad farads": F(1)},
    "A^-1 kg s^-2": {"T tesla teslas": F(1), "G gauss": F(1, 10**4)},
    "A^-1 kg m^2 s^-2": {"Wb weber webers": F(1)},
    "A^-2 kg m^2 s^-2": {"H henry henries henrys": F(1)},
    "s^-1": {"Hz hertz": F(1), "Bq becquerel": F(1)},
    "mol": {"mol mols moles mole": F(1)},
    "m^-3 mol": {"M molar": F(1000)},
    "K": {"K kelvin kelvins": F(1)},
    "celsius": {"celsius degC": F(1)},
    "fahrenheit": {"fahrenheit degF": F(1)},
    "cd": {"cd candela": F(1), "lm lumen lumens": F(1)},
    "bit": {"bit bits": F(1), "byte bytes B": F(8)},
    "angle": {"degree degrees deg": F(1), "arcminute": F(1, 60), "arcsecond": F(1, 3600)},
    "turn": {"revolution revolutions rev revs": F(1)},
    "radian": {"rad radian radians": F(1)},
    "part": {"percent": F(1)},
    "morning": {"AM am": F(1)},
    "afternoon": {"PM pm": F(1)},
    "dollar": {"dollar dollars usd": F(1), "cent cents": F(1, 100)},
    "euro": {"euro euros eur": F(1)},
    "pound": {"pound pounds gbp": F(1)},
    "pence": {"penny pence pennies": F(1)},
    "yen": {"yen jpy": F(1)},
    "yuan": {"yuan rmb cny": F(1)},
    "rupee": {"rupee rupees rs inr": F(1)},
}  # fmt: skip

_PREFIXES = {
    "p": F(1, 10**12), "n": F(1, 10**9), "mu": F(1, 10**6), "m": F(1, 1000), "c": F(1, 100),
    "d": F(1, 10), "h": F(100), "k": F(1000), "M": F(10**6), "G": F(10**9), "T": F(10**12),
    "pico": F(1, 10**12), "nano": F(1, 10**9), "micro": F(1, 10**6), "milli": F(1, 1000),
    "centi": F(1, 100), "deci": F(1, 10), "hecto": F(100), "kilo": F(1000), "mega": F(10**6),
    "giga": F(10**9), "tera": F(10**12),
}  # fmt: skip
_PREFIXED = {
    "": "m s g L l N J W Pa V A C F H T S Wb Hz mol ohm Omega eV K Wh cal bar B bit M",
    "long": "meter meters metre metres second seconds gram grams liter liters litre litres newton "
    "newtons joule joules watt watts pascal pascals volt volts amp amps ampere amperes coulomb "
    "coulombs farad farads henry henries tesla hertz mole moles ohm ohms calorie calories byte "
    "bytes bit bits electronvolt",
}
_LONGEST_PREFIX = 2
"""Letters of the longest prefix that is a sign and no word."""


def _dimensions(text: str) -> Dimensions:
    """``kg m s^-2`` as powers of base dimensions."""
    powers = (part.partition("^") for part in text.split())
    return tuple(sorted((name, int(power or 1)) for name, _, power in powers))


_BASIC: dict[str, Unit] = {
    spelling: (_dimensions(dimensions), size)
    for dimensions, units in _TABLE.items()
    for spellings, size in units.items()
    for spelling in spellings.split()
}
_SPELLINGS: dict[str, Unit] = {
    **{
        prefix + name: (_BASIC[name][0], _BASIC[name][1] * scale)
        for prefix, scale in _PREFIXES.items()
        for name in _PREFIXED["" if len(prefix) <= _LONGEST_PREFIX else "long"].split()
        if name in _BASIC
    },
    **_BASIC,
}
COMPOUND = {"mph": "mile / hour", "kph": "km / hour", "kmph": "km / hour", "rpm": "rev / min",
            "mpg": "mile / gallon"}  # fmt: skip
"""Units that are written as one word."""
_SHORT = (
    "m s g h L l N J W V A C F T K in ft yd mi hr yr lb oz AM am PM pm km cm mm dm kg mL ml kN "
)
_SHORT += "kJ kW kV Pa Hz ms"
UNITS = frozenset(
    [spelling for spelling in _SPELLINGS if len(spelling) > 2]  # noqa: PLR2004
) | frozenset((*_SHORT.split(), *COMPOUND))
"""Spellings that are units right behind a number; ``2mg`` and ``3nm`` are products of names."""

_POWERS = {"square": 2, "sq": 2, "squared": 2, "cubic": 3, "cu": 3, "cubed": 3}
_LARGEST_POWER = 99


@functools.lru_cache(maxsize=1024)
def parse_unit(text: str) -> Unit | None:
    """What a unit such as ``km / h``, ``cm^2`` or ``kg m s^-2`` measures, and its size.

    What follows ``/`` or ``per`` is all below. None when a part is no known unit: then it is a
    noun that counts something.
    """
    powers: dict[str, int] = {}
    size = F(1)
    sign, raised = 1, 1
    known: Unit | None = None
    for part in COMPOUND.get(text, text).replace("/", " / ").split():
        if part in ("/", "per"):
            sign = -1
            continue
        if part in _POWERS and not part.endswith("ed"):
            raised = _POWERS[part]
            continue
        if part in _POWERS and known is not None:  # meters squared
            exponent = sign * (_POWERS[part] - 1)
        else:
            name, _, power = part.partition("^")
            known = unit_named(name)
            if known is None or not (power or "1").removeprefix("-").isdigit():
                return None
            exponent = sign * raised * int(power or 1)
        raised = 1
        if abs(exponent) > _LARGEST_POWER:
            return None
        for dimension, count in known[0]:
            powers[dimension] = powers.get(dimension, 0) + exponent * count
        size *= known[1] ** exponent
    if known is None:
        return None
    return tuple(sorted(item for item in powers.items() if item[1])), size


def unit_named(name: str) -> Unit | None:
    """A unit by its spelling; words may begin with a capital."""
    return _SPELLINGS.get(name) or (_SPELLINGS.get(name.lower()) if len(name) > 2 else None)  # noqa: PLR2004
