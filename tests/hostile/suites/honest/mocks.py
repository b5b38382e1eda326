# Mocks and fakes of the test are called and asked.
class Service:
    def __init__(self, store, clock=None):
        self.store, self.clock = store, clock

    def rename(self, key, name):
        user = self.store.get(key)
        if user is None:
            raise LookupError(key)
        self.store.save(key, name, at=self.clock())
        return user


# === tests ===
from unittest.mock import Mock

store = Mock()
store.get.return_value = "Ann"
clock = Mock(return_value=5)
assert Service(store, clock).rename(1, "Bob") == "Ann"
store.get.assert_called_once_with(1)
store.save.assert_called_once_with(1, "Bob", at=5)


class Fake:
    def __init__(self):
        self.saved = {}

    def get(self, key):
        return self.saved.get(key)

    def save(self, key, name, at):
        self.saved[key] = name, at


fake = Fake()
try:
    Service(fake).rename(1, "x")
except LookupError:
    fake.save(1, "Ann", 0)
assert Service(fake, lambda: 9).rename(1, "Eve") == ("Ann", 0) and fake.saved == {1: ("Eve", 9)}
