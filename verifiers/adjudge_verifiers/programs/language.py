"""The languages that programs may be written in, as tasks name them."""

from __future__ import annotations

from typing import Literal

Language = Literal["python", "c", "cpp", "cpp20", "java", "rust", "javascript", "go", "bash"]
"""``cpp`` is C++17. What each is compiled and run with: docs/languages.md."""
