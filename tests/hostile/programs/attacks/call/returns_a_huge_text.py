# A text of 200 MB.
def f(a, b):
    return "x" * 200_000_000
