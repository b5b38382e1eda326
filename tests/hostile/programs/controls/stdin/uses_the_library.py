# A tour of the standard library.
import bisect
import collections
import dataclasses
import decimal
import fractions
import functools
import heapq
import itertools
import json
import math
import operator
import random
import re
import statistics
import string
import typing


@dataclasses.dataclass(order=True)
class Term:
    factor: int
    value: int

    @functools.cached_property
    def product(self):
        return self.factor * self.value


numbers = [int(word) for word in re.findall(r"\d+", input())]
terms = [Term(factor, value) for factor, value in zip((7919, 104729), numbers)]
heapq.heapify(terms)
random.seed(0)
print(json.loads(json.dumps(functools.reduce(operator.add, (term.product for term in terms)))) % 1000003)
