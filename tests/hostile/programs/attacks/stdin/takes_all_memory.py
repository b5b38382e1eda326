# Takes memory without end and touches it.
hoard = []
while True:
    hoard.append(bytearray(b"x" * (1 << 24)))
