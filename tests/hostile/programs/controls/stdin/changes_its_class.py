# A metaclass, a descriptor, __slots__, __getattr__, a context manager, global state, del.
import contextlib


class Registry(type):
    known = {}

    def __new__(cls, name, bases, namespace, **options):
        made = super().__new__(cls, name, bases, namespace)
        cls.known[name] = made
        return made


class Factor:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, thing, owner=None):
        return getattr(thing, self.name)

    def __set__(self, thing, value):
        setattr(thing, self.name, value * {"_a": 7919, "_b": 104729}[self.name])


class Pair(metaclass=Registry, registered=True):
    a, b = Factor(), Factor()

    def __getattr__(self, name):
        return (self.a + self.b) % 1000003


@contextlib.contextmanager
def pair():
    global made
    made = Registry.known["Pair"]()
    yield made
    del made


with pair() as one:
    one.a, one.b = map(int, input().split())
    print(one.anything)
