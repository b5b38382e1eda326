# A hundred thousand nested lists: decoders that recurse crash.
def f(a, b):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep
