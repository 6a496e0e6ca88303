"""Originals: the articles as published, shown beside our text for whoever holds them; never part of the project."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.originals import paragraphs, sha256
from quizapp.models.bank import PassageRow

FOLDER = "originals"  # in the instance folder


class OriginalsRefusedError(Exception):
    """Files differ from what the passages restate; nothing was attached."""

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = complaints
        super().__init__("\n".join(complaints))


def attach_originals(session: Session, folder: Path, instance: Path) -> int:
    """Check every paragraph of every document against its hash, then keep copies; answers how many paragraphs.

    Raises OriginalsRefusedError that names each missing file and each paragraph that differs.
    """
    hashes = _hashes(session)
    complaints: list[str] = []
    kept: dict[str, bytes] = {}
    for document, expected in hashes.items():
        path = folder / document
        if not path.is_file():
            complaints.append(f"{path}: is missing")
            continue
        kept[document] = path.read_bytes()
        complaints += [f"{path}: {complaint}" for complaint in _differences(kept[document], expected)]
    if complaints:
        raise OriginalsRefusedError(complaints)
    target = instance / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for document, data in kept.items():
        _replace(target / document, data)
    return sum(len(expected) for expected in hashes.values())


def read_originals(instance: Path, document: str, expected: dict[int, str]) -> dict[int, str]:
    """The attached original paragraphs of a document by number; only those that still have the passage's hash."""
    path = instance / FOLDER / Path(document).name
    if not path.is_file():
        return {}
    found = enumerate(paragraphs(path.read_text(encoding="utf-8", errors="replace")), start=1)
    return {n: text for n, text in found if expected.get(n) == sha256(text)}


def _hashes(session: Session) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for row in session.execute(select(PassageRow.document_id, PassageRow.n, PassageRow.sha256)):
        found.setdefault(row.document_id, {})[row.n] = row.sha256
    return found


def _differences(data: bytes, expected: dict[int, str]) -> list[str]:
    try:
        texts = paragraphs(data.decode("utf-8"))
    except UnicodeDecodeError:
        return ["is not UTF-8"]
    complaints = []
    if len(texts) != len(expected):
        complaints.append(f"has {len(texts)} paragraphs, not {len(expected)}")
    for n, text in enumerate(texts, start=1):
        if n in expected and sha256(text) != expected[n]:
            complaints.append(f"paragraph {n} differs from the one that was restated")
    return complaints


def _replace(path: Path, data: bytes) -> None:
    """The whole file or the old one."""
    draft = path.with_suffix(".new")
    draft.write_bytes(data)
    draft.replace(path)
