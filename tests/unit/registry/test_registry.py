"""Whatever a plugin gets wrong costs that plugin alone."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from adjudge_verifiers.contract import Unavailable
from adjudge_verifiers.registry import OURS, load_registry

HERE = Path(__file__).parent


@pytest.fixture
def plugin_folder(monkeypatch):
    """The modules of plugins/ can be imported; what was imported is forgotten afterwards."""
    before = set(sys.modules)
    folder = HERE / "plugins"
    monkeypatch.syspath_prepend(folder)
    yield folder
    for name in set(sys.modules) - before:
        if name.startswith("plugin_"):
            del sys.modules[name]


@pytest.fixture
def install(plugin_folder, monkeypatch, tmp_path):
    """Put a distribution's metadata on the path, as pip does: a name and its entry points."""
    assert plugin_folder.is_dir()
    monkeypatch.syspath_prepend(tmp_path)

    def put(distribution, points, version="0.4.2"):
        folder = tmp_path / f"{distribution.replace('-', '_')}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        )
        (folder / "entry_points.txt").write_text(f"[adjudge.verifiers]\n{points}\n")
        return tmp_path

    return put


def reason_of(registry, name):
    described = {description.name: description for description in registry.describe()}
    assert not described[name].available
    with pytest.raises(Unavailable):
        registry.get(name)
    return described[name].unavailable_reason


def test_an_installed_plugin_is_found_described_and_the_same_object_each_time(install):
    install("adjudge-good", "good = plugin_parts:Good")
    registry = load_registry()
    assert "good" in registry.names()
    verifier = registry.get("good")
    assert verifier is registry.get("good")
    described = next(each for each in registry.describe() if each.name == "good")
    assert (described.available, described.unavailable_reason) == (True, "")
    assert (described.version, described.summary) == ("1.2.3", "Everything is right.")
    assert json.loads(described.parameters_schema_json)["type"] == "object"
    assert described.examples == verifier.examples


def test_ours_are_always_named_and_names_are_sorted():
    names = load_registry().names()
    assert set(OURS) <= set(names)
    assert names == sorted(names)


def test_an_unknown_name_is_answered_with_the_known_ones_and_a_guess():
    with pytest.raises(Unavailable, match=r"Did you mean 'molecules'\? Known: .*mathematics"):
        load_registry().get("molecule")
    with pytest.raises(Unavailable) as caught:
        load_registry().get("x" * 10_000)
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize(
    ("name", "target", "words"),
    [
        ("raises", "plugin_that_raises:Any", "raised ValueError: half installed"),
        ("exits", "plugin_that_exits:Any", "raised SystemExit: no GPU here"),
        (
            "missing",
            "plugin_with_missing_library:Any",
            "No module named 'no_such_library",
        ),
        ("absent", "plugin_nobody_wrote:Any", "No module named 'plugin_nobody_wrote'"),
        ("no-class", "plugin_parts:Nothing", "has no attribute 'Nothing'"),
        ("function", "plugin_parts:a_function", "expected a class, found function"),
        ("wrong-base", "plugin_parts:NotAVerifier", "must derive from Verifier"),
        ("without-judge", "plugin_parts:WithoutJudge", "does not define judge"),
        ("fails-to-be-made", "plugin_parts:FailsToBeMade", "raised RuntimeError: no licence"),
        ("attributes", "plugin_parts:WithoutAttributes", "name must be 1 to 64 characters"),
        ("attributes", "plugin_parts:WithoutAttributes", "version must be a text"),
        ("attributes", "plugin_parts:WithoutAttributes", "parameters_type must be"),
        ("attributes", "plugin_parts:WithoutAttributes", "at least one Example"),
        ("without-examples", "plugin_parts:WithoutExamples", "at least one Example"),
        ("example-is-a-tuple", "plugin_parts:ExampleIsATuple", "examples[0] must be an Example"),
        ("example-is-no-json", "plugin_parts:ExampleIsNoJson", "parameters that are no JSON"),
        ("budget-is-a-number", "plugin_parts:BudgetIsANumber", "budget must be a Budget"),
        ("requires-is-a-text", "plugin_parts:RequiresIsAText", "requires must be a sequence"),
        ("requires-a-submodule", "plugin_parts:RequiresASubmodule", "top-level module names"),
        ("blank-summary", "plugin_parts:BlankSummary", "summary must be a text"),
        ("parameters-are-none", "plugin_parts:ParametersAreNone", "must be a TaskParameters"),
        ("other-name", "plugin_parts:Good", "the class calls itself 'good'"),
        ("Bad Name", "plugin_parts:Good", "a verifier's name must be 1 to 64 characters"),
        ("n" * 65, "plugin_parts:Good", "a verifier's name must be 1 to 64 characters"),
        ("no-colon", "plugin_parts", "expected module:Class, found 'plugin_parts'"),
        ("path", "../plugin_parts:Good", "expected module:Class"),
        ("spaces", "plugin_parts : Good", "expected module:Class"),
    ],
)
def test_a_plugin_that_cannot_be_used_says_why_and_what_to_do(install, name, target, words):
    install("adjudge-bad", f"good = plugin_parts:Good\n{name} = {target}")
    registry = load_registry()
    reason = reason_of(registry, name)
    assert words in reason
    assert reason.endswith("Run: pip install --upgrade 'adjudge-bad'")
    assert registry.get("good")


