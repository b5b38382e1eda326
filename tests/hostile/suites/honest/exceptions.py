# Builtin, of the candidate's own, with attributes and bases.
import json


class BankError(Exception):
    """Any."""


class Short(BankError, ValueError):
    def __init__(self, need):
        super().__init__(f"need {need}")
        self.need = need


def area(kind):
    if kind == "own":
        raise Short(5)
    if kind == "key":
        raise KeyError("k")
    if kind == "zero":
        return 1 / 0
    if kind == "json":
        json.loads("{")
    if kind == "file":
        open("/nowhere")
    if kind == "assert":
        assert False, "no"
    if kind == "stop":
        raise StopIteration(3)


# === tests ===
def raised(kind):
    try:
        area(kind)
    except Exception as error:
        return error
    raise AssertionError


error = raised("own")
assert type(error) is Short and isinstance(error, BankError) and isinstance(error, ValueError)
assert str(error) == "need 5" and error.need == 5 and error.args == ("need 5",)
try:
    area("own")
except BankError as caught:
    assert caught.need == 5
assert raised("key").args == ("k",) and type(raised("key")) is KeyError
assert type(raised("zero")) is ZeroDivisionError and "division" in str(raised("zero"))
assert isinstance(raised("json"), ValueError)
assert isinstance(raised("file"), FileNotFoundError) and raised("file").errno == 2
assert type(raised("assert")) is AssertionError and raised("stop").value == 3
made = Short(9)
assert made.need == 9 and issubclass(Short, BankError)
