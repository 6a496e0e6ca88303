"""The secret key that signs cookies: made once, on first start, and readable by its owner only.

Keys that were replaced may still open cookies for a while: they are kept in a file of their own.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import tempfile
from pathlib import Path

from quizapp.refusing import UnsafeSettingError

SHORTEST = 16  # bytes that a key needs, wherever it comes from

_BYTES = 32
# Words that keys in examples are made of; one made of nothing else is guessed at once.
_EXAMPLE = re.compile(
    r"(?:dev|development|change|me|this|it|please|secret|super|my|the|key|flask|app|django|insecure|default|password"
    r"|test|testing|you|will|never|guess|replace|not|so|very|[0-9]+)+"
)


def read_or_make_secret(path: Path) -> str:
    """The key at ``path``; where there is none, a new one that is on disk before it is used."""
    if not path.exists():
        _make(path)
    return _read(path)[0]


def read_old_keys(path: Path) -> list[str]:
    """Keys that were replaced, one a line, the last one first: what they signed still opens."""
    return _read(path) if path.exists() else []


def refuse_weak_key(key: str | bytes) -> None:
    """Refuse a key that can be guessed: a short one, or one that stands in examples."""
    plain = key.encode() if isinstance(key, str) else key
    if len(plain) < SHORTEST:
        raise UnsafeSettingError(
            f"SECRET_KEY is shorter than {SHORTEST} bytes; leave it out to have one made"
        )
    if is_example(plain.decode("utf-8", "replace")):
        raise UnsafeSettingError("SECRET_KEY is one that stands in examples; leave it out to have one made")


def is_example(key: str) -> bool:
    """Whether the key is made of words that stand in examples."""
    return _EXAMPLE.fullmatch(re.sub(r"[^a-z0-9]", "", key.lower())) is not None


def _make(path: Path) -> None:
    """The file gets its name only once it is whole: of several processes that start at once, one gives the key."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    _sync_folder(path.parent)


def _read(path: Path) -> list[str]:
    """The keys in a file, a line each; there is at least one, and all are good."""
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnsafeSettingError(
            f"others can read the secret key in {path}; take their rights away (chmod 600)"
        )
    keys = path.read_text(encoding="ascii", errors="replace").split()
    if not keys or any(len(key) < _BYTES or is_example(key) for key in keys):
        raise UnsafeSettingError(
            f"the secret key in {path} is too short; remove the file to have a new one made"
        )
    return keys


def _sync_folder(folder: Path) -> None:
    """Without this a power cut may leave the new file without its name."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
