"""What all tests share: the originals, databases to throw away, the application and a server.

With CI=true nothing is skipped for want of something: what is missing fails. The web is imported inside fixtures, so
that the library's tests run without it.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from question_bank.build import Build
    from tests.databases import Databases

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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked every_database run on PostgreSQL as well."""
    if metafunc.definition.get_closest_marker("every_database"):
        metafunc.parametrize("database_kind", ["sqlite", "postgresql"])


@pytest.fixture
def database_kind() -> str:
    """Where the data of a test lies."""
    return "sqlite"


@pytest.fixture(scope="session")
def sqlite() -> Iterator[Databases]:
    """SQLite files in a folder of their own."""
    from tests.databases import SqliteFiles

    with tempfile.TemporaryDirectory() as folder:
        yield SqliteFiles(Path(folder))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Databases]:
    """The server at TEST_POSTGRES_URL, or one on this machine that asks for no password."""
    from tests.databases import postgres_server

    with postgres_server() as server:
        yield server or missing("no PostgreSQL server answers")


@pytest.fixture(scope="session")
def build() -> Build:
    """The bank that ships: built once a session, since it takes seconds."""
    from question_bank.build import build_bank
    from question_bank.loader import CURATED_DIR, SEEDS_DIR

    return build_bank(SEEDS_DIR, CURATED_DIR)


@pytest.fixture(scope="session")
def seeded_sqlite(sqlite: Databases, build: Build) -> Iterator[str]:
    with seeded(sqlite, build) as url:
        yield url


@pytest.fixture(scope="session")
def seeded_postgresql(postgresql: Databases, build: Build) -> Iterator[str]:
    with seeded(postgresql, build) as url:
        yield url


@contextmanager
def seeded(databases: Databases, build: Build) -> Iterator[str]:
    """The address of a database with the bank; tests get copies."""
    from quizapp.cli import _plan_and_write
    from quizapp.migrating import bring_up_to_date

    with new_database(databases) as url, tempfile.TemporaryDirectory() as instance:
        with running_app(url, Path(instance)) as app, app.app_context():
            bring_up_to_date(app)
            _plan_and_write(build, lambda *_: None, dry_run=False)
        yield url


@contextmanager
def new_database(databases: Databases, template: str | None = None) -> Iterator[str]:
    """The address of an empty database or of a copy, dropped at the end."""
    url = databases.new(template)
    try:
        yield url
    finally:
        databases.drop(url)


@contextmanager
def running_app(database_url: str, instance: Path, **settings: Any) -> Iterator[Flask]:
    """An application whose connections are closed when it is done with."""
    from quizapp import create_app
    from quizapp.extensions import db
    from tests.compiled import COMPILED

    app = create_app(
        {
            "TESTING": True,
            "DATABASE_URL": database_url,
            "INSTANCE": str(instance),
            "SECRET_KEY": "for tests only, and as long as a real one",
            "LIMITS": False,  # tests press buttons faster than anybody
            **settings,
        }
    )
    app.jinja_env.bytecode_cache = COMPILED
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database without tables."""
    with new_database(request.getfixturevalue(database_kind)) as url:
        yield url


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a seeded database of the test's own."""
    template = request.getfixturevalue(f"seeded_{database_kind}")
    with new_database(request.getfixturevalue(database_kind), template) as url:
        yield url


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a seeded database of its own."""
    with running_app(database_url, tmp_path / "instance") as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who visits."""
    return app.test_client()


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address at which the application is served to real browsers."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
