"""Units of measure: what they measure and how large they are."""

from __future__ import annotations

import functools
from fractions import Fraction as F  # noqa: N817 - a table of fractions reads better with one letter

_TABLE: dict[str, dict[str, F]] = {
    "length": {
        "m meter meters metre metres": F(1),
        "km kilometer kilometers kilometre kilometres": F(1000),
        "cm centimeter centimeters centimetre centimetres": F(1, 100), "dm": F(1, 10),
        "mm millimeter millimeters": F(1, 1000), "in inch inches": F(254, 10000),
        "ft foot feet": F(3048, 10000), "yd yard yards": F(9144, 10000),
        "mi mile miles": F(1609344, 1000),
    },
    "time": {
        "s sec secs second seconds": F(1), "min mins minute minutes": F(60),
        "h hr hrs hour hours": F(3600), "day days": F(86400), "week weeks": F(604800),
        "ms millisecond milliseconds": F(1, 1000),
    },
    "long time": {"month months": F(1), "yr yrs year years": F(12)},
    "mass": {
        "kg kilogram kilograms": F(1), "g gram grams": F(1, 1000),
        "mg milligram milligrams": F(1, 10**6),
        "ton tons tonne tonnes": F(1000),
    },
    "weight": {"lb lbs pounds-weight": F(1), "oz ounce ounces": F(1, 16)},
    "volume": {"L l liter liters litre litres": F(1), "mL ml milliliter milliliters": F(1, 1000)},
    "angle": {"degree degrees deg": F(1)},
    "plane angle": {"rad radian radians": F(1)},
    "part": {"percent": F(1)},
    "morning": {"AM am": F(1)},
    "afternoon": {"PM pm": F(1)},
    "dollar": {"dollar dollars usd": F(1), "cent cents": F(1, 100)},
    "euro": {"euro euros eur": F(1)},
    "pound": {"pound pounds gbp": F(1)},
    "yen": {"yen jpy": F(1)},
    "yuan": {"yuan rmb cny": F(1)},
    "rupee": {"rupee rupees rs": F(1)},
    "force": {"N newton newtons": F(1), "kN": F(1000)},
    "energy": {"J joule joules": F(1), "kJ": F(1000)},
    "power": {"W watt watts": F(1), "kW": F(1000)},
    "pressure": {"Pa": F(1), "kPa": F(1000)},
    "current": {"A amp amps ampere amperes": F(1)},
    "voltage": {"V volt volts": F(1)},
    "resistance": {"ohm ohms Omega": F(1)},
    "frequency": {"Hz hertz": F(1), "kHz": F(1000)},
    "amount": {"mol moles mole": F(1)},
    "temperature": {"K kelvin kelvins": F(1)},
}  # fmt: skip

UNITS: dict[str, tuple[str, F]] = {
    spelling: (dimension, factor)
    for dimension, units in _TABLE.items()
    for spellings, factor in units.items()
    for spelling in spellings.split()
}
"""Spelling of a unit: what it measures and its size in that dimension's first unit."""


_COMPOUND = {"mph": "mile / hour", "kph": "km / hour", "kmph": "km / hour"}


@functools.lru_cache(maxsize=1024)
def parse_unit(text: str) -> tuple[tuple[tuple[str, int], ...], F] | None:
    """The dimensions (sorted, with powers) and size of a unit such as ``km/h`` or ``cm^2``.

    None when a part of it is no known unit: then it is a noun that counts something.
    """
    powers: dict[str, int] = {}
    size = F(1)
    sign = 1
    for part in _COMPOUND.get(text, text).replace("/", " / ").split():
        if part in ("/", "per"):
            sign = -1
            continue
        if part in ("square", "cubic", "sq", "cu"):
            return parse_unit(_spelled_power(text))
        name, _, power = part.partition("^")
        known = UNITS.get(name) or UNITS.get(name.lower() if len(name) > 2 else "")  # noqa: PLR2004
        if known is None or (power and (not power.isdigit() or len(power) > 1)):
            return None
        exponent = sign * int(power or 1)
        powers[known[0]] = powers.get(known[0], 0) + exponent
        size *= known[1] ** exponent
    return tuple(sorted(item for item in powers.items() if item[1])), size


def _spelled_power(text: str) -> str:
    """``square cm`` as ``cm^2``."""
    words = text.split()
    powers = {"square": "2", "sq": "2", "cubic": "3", "cu": "3"}
    out: list[str] = []
    power = ""
    for word in words:
        if word in powers:
            power = powers[word]
        else:
            out.append(f"{word}^{power}" if power else word)
            power = ""
    return " ".join(out)
