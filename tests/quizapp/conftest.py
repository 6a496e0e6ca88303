"""What the web's tests share: one seeded application for those that leave the bank alone, and visitors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import new_database, running_app
from tests.quizapp.visitors import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.databases import Databases


@pytest.fixture(scope="session")
def shared_sqlite_app(
    sqlite: Databases, seeded_sqlite: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    instance = tmp_path_factory.mktemp("instance")
    with new_database(sqlite, seeded_sqlite) as url, running_app(url, instance) as app:
        yield app


@pytest.fixture(scope="session")
def shared_postgresql_app(
    postgresql: Databases, seeded_postgresql: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    instance = tmp_path_factory.mktemp("instance")
    with new_database(postgresql, seeded_postgresql) as url, running_app(url, instance) as app:
        yield app


@pytest.fixture
def app(database_kind: str, request: pytest.FixtureRequest) -> Flask:
    """The application on a seeded database that other tests use, too: a copy for each would take the longest time.

    Whoever changes the bank takes ``own_app``.
    """
    shared: Flask = request.getfixturevalue(f"shared_{database_kind}_app")
    return shared


@pytest.fixture
def own_app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a seeded database of the test's own."""
    with running_app(database_url, tmp_path / "instance") as app:
        yield app


@pytest.fixture(params=["plain", "htmx"])
def visitor(app: Flask, request: pytest.FixtureRequest) -> Visitor:
    """Somebody who visits: once with htmx, once without."""
    return Visitor(app.test_client(), htmx=request.param == "htmx")


@pytest.fixture
def reader(app: Flask) -> Visitor:
    """Somebody who visits without JavaScript."""
    return Visitor(app.test_client())


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Somebody else."""
    return Visitor(app.test_client())


@pytest.fixture
def own_reader(own_app: Flask) -> Visitor:
    """Somebody who visits the application that is the test's own."""
    return Visitor(own_app.test_client())
