"""What the library's tests share: the real fact base and bank, and copies of the seeds to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from question_bank.fact_base import FactBase
from question_bank.loader import CURATED_DIR, SEEDS_DIR, load

Edit = Callable[[str, str, str], int]


@pytest.fixture(scope="session")
def base() -> FactBase:
    """The fact base that ships."""
    return load(SEEDS_DIR)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the seeds that a test may break."""
    return Path(shutil.copytree(SEEDS_DIR, tmp_path / "seeds"))


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    """A copy of the curated decisions that a test may break."""
    return Path(shutil.copytree(CURATED_DIR, tmp_path / "curated"))


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Replace one piece of a copied file; answers the line on which it stood."""

    def replace_once(name: str, old: str, new: str) -> int:
        path = next(tmp_path.rglob(name))
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace_once
