"""A bank of a few questions, for tests that rebuild it again and again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import new_database, running_app, seeded
from tests.quizapp.visitors import TOPICS

if TYPE_CHECKING:
    from flask import Flask

    from question_bank.build import Build
    from tests.databases import Databases

EACH = 8  # questions of a topic


@pytest.fixture(scope="session")
def small_build(build: Build) -> Build:
    """Some questions of each topic, on all the passages and facts that ship."""
    chosen = [item for topic in TOPICS for item in [one for one in build.items if one.topic == topic][:EACH]]
    return replace(build, items=tuple(sorted(chosen, key=lambda item: item.uid)))


@pytest.fixture(scope="session")
def small_sqlite(sqlite: Databases, small_build: Build) -> Iterator[str]:
    with seeded(sqlite, small_build) as url:
        yield url


@pytest.fixture(scope="session")
def small_postgresql(postgresql: Databases, small_build: Build) -> Iterator[str]:
    with seeded(postgresql, small_build) as url:
        yield url


@pytest.fixture
def small_app(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a small bank of the test's own."""
    template = request.getfixturevalue(f"small_{database_kind}")
    databases = request.getfixturevalue(database_kind)
    with new_database(databases, template) as url, running_app(url, tmp_path / "instance") as app:
        yield app
