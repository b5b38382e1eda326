# A main guard that must not run, and tests of its own.
def f(a, b):
    return (a * 7919 + b * 104729) % 1000003


assert f(0, 0) == 0

if __name__ == "__main__":
    print(f(*map(int, input().split())))
