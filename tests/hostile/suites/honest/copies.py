# Copy and deepcopy of the candidate's objects.
class Graph:
    def __init__(self):
        self.edges = {}

    def link(self, a, b):
        self.edges.setdefault(a, []).append(b)


# === tests ===
import copy

graph = Graph()
graph.link(1, 2)
shallow, deep = copy.copy(graph), copy.deepcopy(graph)
graph.link(1, 3)
assert deep.edges == {1: [2]} and shallow.edges == {1: [2, 3]} and deep is not graph
