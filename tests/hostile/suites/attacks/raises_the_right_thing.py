# Looks like the exception of another class.
class Other(Exception):
    __class__ = ValueError


Other.__name__ = Other.__qualname__ = "ValueError"
Other.__module__ = "builtins"


def area(x):
    raise Other("negative")


# === tests ===
try:
    area(-1)
except ValueError:
    pass
