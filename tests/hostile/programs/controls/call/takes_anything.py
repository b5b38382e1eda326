# Star arguments and defaults.
def f(*arguments, modulus=1000003, **others):
    a, b = arguments
    return (a * 7919 + b * 104729) % modulus
