# Keys and texts that break lines, terminals and encoders where they are shown.
def f(a, b):
    return {"\ud800\n\x1b[2J\u202e" * 100: ["\ud800" * 1000]}
