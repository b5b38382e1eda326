# A list that holds itself goes there and back.
def area(items):
    items.append(items)
    return items


# === tests ===
items = [1]
assert area(items) is items and items[1] is items
