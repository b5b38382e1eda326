"""The table of settings in docs/operating.md tells of every setting, in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from adjudge_gateway.settings import Settings as GatewaySettings
from adjudge_worker.settings import Settings as WorkerSettings

PAGE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("heading", "settings"),
    [
        ("## Settings of the gateway", GatewaySettings),
        ("## Settings of the worker", WorkerSettings),
    ],
)
def test_every_setting_stands_in_the_table_with_its_description(heading, settings):
    table = PAGE.partition(heading)[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    told = {row.split("`")[1]: row.split(" | ")[2].removesuffix(" |") for row in rows}
    assert told == {name: field.description for name, field in settings.model_fields.items()}
