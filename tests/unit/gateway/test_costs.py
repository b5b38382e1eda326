"""What items cost."""

from __future__ import annotations

import pytest

from adjudge_gateway.costs import NAMES_LIMIT, CostModel


def test_the_first_chunk_replaces_the_assumption():
    costs = CostModel(0.01)
    costs.learn("fast", items=10, wall_seconds=0.001)

    assert costs.item_seconds("fast") == pytest.approx(0.0001)
    assert costs.item_seconds("unseen") == 0.01


def test_the_average_moves_towards_what_comes():
    costs = CostModel(0.01)
    costs.learn("v", items=1, wall_seconds=1.0)
    for _ in range(30):
        costs.learn("v", items=1, wall_seconds=0.1)

    assert costs.item_seconds("v") == pytest.approx(0.1, rel=0.01)


def test_a_cost_is_never_zero():
    costs = CostModel(0.01)
    costs.learn("v", items=5, wall_seconds=0.0)

    assert costs.item_seconds("v") > 0


def test_invented_names_do_not_fill_the_memory():
    costs = CostModel(0.01)
    for number in range(3 * NAMES_LIMIT):
        costs.learn("real", items=1, wall_seconds=0.5)
        costs.learn(f"invented-{number}", items=1, wall_seconds=1.0)

    assert len(costs._seconds) == NAMES_LIMIT
    assert costs.item_seconds("real") == 0.5
