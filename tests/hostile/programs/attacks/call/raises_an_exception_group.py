# Nests exceptions ten thousand deep.
def f(a, b):
    error = ValueError("x")
    for _ in range(10_000):
        error = ExceptionGroup("g", [error])
    raise error
