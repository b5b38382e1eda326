# The same number as a float, as == has it.
def f(a, b):
    return float((a * 7919 + b * 104729) % 1000003)
