# Lifts the recursion limit and runs through the stack: a crash of the process.
import sys

sys.setrecursionlimit(10**9)


class Node:
    def __repr__(self):
        return repr(self.child)


node = Node()
node.child = node
repr(node)
