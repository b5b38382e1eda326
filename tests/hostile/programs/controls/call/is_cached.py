# A cached, partial function.
import functools


@functools.lru_cache(maxsize=None)
def g(modulus, a, b):
    return (a * 7919 + b * 104729) % modulus


f = functools.partial(g, 1000003)
