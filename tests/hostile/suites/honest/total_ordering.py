# Comparison of objects with each other, sorting, heaps.
import functools


@functools.total_ordering
class Card:
    def __init__(self, rank):
        self.rank = rank

    def __eq__(self, other):
        if not isinstance(other, Card):
            return NotImplemented
        return self.rank == other.rank

    def __lt__(self, other):
        return self.rank < other.rank

    def __hash__(self):
        return hash(self.rank)


# === tests ===
import heapq

assert Card(1) < Card(2) <= Card(2) and Card(3) >= Card(2) and Card(1) != 1 and Card(1) == Card(1)
assert [card.rank for card in sorted([Card(3), Card(1)])] == [1, 3] and max(Card(1), Card(9)).rank == 9
heap = [Card(5), Card(2)]
heapq.heapify(heap)
assert heapq.heappop(heap).rank == 2 and len({Card(1), Card(1)}) == 1
