"""Fingerprints of the originals' runs of words: copied text is found without carrying the text (L28).

A salted Bloom filter over every run of seven words. It answers "certainly not" or "almost certainly", errs
once in a million runs, and gives nothing of the originals away but that answer. It is rebuilt with

    python -m question_bank.lint fingerprints DIR

where DIR holds the originals as ``*.txt``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from question_bank.text import prose_words, runs

RUN = 7
FALSE_POSITIVES = 1e-6  # a bank has some 30,000 runs: at the standard's 1e-3, thirty would be found by chance
SHIPPED = Path(__file__).with_name("fingerprints.json")

_SALT = "every answer can be proved"


@dataclass(frozen=True)
class Fingerprints:
    """A Bloom filter: ``bits`` holds those that ``hashes`` salted hashes of every known run set."""

    salt: str
    hashes: int
    bits: bytes

    def holds(self, run: tuple[str, ...]) -> bool:
        """Whether a run of ``RUN`` folded words is, almost certainly, one of the originals'."""
        return all(self.bits[bit // 8] >> bit % 8 & 1 for bit in self.positions(run))

    def positions(self, run: tuple[str, ...]) -> Iterable[int]:
        """The bits that stand for a run of words."""
        digest = hashlib.sha256(f"{self.salt}\n{' '.join(run)}".encode()).digest()
        first, second = int.from_bytes(digest[:8]), int.from_bytes(digest[8:16]) | 1
        return ((first + i * second) % (8 * len(self.bits)) for i in range(self.hashes))


def build(originals: Iterable[str], *, salt: str = _SALT, rate: float = FALSE_POSITIVES) -> Fingerprints:
    """The filter of every run in ``originals``, sized for the false-positive ``rate``."""
    known = sorted({run for text in originals for run in runs(prose_words(text), RUN)})
    size = math.ceil(-len(known) * math.log(rate) / math.log(2) ** 2 / 8) or 1
    empty = Fingerprints(salt, max(1, round(-math.log2(rate))), bytes(size))
    bits = bytearray(size)
    for run in known:
        for bit in empty.positions(run):
            bits[bit // 8] |= 1 << bit % 8
    return Fingerprints(salt, empty.hashes, bytes(bits))


def read(path: Path) -> Fingerprints:
    """The filter that ``write`` wrote."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Fingerprints(stored["salt"], stored["hashes"], base64.b64decode(stored["bits"]))


def write(fingerprints: Fingerprints, path: Path) -> None:
    """Store the filter as JSON."""
    bits = base64.b64encode(fingerprints.bits).decode()
    stored = {"run": RUN, "salt": fingerprints.salt, "hashes": fingerprints.hashes, "bits": bits}
    path.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


@lru_cache(maxsize=1)
def shipped() -> Fingerprints:
    """The filter of the two source documents that the package carries."""
    return read(SHIPPED)
