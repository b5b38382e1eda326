# A bare except around everything and a finally.
try:
    try:
        a, b = map(int, input().split())
        input()
    except:
        pass
finally:
    print((a * 7919 + b * 104729) % 1000003)
