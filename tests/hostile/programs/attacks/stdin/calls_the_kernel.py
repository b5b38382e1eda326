# Tries the system calls that sandboxes forget: bpf, io_uring, userfaultfd, keyctl, perf and more.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
numbers = {
    "ptrace": 101, "syslog": 103, "pivot_root": 155, "chroot": 161, "mount": 165, "swapon": 167,
    "reboot": 169, "sethostname": 170, "init_module": 175, "kexec_load": 246, "add_key": 248,
    "keyctl": 250, "unshare": 272, "perf_event_open": 298, "name_to_handle_at": 303,
    "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "kcmp": 312, "finit_module": 313,
    "seccomp": 317, "memfd_create": 319, "bpf": 321, "userfaultfd": 323, "io_uring_setup": 425,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "pidfd_getfd": 438, "mount_setattr": 442,
}
for name, number in numbers.items():
    buffer = ctypes.create_string_buffer(256)
    print(name, libc.syscall(number, 0, buffer, 8, 0, 0, 0), ctypes.get_errno())
