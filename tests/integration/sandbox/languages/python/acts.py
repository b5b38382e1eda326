import os
import socket
import subprocess
import sys
import threading


def spawn():
    count = 0
    try:
        while True:
            threading.Thread(target=threading.Event().wait, daemon=True).start()
            count += 1
    except RuntimeError:
        return count


def secret():
    for path in ("/etc/passwd", "/etc/shadow", "/root/.ssh", "/proc/1/environ"):
        if os.path.exists(path):
            return path
    return "refused"


def connect():
    try:
        socket.create_connection(("127.0.0.1", 80), 1)
    except OSError:
        return "refused"
    return "connected"


def deep(n):
    return n and 1 + deep(n - 1)


what, *numbers = sys.stdin.read().split()
match what:
    case "sum":
        print(sum(map(int, numbers)))
    case "exit":
        print("before")
        sys.exit(7)
    case "fail":
        raise ValueError("on purpose")
    case "loop":
        while True:
            pass
    case "memory":
        held = []
        while True:
            held.append(b"x" * (1 << 20))
    case "spawn":
        print(spawn(), flush=True)
        os._exit(0)
    case "flood":
        while True:
            print("x" * 1000)
    case "secret":
        print(secret())
    case "connect":
        print(connect())
    case "leave":
        subprocess.Popen(["sleep", "60"], start_new_session=True)
        print("left")
    case "file":
        print("found" if os.path.exists("note") else "fresh")
        open("note", "w").close()
    case "deep":
        sys.setrecursionlimit(30_000)
        print(deep(20_000))
