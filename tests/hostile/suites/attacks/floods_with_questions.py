# Asks the callback without end.
def area(function):
    while True:
        function(1)


# === tests ===
assert area(lambda x: x) == 9
