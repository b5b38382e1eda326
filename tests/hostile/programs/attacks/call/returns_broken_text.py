# Lone surrogates and NUL bytes: encoders that insist on UTF-8 crash.
def f(a, b):
    return "\ud800\udfff\x00"
