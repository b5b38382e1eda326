"""Who is served when."""

from __future__ import annotations

import dataclasses
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from adjudge_gateway.backlog import Backlog

QUANTUM_SECONDS = 0.1


@dataclasses.dataclass(frozen=True, eq=False)
class Item:
    tenant: str
    cost_seconds: float = 0.05
    name: int = 0


COSTS = st.floats(1e-4, 3.0)


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(COSTS, min_size=1, max_size=30)))
def test_tenants_that_wait_are_served_alike(queues):
    # Given tenants with work of any cost
    backlog: Backlog[Item] = Backlog(QUANTUM_SECONDS)
    for tenant, costs in queues.items():
        for cost in costs:
            backlog.push(Item(tenant, cost))
    left = Counter({tenant: len(costs) for tenant, costs in queues.items()})
    served: Counter[str] = Counter()
    bound = 2 * (QUANTUM_SECONDS + max(map(max, queues.values()), default=0))

    # When all are served, then no two that still wait ever drift apart
    while item := backlog.pop():
        served[item.tenant] += item.cost_seconds
        left[item.tenant] -= 1
        waiting = [served[tenant] for tenant in queues if left[tenant]]
        assert not waiting or max(waiting) - min(waiting) <= bound

    assert not any(left.values())
    assert len(backlog) == 0


@given(st.lists(COSTS, max_size=40))
def test_a_lone_tenant_is_served_in_order(costs):
    backlog: Backlog[Item] = Backlog(QUANTUM_SECONDS)
    for at, cost in enumerate(costs):
        backlog.push(Item("a", cost, at))

    assert [backlog.pop().name for _ in costs] == list(range(len(costs)))
    assert backlog.pop() is None


def test_a_late_small_tenant_does_not_wait_behind_a_large_one():
    backlog: Backlog[Item] = Backlog(QUANTUM_SECONDS)
    for _ in range(950):
        backlog.push(Item("large"))
    for _ in range(10):
        backlog.push(Item("small"))

    order = [backlog.pop().tenant for _ in range(960)]

    assert max(at for at, tenant in enumerate(order) if tenant == "small") < 24


def test_what_is_removed_is_never_served():
    backlog: Backlog[Item] = Backlog(QUANTUM_SECONDS)
    items = [Item("a", name=at) for at in range(5)]
    for item in items:
        backlog.push(item)

    assert backlog.remove(items[2])
    assert not backlog.remove(items[2])
    assert not backlog.remove(Item("nobody"))

    assert [backlog.pop().name for _ in range(4)] == [0, 1, 3, 4]
    assert backlog.pop() is None


def test_an_item_of_an_hour_is_served_without_an_hour_of_rounds():
    backlog: Backlog[Item] = Backlog(1e-6)
    backlog.push(Item("a", 3_600.0))
    backlog.push(Item("b", 7_200.0))

    assert [backlog.pop().tenant, backlog.pop().tenant] == ["a", "b"]


def test_tenants_without_work_leave_nothing_behind():
    backlog: Backlog[Item] = Backlog(QUANTUM_SECONDS)
    for number in range(100):
        item = Item(f"tenant {number}")
        backlog.push(item)
        assert backlog.remove(item)

    assert backlog.pop() is None
    assert not backlog._shares
    assert not backlog._ring
