# Nested lists, dicts and sets keep their identity.
def area(board, seen, found):
    board[0][1] = 9
    board.append([7])
    seen.add("x")
    found.setdefault("k", []).append(board[0])
    del board[1]
    return board


# === tests ===
board = [[1, 2], [3]]
first, seen, found = board[0], {"a"}, {"old": 1}
assert area(board, seen, found) is board
assert board == [[1, 9], [7]] and board[0] is first
assert seen == {"a", "x"} and found["k"][0] is first and found["old"] == 1
