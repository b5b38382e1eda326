# A set of ints of one hash: whoever rebuilds it outside takes quadratic time.
def f(a, b):
    modulus = (1 << 61) - 1
    return {modulus * number for number in range(3_000)}
