# The answer comes from an exit hook.
import atexit

a, b = map(int, input().split())
atexit.register(lambda: print((a * 7919 + b * 104729) % 1000003))
