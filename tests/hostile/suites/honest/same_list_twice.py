# One list given twice is one list.
def area(one, other):
    one.append(5)
    return one is other, other


# === tests ===
items = [1]
same, other = area(items, items)
assert same is True and other is items and items == [1, 5]
