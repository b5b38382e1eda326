# A list that holds itself: encoders that recurse never come back.
def f(a, b):
    loop = []
    loop.append(loop)
    return loop
