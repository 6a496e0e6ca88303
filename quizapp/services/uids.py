"""Names of new questions: slugs that tell what they ask, and that nobody can have given before."""

from __future__ import annotations

import re
import secrets
import unicodedata

_WORDS = 6
_LETTERS = 60


def new_suffix() -> str:
    """What makes a uid unlike any other."""
    return secrets.token_hex(4)


def slug(stem: str) -> str:
    """The stem's first words for an address."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:_WORDS])[:_LETTERS].strip("-") or "question"
