# A tree of 2^40 leaves that takes a kilobyte here and terabytes when written out.
def f(a, b):
    tree = [0]
    for _ in range(40):
        tree = [tree, tree]
    return tree
