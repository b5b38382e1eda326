# From input() and standard input that the test has replaced.
import sys


def area():
    return int(input("first? ")) + int(input())


def rest():
    return sys.stdin.read().split()


def lines():
    return [line.strip() for line in sys.stdin]


# === tests ===
import builtins
import io
import sys
from unittest.mock import patch

with patch("builtins.input", side_effect=["3", "4"]) as asked:
    assert area() == 7
assert asked.call_args_list[0].args == ("first? ",)
with patch("sys.stdin", io.StringIO("5\n6\n")):
    assert area() == 11
sys.stdin = io.StringIO("a b\nc")
assert rest() == ["a", "b", "c"]
sys.stdin = io.StringIO("a\nb\n")
assert lines() == ["a", "b"]
