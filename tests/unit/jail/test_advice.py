"""What the operator is told when there can be no jail."""

import pytest

from adjudge_worker.jail import advice


@pytest.fixture
def switches(monkeypatch, tmp_path):
    def switched(name, value):
        path = tmp_path / name
        path.write_text(f"{value}\n")
        monkeypatch.setattr(advice, "_SWITCHES", ((str(path), "0", f"sysctl {name}=1"),))

    return switched


def test_a_switch_that_is_off_is_named_with_the_command(switches):
    switches("kernel.unprivileged_userns_clone", 0)
    assert "sysctl kernel.unprivileged_userns_clone=1" in advice.remedy("")


def test_a_switch_that_is_on_is_not_blamed(switches):
    switches("kernel.unprivileged_userns_clone", 1)
    assert "sysctl" not in advice.remedy("")


def test_a_fault_of_our_own_is_not_put_on_the_kernel(switches):
    switches("kernel.unprivileged_userns_clone", 0)
    assert "bug" in advice.remedy("Traceback (most recent call last):\n  boom")
