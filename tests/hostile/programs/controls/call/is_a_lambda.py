# A lambda.
f = lambda a, b: (a * 7919 + b * 104729) % 1000003
