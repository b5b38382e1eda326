"""What to do when the kernel or a container refuses the jail."""

from __future__ import annotations

from pathlib import Path

_SWITCHES = (
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "sysctl kernel.unprivileged_userns_clone=1",
    ),
    ("/proc/sys/user/max_user_namespaces", "0", "sysctl user.max_user_namespaces=15000"),
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        (
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0 (or an AppArmor profile that "
            "allows userns for nsjail)"
        ),
    ),
)


def remedy(words: str) -> str:
    """One sentence for the operator, from the system's switches and nsjail's last words."""
    if "Traceback (most recent call last)" in words:
        return "our own program failed in there; this is a bug of adjudge or of a plugin."
    for path, bad, command in _SWITCHES:
        switch = Path(path)
        if switch.exists() and switch.read_text(encoding="ascii").strip() == bad:
            return f"user namespaces are switched off ({path} is {bad}); as root run: {command}."
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return (
            "the container forbids what a jail needs. Start it as deploy/ does: a seccomp profile "
            "that allows clone, clone3, unshare, setns, mount, umount2 and pivot_root, and "
            "systempaths=unconfined; or run the worker outside a container."
        )
    if "Permission denied" in words:
        return (
            "the jail's user could not read a file it needs. Make interpreter and packages "
            "readable for everyone (chmod -R o+rX), or run the worker as an ordinary user."
        )
    return "run `adjudge doctor` and see docs/operating.md."
