"""Databases to throw away: SQLite files and PostgreSQL databases, each a copy of one that was seeded once."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL

Fill = Callable[[str], None]

# TEST_POSTGRES_URL, or a server on this machine that asks for no password.
LOCAL_SERVERS = (
    "postgresql://postgres@127.0.0.1/postgres",
    "postgresql://root@127.0.0.1/postgres",
    "postgresql:///postgres?user=postgres",
    "postgresql:///postgres",
)


class SqliteFiles:
    """Hands out files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new(self, template: str | None = None) -> str:
        """The address of a database that does not exist yet, or of a copy."""
        path = self._folder / f"{uuid.uuid4().hex}.db"
        if template:
            shutil.copyfile(template.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """Remove the file, and what SQLite keeps beside it."""
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


class PostgresServer:
    """Hands out databases of a server, and remembers them until they are dropped."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def new(self, template: str | None = None) -> str:
        """The address of an empty database, or of a copy."""
        name = f"quizapp_test_{os.getpid()}_{uuid.uuid4().hex[:8]}"
        original = template.partition("?")[0].rpartition("/")[2] if template else "template0"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, original)
        return self._url(name)

    def drop(self, url: str) -> None:
        """Drop the database, whoever is still connected."""
        self._run("DROP DATABASE {} WITH (FORCE)", url.partition("?")[0].rpartition("/")[2])

    def _run(self, command: str, *names: str) -> None:
        self._connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

    def _url(self, name: str) -> str:
        info = self._connection.info
        # A socket's folder is no host name: it goes into the query.
        in_folder = info.host.startswith("/")
        return URL.create(
            "postgresql",
            username=info.user,
            password=info.password or None,
            host=None if in_folder else info.host,
            port=info.port,
            database=name,
            query={"host": info.host} if in_folder else {},
        ).render_as_string(hide_password=False)


Databases = SqliteFiles | PostgresServer


@contextmanager
def postgres_server() -> Iterator[PostgresServer | None]:
    """The first server that answers, if any does."""
    named = os.environ.get("TEST_POSTGRES_URL")
    for url in [named] if named else LOCAL_SERVERS:
        try:
            connection = psycopg.connect(**conninfo_to_dict(url, connect_timeout=3), autocommit=True)
        except psycopg.OperationalError:
            continue
        with connection:
            yield PostgresServer(connection)
        return
    yield None
