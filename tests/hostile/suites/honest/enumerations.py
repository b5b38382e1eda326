# Members are single, ordered by value where they are numbers.
from enum import Enum, IntEnum


class Color(Enum):
    RED = 1
    GREEN = 2

    @property
    def loud(self):
        return self.name + "!"


class Level(IntEnum):
    LOW = 1
    HIGH = 5


def area():
    return Color.RED


# === tests ===
assert area() is Color.RED and area() == Color.RED and Color.RED != Color.GREEN
assert Color.RED.name == "RED" and Color.GREEN.value == 2 and Color.RED.loud == "RED!"
assert Color(2) is Color.GREEN and Color["RED"] is Color.RED and Color.RED in Color
assert [color.name for color in Color] == ["RED", "GREEN"] and len(Color) == 2
assert Level.LOW == 1 and Level.HIGH > Level.LOW and Level.HIGH > 3 and Level.LOW.name == "LOW"
assert {Color.RED: 1}[area()] == 1 and isinstance(area(), Color)
