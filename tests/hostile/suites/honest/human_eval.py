# Check(candidate) as HumanEval writes it.
def area(a, b):
    return a * b


# === tests ===
METADATA = {"author": "x"}


def check(candidate):
    assert candidate(2, 3) == 6
    assert abs(candidate(0.1, 3) - 0.3) < 1e-6, "close"
    assert True, "done"


check(area)
