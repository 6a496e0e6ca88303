"""The secret key that signs cookies: made once, on first start, and readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_BYTES = 32


def read_or_make_secret(path: Path) -> str:
    """The key at ``path``; where there is none, a new one that is on disk before it is used."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)
    return _read(path)


def _read(path: Path) -> str:
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
