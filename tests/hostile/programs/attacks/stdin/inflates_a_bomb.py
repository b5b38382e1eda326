# Inflates a small text into gigabytes.
import zlib

packer = zlib.compressobj(9)
small = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(256)) + packer.flush()
whole = b""
while True:
    whole += zlib.decompress(small)
