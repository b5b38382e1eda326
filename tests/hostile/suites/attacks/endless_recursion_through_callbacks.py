# Each side calls the other for ever.
def area(function):
    return function(area)


# === tests ===
def call(function):
    return function(call)


assert area(call) == 9
