# The same as keys of a dict: whoever rebuilds it outside pays.
def f(a, b):
    modulus = (1 << 61) - 1
    return {modulus * number: 0 for number in range(3_000)}
