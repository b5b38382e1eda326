# Arithmetic, comparison, length, iteration, indexing, hash, bool.
class Vector:
    def __init__(self, *parts):
        self.parts = parts

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.parts, other.parts)))

    def __mul__(self, k):
        return Vector(*(a * k for a in self.parts))

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self.parts, other.parts))

    def __neg__(self):
        return self * -1

    def __abs__(self):
        return sum(a * a for a in self.parts) ** 0.5

    def __eq__(self, other):
        return self.parts == (other.parts if isinstance(other, Vector) else other)

    def __lt__(self, other):
        return self.parts < other.parts

    def __hash__(self):
        return hash(self.parts)

    def __len__(self):
        return len(self.parts)

    def __getitem__(self, key):
        return self.parts[key]

    def __iter__(self):
        return iter(self.parts)

    def __contains__(self, part):
        return part in self.parts

    def __bool__(self):
        return any(self.parts)

    def __iadd__(self, other):
        self.parts = (self + other).parts
        return self

    def __repr__(self):
        return f"Vector{self.parts}"

    def __format__(self, how):
        return format(self.parts[0], how)

    def __call__(self, x):
        return x + self.parts[0]


# === tests ===
v = Vector(3, 4)
assert v + Vector(1, 1) == Vector(4, 5) and v * 2 == Vector(6, 8) == 2 * v
assert v == (3, 4) and v * 2 == (6, 8) and v != Vector(0, 0)
assert v @ Vector(1, 2) == 11 and -v == Vector(-3, -4) and abs(v) == 5.0
assert len(v) == 2 and v[0] == 3 and v[-1:] == (4,) and list(v) == [3, 4] and 4 in v and 5 not in v
assert v and not Vector(0, 0)
assert sorted([Vector(2), Vector(1)])[0] == Vector(1) and {v: "x"}[Vector(3, 4)] == "x"
assert repr(v) == str(v) == "Vector(3, 4)" and f"{v:03d}" == "003" and v(1) == 4
w = v
v += Vector(1, 1)
assert v is w and v == Vector(4, 5)
first, second = v
assert (first, second) == (4, 5) and max(v) == 5
try:
    v + 3
except AttributeError:
    pass
else:
    raise AssertionError
