# Answers as the callback was asked.
class Recorder:
    pass


def area(compare):
    best = 0
    for guess in range(5):
        if compare(guess):
            best = guess
    return best


# === tests ===
def compare(value):
    return None


assert area(compare) == 547402
