# Equality, order, repr, frozen, nested.
import dataclasses
from dataclasses import dataclass, field


@dataclass(order=True)
class Item:
    name: str
    tags: list = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    x: int


@dataclass
class Box:
    item: Item


def area():
    return Item("a", [1])


# === tests ===
assert area() == Item("a", [1]) and area() != Item("b") and Item("a") < Item("b")
assert repr(Item("a")) == "Item(name='a', tags=[])" and {Spot(1), Spot(1)} == {Spot(1)}
box = Box(Item("z"))
box.item.name = "y"
assert box.item.name == "y" and box == Box(Item("y"))
try:
    Spot(1).x = 2
except AttributeError:
    pass
else:
    raise AssertionError
