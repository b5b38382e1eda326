# exec, eval and compile of its own text.
source = "(a * 7919 + b * 104729) % 1000003"
a, b = eval("map(int, input().split())")
exec("print(" + source + ")")
