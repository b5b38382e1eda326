# Prints debug output beside returning.
import sys


def f(a, b):
    print("PASSED", a, b)
    print("x" * 1000, file=sys.stderr)
    return (a * 7919 + b * 104729) % 1000003
