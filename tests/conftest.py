"""What all tests share: the originals, where they are at hand.

With CI=true nothing is skipped for want of something: what is missing fails.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORIGINALS = ROOT.parent / "shared" / "seeds"


def missing(what: str) -> NoReturn:
    """Skip the test for want of something; fail it where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI=true skips nothing", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def originals() -> Path:
    """The folder of the two articles, which are not part of the project."""
    if not ORIGINALS.is_dir():
        missing("the originals are not at hand in ../shared/seeds")
    return ORIGINALS
