# Construct, methods, attributes, properties, class and static methods.
class Account:
    """Holds money."""

    rate = 2

    def __init__(self, owner, balance=0):
        self.owner, self.balance = owner, balance

    @property
    def doubled(self):
        return self.balance * 2

    @doubled.setter
    def doubled(self, value):
        self.balance = value // 2

    @classmethod
    def empty(cls, owner):
        return cls(owner)

    @staticmethod
    def fee(amount):
        return amount // 10

    def pay(self, amount, *, note=""):
        if amount > self.balance:
            raise ValueError("Insufficient funds")
        self.balance -= amount
        return note


# === tests ===
account = Account("Ann", balance=10)
assert (account.owner, account.balance, account.doubled) == ("Ann", 10, 20)
assert account.pay(3, note="rent") == "rent" and account.balance == 7
account.balance = 50
account.doubled = 30
assert account.balance == 15
assert Account.empty("Bob").balance == 0 and Account.fee(50) == 5 and account.fee(20) == 2
assert Account.rate == 2 and account.rate == 2
assert isinstance(account, Account) and type(account) is Account and hasattr(account, "pay")
assert not hasattr(account, "steal") and "balance" in vars(account)
assert Account.__name__ == "Account" and "money" in Account.__doc__
del account.owner
assert not hasattr(account, "owner")
