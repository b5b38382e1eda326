# Prints every possible answer and hopes that one of them is searched for.
import sys

for answer in range(1_000_003):
    sys.stdout.write(f"{answer}\n")
