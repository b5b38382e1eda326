"""Compiled programs by content: what counts as equal, what is kept, what is thrown away."""

import dataclasses
import os
import sys

import pytest

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.jail.compile_cache import MOST_PROGRAM_BYTES, CompileCache, Failure, key

RECIPE = Recipe(
    "solution.cpp",
    compile=[[sys.executable, "-O2"]],
    relink=[[sys.executable]],
    binary="/tmp/program",
    run=["not", "compiling"],
)


@pytest.fixture
def cache(tmp_path):
    return CompileCache(tmp_path, most_bytes=1000)


def content(found):
    with os.fdopen(found, "rb") as file:
        return file.read()


def test_a_program_is_found_by_its_name_and_can_only_be_read(cache):
    cache.put_program("a", b"binary")

    found = cache.find("a")

    assert cache.find("b") is None
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.write(found, b"x")
    assert os.fstat(found).st_mode & 0o777 == 0o555
    assert content(found) == b"binary"


def test_a_failure_keeps_its_words(cache):
    cache.put_failure("a", Failure("expected ';' before '}' \udcff"))

    assert cache.find("a") == Failure("expected ';' before '}' \udcff")


def test_what_was_not_used_for_longest_goes_first(cache, tmp_path):
    for age, name in enumerate("abc"):
        cache.put_program(name, bytes(300))
        (file,) = tmp_path.glob(f"{name}.*")
        os.utime(file, (age, age))
    os.close(cache.find("a"))

    cache.put_program("d", bytes(300))

    assert {name for name in "abcd" if (tmp_path / f"{name}.program").exists()} == set("acd")
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 1000


def test_a_program_in_use_outlives_its_entry(cache):
    cache.put_program("a", b"first")
    found = cache.find("a")

    cache.put_program("b", bytes(999))

    assert cache.find("a") is None
    assert content(found) == b"first"


def test_a_huge_program_is_not_kept(tmp_path):
    cache = CompileCache(tmp_path)
    cache.put_program("a", bytes(MOST_PROGRAM_BYTES + 1))

    assert cache.find("a") is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_room_costs_no_verdict(tmp_path):
    cache = CompileCache(tmp_path / "gone")
    cache.put_program("a", b"binary")

    assert cache.find("a") is None


@pytest.mark.parametrize(
    "other",
    [
        (dataclasses.replace(RECIPE, compile=[[sys.executable, "-O3"]]), b"source", {}),
        (dataclasses.replace(RECIPE, compile=[["/bin/sh", "-O2"]]), b"source", {}),
        (dataclasses.replace(RECIPE, relink=[]), b"source", {}),
        (dataclasses.replace(RECIPE, compiler_environment={"A": "b"}), b"source", {}),
        (dataclasses.replace(RECIPE, file_name="solution.c"), b"source", {}),
        (RECIPE, b"source ", {}),
        (RECIPE, b"source", {"a.h": b""}),
        (RECIPE, b"", {"source": b""}),
        (RECIPE, b"source", {"a.h": b"b", "c.h": b"d"}),
        (RECIPE, b"source", {"a.h": b"", "bc.h": b"d"}),
    ],
)
def test_whatever_a_compiler_is_given_makes_another_key(other):
    assert key(RECIPE, b"source", {}) != key(*other)
    assert key(*other) == key(*other)


def test_how_it_is_run_makes_no_other_key():
    other = dataclasses.replace(RECIPE, run=["else"], environment={"GOMEMLIMIT": "1"})

    assert key(RECIPE, b"source", {}) == key(other, b"source", {})
