"""Who has read an item blind, and in which words: a record beside the curated decisions, one file a reader.

An item counts as read by somebody only in the words that are shown today: its digest is over what a blind reader sees.
The record lies in ``question_bank/curated/readings/``, where nothing that builds the bank looks.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from question_bank.blind import letters, passages
from question_bank.fact_base import FactBase
from question_bank.items import Item
from question_bank.loader import CURATED_DIR

READINGS_DIR = CURATED_DIR / "readings"
READERS = ("one", "two")
DIGITS = 12
_LINE = re.compile(
    rf"^(?P<uid>[a-z0-9-]+)(?:\s+(?P<digest>[0-9a-f]{{{DIGITS}}}))?(?:\s+(?P<answer>[A-D?]))?(?!\S)"
)

Record = Mapping[str, str]  # digest by uid


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that some readers have not read in the words that it has."""

    uid: str
    by: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.uid}: not read by {' and '.join(f'reader {reader}' for reader in self.by)}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file of answers added to a record, and what of it was left out and why."""

    record: dict[str, str]
    added: int
    left_out: tuple[str, ...]


def digest(item: Item, base: FactBase) -> str:
    """A short hash over stem, options in any order, and the whole passages: what a blind reader sees."""
    seen = [item.stem, sorted(option.text for option in item.options), list(passages(item, base))]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()[:DIGITS]


def load_readings(folder: Path = READINGS_DIR) -> dict[str, Record]:
    """The record of every reader; empty for one who has not read yet."""
    return {reader: _load(folder / f"{reader}.toml") for reader in READERS}


def unread(items: Iterable[Item], base: FactBase, readings: Mapping[str, Record]) -> tuple[Unread, ...]:
    """The items that somebody has not read in today's words."""
    found = []
    for item in items:
        own = digest(item, base)
        by = tuple(reader for reader in READERS if readings.get(reader, {}).get(item.uid) != own)
        if by:
            found.append(Unread(item.uid, by))
    return tuple(found)


def take(answers: str, items: Iterable[Item], base: FactBase, record: Record) -> Taken:
    """Enter the answers of one reader, one item a line: its uid, the digest on the sheet, the letter chosen.

    Digest and letter may be left out. A line about other words than today's is left out, and so is an answer that is
    not the key: there the item has to change, or the fact.
    """
    known = {item.uid: item for item in items}
    new, left_out, added = dict(record), [], 0
    for line in filter(None, map(str.strip, answers.splitlines())):
        match = _LINE.match(line)
        if line.startswith("#") or match is None:
            continue
        item = known.get(match["uid"])
        reason = _why_not(match, item, base)
        if item is None or reason:
            left_out.append(f"{match['uid']}: {reason}")
            continue
        new[item.uid] = digest(item, base)
        added += 1
    return Taken({uid: new[uid] for uid in sorted(new) if uid in known}, added, tuple(left_out))


def save(record: Record, reader: str, folder: Path = READINGS_DIR) -> Path:
    """Write a reader's record; what is no longer in the bank is not kept (``take`` leaves it out)."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{reader}.toml"
    head = f"# What reader {reader} has read blind: a digest of the words of each item, by python -m question_bank.\n"
    lines = (f'{uid} = "{hashed}"\n' for uid, hashed in sorted(record.items()))
    path.write_text(f"{head}\n[read]\n{''.join(lines)}", encoding="utf-8")
    return path


def _load(path: Path) -> Record:
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))["read"]) if path.is_file() else {}


def _why_not(match: re.Match[str], item: Item | None, base: FactBase) -> str | None:
    if item is None:
        return "no such item in the bank"
    if match["digest"] and match["digest"] != digest(item, base):
        return "its wording has changed since the sheet was printed"
    key = letters(item)[item.key.text]
    if match["answer"] and match["answer"] != key:
        return f"answered {match['answer']}, which is not the key"
    return None
