"""For planted_faults: the bank that ships is built once for all runs, since no fault is planted in what builds it."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

from question_bank import build
from question_bank.loader import CURATED_DIR, SEEDS_DIR

_KEPT = Path(os.environ["KEPT_BANK"])
_build_bank = build.build_bank


def _kept_bank(seeds: Path, curated: Path, *, progress: build.Progress | None = None) -> build.Build:
    if (seeds, curated) != (SEEDS_DIR, CURATED_DIR):
        return _build_bank(seeds, curated, progress=progress)
    if not _KEPT.exists():
        draft = _KEPT.with_suffix(f".{os.getpid()}")
        draft.write_bytes(pickle.dumps(_build_bank(seeds, curated)))
        draft.replace(_KEPT)
    bank: build.Build = pickle.loads(_KEPT.read_bytes())  # noqa: S301 - our own, made a minute ago
    return bank


build.build_bank = _kept_bank
