# A value whose type's name breaks lines and terminals.
Bad = type("in\nt\x1b[2J\u202e" * 40, (int,), {})


def f(a, b):
    return Bad(547402)