def test_a_syntax_error_in_a_plugin_is_a_reason_like_any_other(install, monkeypatch):
    folder = install("adjudge-bad", "broken = plugin_broken:Broken")
    shutil.copy(HERE / "plugins/syntax_error.txt", folder / "plugin_broken.py")
    monkeypatch.syspath_prepend(folder)
    assert "raised SyntaxError" in reason_of(load_registry(), "broken")


def test_a_missing_library_is_named_with_its_extra_and_the_schema_is_still_published(install):
    install("adjudge-big", "needs-a-library = plugin_parts:NeedsALibrary")
    registry = load_registry()
    reason = reason_of(registry, "needs-a-library")
    assert reason == (
        "needs no_such_library_anywhere. Run: pip install --upgrade 'adjudge-big[heavy]'"
    )
    described = next(each for each in registry.describe() if each.name == "needs-a-library")
    assert described.parameters_schema_json
    assert described.examples


def test_without_rdkit_molecules_are_unavailable_with_the_pip_line(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "rdkit" else found(name)
    )
    reason = reason_of(load_registry(), "molecules")
    assert reason == "needs rdkit. Run: pip install --upgrade 'adjudge[chemistry]'"


@pytest.mark.parametrize(
    ("name", "target", "words"),
    [
        ("fails-to-warm", "FailsToWarm", "warm() raised OSError: no table to be found."),
        ("exits-when-warmed", "ExitsWhenWarmed", "warm() raised SystemExit: 3."),
    ],
)
def test_a_plugin_that_cannot_be_warmed_becomes_unavailable(install, name, target, words):
    install("adjudge-cold", f"{name} = plugin_parts:{target}\ngood = plugin_parts:Good")
    registry = load_registry()
    assert registry.get(name)
    failed = registry.warm()
    assert name in failed
    assert "good" not in failed
    assert reason_of(registry, name).startswith(words)
    assert registry.get("good")


def test_a_verifier_can_be_withdrawn_for_a_reason_found_elsewhere(install):
    install("adjudge-good", "good = plugin_parts:Good")
    registry = load_registry()
    registry.withdraw("good", "the nursery could not warm it")
    assert reason_of(registry, "good") == "the nursery could not warm it"


def test_nobody_takes_our_names(install):
    install("adjudge-thief", "mathematics = plugin_parts:Good")
    registry = load_registry({"programs": "plugin_parts:Good"})
    assert "taken by adjudge itself" in reason_of(registry, "mathematics:adjudge-thief")
    assert "taken by adjudge itself" in reason_of(registry, "programs:settings")
    ours = {each.name: each for each in registry.describe()}
    assert ours["mathematics"].summary != "Everything is right."


def test_two_plugins_of_one_name_are_both_refused_unless_the_settings_choose(install):
    install("adjudge-one", "good = plugin_parts:Good")
    install("adjudge-two", "good = plugin_parts:Second")
    registry = load_registry()
    assert "good" not in registry.names()
    reason = reason_of(registry, "good:adjudge-one")
    assert "(adjudge-one, adjudge-two), so none is used" in reason
    assert reason_of(registry, "good:adjudge-two") == reason
    chosen = load_registry({"good": "plugin_parts:Good"})
    assert chosen.get("good").version == "1.2.3"
    assert "taken by the worker's setting" in reason_of(chosen, "good:adjudge-two")


@pytest.mark.usefixtures("plugin_folder")
def test_a_verifier_can_be_named_in_the_settings():
    registry = load_registry({"good": "plugin_parts:Good", "typo": "plugin_parts:Godo"})
    assert registry.get("good")
    assert "Check the setting that names plugin_parts:Godo" in reason_of(registry, "typo")


def test_unreadable_metadata_costs_only_its_own_distribution(install):
    install("adjudge-good", "good = plugin_parts:Good")
    install("adjudge-torn", "this line has no equals sign")
    registry = load_registry()
    assert registry.get("good")
    assert "its entry points cannot be read" in reason_of(registry, "adjudge-torn")


def test_nothing_is_imported_until_it_is_asked_for(install):
    install("adjudge-loud", "exits = plugin_that_exits:Any")
    assert "exits" in load_registry().names()
    assert "plugin_that_exits" not in sys.modules


def test_describing_everything_imports_no_heavy_library():
    listing = subprocess.run(
        [sys.executable, str(HERE / "describe_registry.py")],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    told = json.loads(listing.stdout)
    assert set(OURS) <= set(told["verifiers"])
    assert told["heavy"] == []
