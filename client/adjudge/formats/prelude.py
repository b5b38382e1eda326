"""The imports that LeetCode's Python puts before a solution, which the data sets take for granted.

LeetCode and the graders of APPS and LiveCodeBench (its ``testing_util.py``) prepend star imports of
the standard library, so solutions say ``List[int]``, ``defaultdict`` or ``inf`` without importing
them. This list holds the names that are used so and shadows no builtin, unlike ``from math import
*`` (whose ``pow`` takes two arguments).
"""

PRELUDE = """\
import bisect, collections, copy, functools, heapq, itertools, math, operator, random, re
import string, sys
from bisect import bisect_left, bisect_right, insort, insort_left, insort_right
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from copy import deepcopy
from functools import cache, cmp_to_key, lru_cache, partial, reduce
from heapq import heapify, heappop, heappush, heappushpop, heapreplace, merge, nlargest, nsmallest
from itertools import (
    accumulate, chain, combinations, combinations_with_replacement, compress, count, cycle,
    dropwhile, groupby, islice, pairwise, permutations, product, repeat, starmap, takewhile, tee,
    zip_longest,
)
from math import (
    atan2, ceil, comb, cos, dist, e, exp, factorial, fabs, floor, fmod, gcd, hypot, inf, isclose,
    isqrt, lcm, log, log2, log10, nan, perm, pi, prod, sin, sqrt, tan, trunc,
)
from operator import add, itemgetter, mul, or_, sub, xor
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits, punctuation
from typing import (
    Any, Callable, Deque, DefaultDict, Dict, FrozenSet, Generator, Generic, Iterable, Iterator,
    List, NamedTuple, Optional, Sequence, Set, Tuple, TypeVar, Union,
)
"""
"""Stands before the candidate's code of call tests; what the candidate defines itself wins."""
