"""The fact base while the app runs: read from the seeds once a process, and again when they have changed."""

from __future__ import annotations

from functools import lru_cache

from question_bank.fact_base import FactBase
from question_bank.loader import SEEDS_DIR, load


def get_fact_base() -> FactBase:
    """What the seeds say now; SeedFaultsError while somebody is half-way through editing them."""
    return _load(_stamp())


def _stamp() -> tuple[object, ...]:
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted(SEEDS_DIR.glob("*.toml")))


@lru_cache(maxsize=1)
def _load(stamp: tuple[object, ...]) -> FactBase:
    del stamp  # only tells one state of the files from another
    return load(SEEDS_DIR)
