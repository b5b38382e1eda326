# True tuples with names and methods.
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y")


class Size(NamedTuple):
    width: int
    height: int = 2

    def area(self):
        return self.width * self.height


def area():
    return Point(1, 2)


# === tests ===
point = area()
assert point == (1, 2) == Point(1, 2) and point.x == 1 and isinstance(point, Point)
assert isinstance(point, tuple) and point._asdict() == {"x": 1, "y": 2} and point._fields == ("x", "y")
assert point._replace(x=5) == (5, 2) and repr(point) == "Point(x=1, y=2)" and hash(point) == hash((1, 2))
assert Size(3).area() == 6 and Size(width=1) == (1, 2)
x, y = point
assert [x, y] == [1, 2]
