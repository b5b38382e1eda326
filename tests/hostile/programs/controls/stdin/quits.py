# quit() after the answer.
a, b = map(int, input().split())
print((a * 7919 + b * 104729) % 1000003)
quit()
