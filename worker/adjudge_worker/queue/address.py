"""Where Redis is and who asks: one URL from what the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path


def redis_address(url: str, user: str | None, password_file: Path | None) -> str:
    """``url`` with the user and the password of the file in it, where they are given.

    Whatever user ``url`` itself names is then replaced. Raises OSError for an unreadable file.
    """
    if user is None and password_file is None:
        return url
    password = password_file.read_text("utf-8").strip() if password_file else ""
    who = f"{quote(user or '', safe='')}:{quote(password, safe='')}"
    scheme, _, rest = url.partition("://")
    place = urlsplit(url).netloc.rpartition("@")[2]
    return f"{scheme}://{who}@{place}{rest.removeprefix(urlsplit(url).netloc)}"
