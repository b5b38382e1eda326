# Methods that return the object itself.
class Query:
    def __init__(self):
        self.parts = []

    def where(self, text):
        self.parts.append(text)
        return self

    def text(self):
        return " and ".join(self.parts)


# === tests ===
query = Query()
assert query.where("a").where("b") is query and query.text() == "a and b"
