# Prints without end.
while True:
    print("0" * 4096)
