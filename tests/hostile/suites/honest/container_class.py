# Set, get, delete items; reversed.
class Shelf:
    def __init__(self):
        self.books = {}

    def __setitem__(self, key, value):
        self.books[key] = value

    def __getitem__(self, key):
        return self.books[key]

    def __delitem__(self, key):
        del self.books[key]

    def __len__(self):
        return len(self.books)

    def __reversed__(self):
        return reversed(list(self.books))


# === tests ===
shelf = Shelf()
shelf["a"] = [1]
shelf["b"] = 2
assert shelf["a"] == [1] and len(shelf) == 2 and list(reversed(shelf)) == ["b", "a"]
del shelf["a"]
try:
    shelf["a"]
except KeyError as error:
    assert error.args == ("a",)
else:
    raise AssertionError
