# Plain data and what functions do to it.
LIMIT = 3
TABLE = {"a": [1, 2]}
count = 0


def area():
    global count
    count += 1
    return count


# === tests ===
import solution

assert LIMIT == 3 and TABLE == {"a": [1, 2]} and solution.LIMIT == 3
assert area() == 1 and area() == 2
assert solution.count == 2
