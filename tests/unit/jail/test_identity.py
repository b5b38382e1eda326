"""Everything in the jail runs as a user that nobody else is."""

import os

import pytest

from adjudge_worker.jail import identity
from adjudge_worker.jail.identity import choose_identity

INITIAL = "         0          0 4294967295\n"
ROOTLESS = "         0       1000          1\n         1     100000      65536\n"
ALONE = "         0       1000          1\n"


def test_an_ordinary_user_stays_who_he_is(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    monkeypatch.setattr(os, "getegid", lambda: 4321)
    chosen = choose_identity()
    assert (chosen.uid, chosen.gid, chosen.foreign) == (1234, 4321, False)


@pytest.mark.parametrize(
    ("id_map", "expected"),
    [
        (INITIAL, 100_000 + os.getpid() % 50_000),
        (ROOTLESS, 65_536),  # the last id that is mapped into this namespace
        (ALONE, None),
    ],
)
def test_root_gives_away_an_id_that_its_namespace_has(id_map, expected):
    assert identity._unused_id(id_map) == expected
