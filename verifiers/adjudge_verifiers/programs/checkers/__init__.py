"""How an output is compared with the expected one: one checker a file, chosen by the task.

Every ``difference(expected, output, …)`` works on bytes, takes linear time and memory in proportion
to the *expected* output (the other one is the candidate's), and returns None when the output is
right, else a few words on where it first goes wrong that never show what was expected.
"""
