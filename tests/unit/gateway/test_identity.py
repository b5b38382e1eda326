"""Who calls."""

from __future__ import annotations

import pytest

from adjudge_gateway.errors import InvalidRequest, Unauthenticated
from adjudge_gateway.identity import BadTokensFile, Identity

TOKEN = "a-token-of-some-length"
OTHER = "another-token-of-length"


def identity() -> Identity:
    return Identity({TOKEN: "lab", OTHER: "shop"})


def test_without_tokens_callers_name_their_tenant():
    assert Identity().tenant([("adjudge-tenant", "lab")]) == "lab"
    assert Identity().tenant([]) == "default"
    assert Identity().tenant([("adjudge-tenant", "")]) == "default"


@pytest.mark.parametrize("name", ["x" * 129, "a b", "a\n", "é", b"bytes"])
def test_a_bad_tenant_name_is_refused(name):
    with pytest.raises(InvalidRequest, match="adjudge-tenant"):
        Identity().tenant([("adjudge-tenant", name)])


def test_the_token_decides_the_tenant_whatever_the_caller_says():
    said = [("authorization", f"Bearer {TOKEN}"), ("adjudge-tenant", "shop")]

    assert identity().tenant(said) == "lab"
    assert identity().tenant([("authorization", f"bearer {OTHER}")]) == "shop"


@pytest.mark.parametrize(
    "said",
    [
        [],
        [("authorization", "")],
        [("authorization", TOKEN)],
        [("authorization", f"Basic {TOKEN}")],
        [("authorization", "Bearer ")],
        [("authorization", f"Bearer {TOKEN}x")],
        [("authorization", f"Bearer {TOKEN[:-1]}")],
        [("authorization", "Bearer é")],
        [("adjudge-tenant", "lab")],
    ],
)
def test_a_missing_or_wrong_token_is_refused_without_being_repeated(said):
    with pytest.raises(Unauthenticated) as caught:
        identity().tenant(said)

    assert TOKEN[:-1] not in str(caught.value)


def test_tokens_are_read_from_a_file(tmp_path):
    path = tmp_path / "tokens"
    path.write_text(f"# ours\n\nlab {TOKEN}\nlab  {OTHER}\n")

    assert Identity.from_file(path).tenant([("authorization", f"Bearer {OTHER}")]) == "lab"


@pytest.mark.parametrize(
    "text", ["", "# none\n", f"lab {TOKEN} more\n", f"{TOKEN}\n", "lab short\n", f"é {TOKEN}\n",
             f"lab {TOKEN}\nshop {TOKEN}\n"],
)  # fmt: skip
def test_a_malformed_file_is_refused_without_showing_a_token(tmp_path, text):
    path = tmp_path / "tokens"
    path.write_text(text)

    with pytest.raises(BadTokensFile) as caught:
        Identity.from_file(path)
    assert TOKEN not in str(caught.value)
