# Names that a careless harness would trip over.
expected = result = value = output = None
test = passed = candidate = solution = check = 1
__file__, __doc__ = "x.py", "y"


def main():
    global expected
    a, b = map(int, input().split())
    expected = (a * 7919 + b * 104729) % 1000003
    print(expected)


main()
