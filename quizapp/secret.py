"""The secret key that signs cookies: made once, on first start, and readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import tempfile
from pathlib import Path

_BYTES = 32


def read_or_make_secret(path: Path) -> str:
    """The key at ``path``; where there is none, a new one that is on disk before it is used."""
    if not path.exists():
        _make(path)
    return _read(path)


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


def _read(path: Path) -> str:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise RuntimeError(f"others can read the secret key in {path}; take their rights away (chmod 600)")
    key = path.read_text(encoding="ascii").strip()
    if len(key) < _BYTES:
        raise RuntimeError(f"the secret key in {path} is too short; remove the file to have a new one made")
    return key


def _sync_folder(folder: Path) -> None:
    """Without this a power cut may leave the new file without its name."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
