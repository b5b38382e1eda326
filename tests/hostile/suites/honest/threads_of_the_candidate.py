# A pool of the candidate's calls back.
from concurrent.futures import ThreadPoolExecutor


def area(function, items):
    with ThreadPoolExecutor(3) as pool:
        return list(pool.map(function, items))


# === tests ===
assert area(lambda x: x * 2, [1, 2, 3, 4]) == [2, 4, 6, 8]
assert area(len, ["a", "bb"]) == [1, 2]
