"""Who calls: the tenant, from a bearer token or by their own word."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING, Final, Self

from adjudge_gateway.errors import InvalidRequest, Unauthenticated, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TENANT: Final = re.compile(r"[A-Za-z0-9_.@:/-]{1,128}")
DEFAULT_TENANT: Final = "default"
TENANT_KEY: Final = "adjudge-tenant"
TOKEN_KEY: Final = "authorization"  # noqa: S105 - the name of a header
SHORTEST_TOKEN: Final = 16


class BadTokensFile(ValueError):
    """Raised when the file with tokens is malformed; names the line, never the token."""


class Identity:
    """Finds the tenant of a call. ``tokens``: tenant by token; None when none is required."""

    def __init__(self, tokens: Mapping[str, str] | None = None) -> None:
        self._tokens = (
            None if tokens is None else [(key.encode(), who) for key, who in tokens.items()]
        )

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read lines ``tenant token``; empty lines and those that begin with # are left out.

        Raises BadTokensFile, OSError.
        """
        tokens: dict[str, str] = {}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            parts = line.split()
            if len(parts) != 2 or not TENANT.fullmatch(parts[0]):  # noqa: PLR2004 - tenant, token
                raise BadTokensFile(f"{path}, line {number}: expected `tenant token`")
            tenant, token = parts
            if len(token) < SHORTEST_TOKEN:
                raise BadTokensFile(
                    f"{path}, line {number}: a token has at least {SHORTEST_TOKEN} characters"
                )
            if tokens.setdefault(token, tenant) != tenant:
                raise BadTokensFile(f"{path}, line {number}: the token belongs to another tenant")
        if not tokens:
            raise BadTokensFile(f"{path}: expected at least one line `tenant token`")
        return cls(tokens)

    def tenant(self, metadata: Iterable[tuple[str, str | bytes]]) -> str:
        """The tenant of a call with this metadata. Raises Unauthenticated, InvalidRequest."""
        said = dict(metadata)
        if self._tokens is not None:
            return self._by_token(said.get(TOKEN_KEY))
        tenant = said.get(TENANT_KEY) or DEFAULT_TENANT
        if not isinstance(tenant, str) or not TENANT.fullmatch(tenant):
            expected = "expected 1 to 128 characters of [A-Za-z0-9_.@:/-]"
            raise InvalidRequest(
                [Violation(f"metadata[{TENANT_KEY}]", f"{expected}, got {tenant[:150]!a}")]
            )
        return tenant

    def _by_token(self, header: str | bytes | None) -> str:
        if header is None:
            raise Unauthenticated(f"expected metadata `{TOKEN_KEY}: Bearer <token>`, got none")
        text = header if isinstance(header, bytes) else header.encode("utf-8", "replace")
        scheme, _, token = text.partition(b" ")
        if scheme.lower() != b"bearer" or not token:
            raise Unauthenticated(f"expected metadata `{TOKEN_KEY}: Bearer <token>`")
        found = ""
        for known, tenant in self._tokens or ():  # all of them, so that time tells nothing
            if hmac.compare_digest(known, token.strip()):
                found = tenant
        if not found:
            raise Unauthenticated("the bearer token is not known here")
        return found
