# Opens devices that a sandbox should not have.
import glob

for path in [*glob.glob("/dev/*"), "/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/fuse", "/dev/kvm"]:
    if path not in {"/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/full"}:
        try:
            with open(path, "rb", 0) as file:
                print(path, file.read(16))
        except OSError:
            continue
