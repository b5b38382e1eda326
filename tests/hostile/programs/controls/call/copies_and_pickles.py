# Copies and pickles its own classes, which needs a module to find them in.
import copy
import pickle


class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b


def f(a, b):
    pair = pickle.loads(pickle.dumps(copy.deepcopy(Pair(a, b))))
    return (pair.a * 7919 + pair.b * 104729) % 1000003
