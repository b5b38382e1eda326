# Nodes of the candidate's and of the test's.
class Node:
    def __init__(self, value, after=None):
        self.value, self.after = value, after


def area(head):
    before = None
    while head:
        head.after, before, head = before, head, head.after
    return before


# === tests ===
class Mine:
    def __init__(self, value, after=None):
        self.value, self.after = value, after


def values(node):
    found = []
    while node is not None:
        found.append(node.value)
        node = node.after
    return found


head = Mine(1, Mine(2, Mine(3)))
turned = area(head)
assert values(turned) == [3, 2, 1] and turned.after.after is head
assert values(area(Node(1, Node(2)))) == [2, 1]
