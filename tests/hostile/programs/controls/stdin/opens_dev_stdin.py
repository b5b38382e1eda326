# Opens /dev/stdin and /dev/stdout by name.
with open("/dev/stdin") as source:
    a, b = map(int, source.read().split())
with open("/dev/stdout", "w") as output:
    print((a * 7919 + b * 104729) % 1000003, file=output)
