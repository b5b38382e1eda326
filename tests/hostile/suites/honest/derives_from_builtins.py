# Stacks that are lists, dicts with defaults.
class Stack(list):
    def push(self, item):
        self.append(item)


class Config(dict):
    def __missing__(self, key):
        return f"no {key}"


class Celsius(float):
    pass


def area():
    return Stack([1, 2])


# === tests ===
stack = Stack()
stack.push(3)
stack.push(4)
assert stack.pop() == 4 and len(stack) == 1 and stack == [3] and list(stack) == [3]
assert Config(a=1)["a"] == 1 and Config()["b"] == "no b"
assert area() == [1, 2] and Celsius(3.5) == 3.5
