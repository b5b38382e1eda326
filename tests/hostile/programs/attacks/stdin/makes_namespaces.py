# Builds its own namespaces, where it would be root and could mount.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for flag in (0x10000000, 0x20000000, 0x00020000, 0x40000000, 0x08000000, 0x04000000):
    print(flag, libc.unshare(flag), ctypes.get_errno())
print(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), libc.umount2(b"/proc", 2), libc.chroot(b"/tmp"))
for number in (os.setuid, os.setgid):
    try:
        number(0)
        print("root")
    except OSError:
        pass
