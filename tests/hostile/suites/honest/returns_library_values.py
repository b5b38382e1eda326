# Decimals, fractions, dates, deques, counters and their kin.
import datetime
import decimal
import fractions
import pathlib
import uuid
from collections import Counter, OrderedDict, defaultdict, deque


def area():
    groups = defaultdict(list)
    groups["a"].append(1)
    return [
        decimal.Decimal("1.50"), fractions.Fraction(1, 3), datetime.date(2024, 2, 29),
        datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc),
        datetime.timedelta(days=-1, seconds=3), deque([1, 2], maxlen=2), Counter("aab"),
        OrderedDict([("b", 1), ("a", 2)]), groups, uuid.UUID(int=5), pathlib.Path("a/b"), ...,
    ]


# === tests ===
import datetime
import pathlib
import uuid
from collections import Counter, OrderedDict, deque
from decimal import Decimal
from fractions import Fraction

values = area()
assert values[0] == Decimal("1.5") and str(values[0]) == "1.50"
assert values[1] == Fraction(1, 3)
assert values[2] == datetime.date(2024, 2, 29)
assert values[3].isoformat() == "2024-01-02T03:04:05+00:00"
assert values[4] == datetime.timedelta(days=-1, seconds=3)
assert values[5] == deque([1, 2]) and values[5].maxlen == 2
assert values[6].most_common(1) == [("a", 2)] and isinstance(values[6], Counter)
assert values[7] == OrderedDict([("b", 1), ("a", 2)])
assert values[8] == {"a": [1]} and values[8]["new"] == []
assert values[9] == uuid.UUID(int=5) and values[10] == pathlib.Path("a/b") and values[11] is ...
