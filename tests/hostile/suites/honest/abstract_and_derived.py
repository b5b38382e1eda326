# Test code derives from the candidate's classes.
from abc import ABC, abstractmethod


class Shape(ABC):
    def __init__(self, name):
        self.name = name

    @abstractmethod
    def area(self): ...

    def show(self):
        return f"{self.name}:{self.area()}"


class Base:
    def hello(self):
        return "base"


class Child(Base):
    def hello(self):
        return super().hello() + " child"


# === tests ===
try:
    Shape("x")
except TypeError:
    pass
else:
    raise AssertionError


class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self.side = side

    def area(self):
        return self.side**2


class Loud(Base):
    def hello(self):
        return super().hello().upper()


square = Square(3)
assert square.show() == "square:9" and square.side == 3
assert isinstance(square, Shape) and issubclass(Square, Shape) and issubclass(Child, Base)
assert Loud().hello() == "BASE" and Child().hello() == "base child" and isinstance(Child(), Base)
