# To an output that the test has replaced.
import sys


def area(name):
    print("Hello,", name)
    print("warning", file=sys.stderr)
    sys.stdout.write("end\n")


# === tests ===
import contextlib
import io
import sys

out, err = io.StringIO(), io.StringIO()
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
    area("Ann")
assert out.getvalue() == "Hello, Ann\nend\n" and err.getvalue() == "warning\n"
kept, sys.stdout = sys.stdout, io.StringIO()
area("Bob")
text, sys.stdout = sys.stdout.getvalue(), kept
assert text == "Hello, Bob\nend\n"
