"""A copy of the program with a fault planted in it, to see that a script or a test would find it.

The checkout itself is never touched.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("quizapp", "question_bank", "templates", "static", "seeds", "tests", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Fault:
    """In this file, these words become those."""

    name: str
    file: str
    words: str
    instead: str


def planted(folder: Path, *faults: Fault) -> Path:
    """The root of a copy with the faults in it; ValueError where the words are not there just once."""
    root = folder / "copy"
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "node_modules", ".hypothesis")
            shutil.copytree(source, root / part, ignore=ignored)
        else:
            shutil.copyfile(source, root / part)
    for fault in faults:
        file = root / fault.file
        text = file.read_text()
        if text.count(fault.words) != 1:
            raise ValueError(f"{fault.name}: the words are not just once in {fault.file}")
        file.write_text(text.replace(fault.words, fault.instead))
    return root
