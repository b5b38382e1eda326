# Loops for ever inside the call.
def f(a, b):
    while True:
        pass
