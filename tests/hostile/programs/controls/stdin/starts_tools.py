# subprocess with tools of the system, their input and output, sys.executable too.
import subprocess
import sys

line = sys.stdin.readline()
sorted_words = subprocess.run(["sort", "-n"], input=line.replace(" ", "\n"), capture_output=True, text=True, check=True)
code = "import sys; a, b = map(int, sys.argv[1:]); print((a * 7919 + b * 104729) % 1000003)"
made = subprocess.run([sys.executable, "-c", code, *line.split()], stdout=subprocess.PIPE, check=True)
assert sorted_words.returncode == 0
sys.stdout.buffer.write(made.stdout)
