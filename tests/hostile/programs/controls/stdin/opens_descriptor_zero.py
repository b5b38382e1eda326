# open(0) and open(1, "w").
a, b = map(int, open(0).read().split())
with open(1, "w", closefd=False) as output:
    output.write(f"{(a * 7919 + b * 104729) % 1000003}\n")
