# Lists, tuples, sets, dicts, big integers, text, bytes, floats.
def area(kind):
    return {
        "list": [1, [2, (3,)]], "tuple": (1, None), "set": {1, "a"}, "frozen": frozenset([1]),
        "dict": {"a": 1, 2: [3]}, "big": 2**200, "text": "é\ud800", "bytes": b"\x00\xff",
        "float": float("inf"), "complex": 1 - 2j, "range": range(3), "bool": True, "none": None,
        "array": bytearray(b"x"), "keys": {1: 2}.keys(), "items": {1: 2}.items(),
    }[kind]


# === tests ===
for kind, value in {
    "list": [1, [2, (3,)]], "tuple": (1, None), "set": {1, "a"}, "frozen": frozenset([1]),
    "dict": {"a": 1, 2: [3]}, "big": 2**200, "text": "é\ud800", "bytes": b"\x00\xff",
    "float": float("inf"), "complex": 1 - 2j, "range": range(3), "bool": True, "none": None,
    "array": bytearray(b"x"), "keys": {1: 2}.keys(), "items": {1: 2}.items(),
}.items():
    assert area(kind) == value, kind
    assert type(area(kind)) is type(value), kind
