"""The real sandbox, for programs that must never run anywhere else."""

import os

import pytest


@pytest.fixture(scope="package")
def sandbox():
    from adjudge_worker.jail.errors import JailError
    from adjudge_worker.jail.jail import Jail
    from adjudge_worker.jail.sandbox import JailSandbox
    from adjudge_worker.jail.settings import JailSettings

    try:
        jail = Jail.start(JailSettings())
    except JailError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
    with jail:
        yield JailSandbox(jail.spawn_keeper)
