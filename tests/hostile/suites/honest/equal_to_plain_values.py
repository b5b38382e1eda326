# Classes whose objects equal numbers, texts and lists: modulo, nearly, without regard to case.
class Modulo:
    def __init__(self, n, of):
        self.n, self.of = n % of, of

    def __eq__(self, other):
        return (other.n if isinstance(other, Modulo) else other) % self.of == self.n


class Near:
    def __init__(self, value, by=0.5):
        self.value, self.by = value, by

    def __eq__(self, other):
        return abs(self.value - other) <= self.by


class Folded:
    def __init__(self, text):
        self.text = text

    def __eq__(self, other):
        return self.text.lower() == str(other).lower()

    def __ne__(self, other):
        return not self == other


class Bag:
    def __init__(self, *items):
        self.items = items

    def __eq__(self, other):
        return sorted(self.items) == sorted(other)


class Switch:
    def __init__(self, on):
        self.on = on

    def __eq__(self, other):
        return self.on is other
# === tests ===
assert Modulo(10, 7) == 3 and Modulo(10, 7) == 17 and Modulo(4, 2) == 0
assert Modulo(10, 7) != 4 and not Modulo(10, 7) == 5
assert Near(3.1) == 3 and Near(3.1) != 4
assert Folded("Ab1") == "aB1" and Folded("x") != "y" and Folded("") == ""
assert Bag(2, 1, 2) == [1, 2, 2] and Bag() == [] and not Bag(1) == [2]
assert Switch(True) == True and Switch(False) != True and Switch(None) == None
