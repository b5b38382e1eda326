"""What a worker offers: every verifier, and beside those that run programs their toolchains."""

from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.registry import load_registry
from adjudge_worker.offer import list_verifiers


def test_what_programs_are_run_with_is_offered_with_the_verifier_that_runs_them():
    sandbox = FakeSandbox(lambda *_: None, languages={"python": None, "go": "install go"})

    offered = {one.name: one for one in list_verifiers(load_registry(), "p", sandbox).verifiers}

    told = {one.language: (one.version, one.missing) for one in offered["programs"].toolchains}
    assert told["python"] == ("fake python", "")
    assert told["go"] == ("", "install go")
    assert len(told) == 9
    assert all(bool(version) != bool(missing) for version, missing in told.values())
    assert not offered["mathematics"].toolchains
