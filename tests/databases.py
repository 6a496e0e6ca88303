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
    """Hands out databases of a server.

    To make one and to drop one costs a server that waits for its disk about a second. So a copy that was given back
    is kept, and made anew from the rows that it keeps of its template, unless a test has changed its tables.
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._template_of: dict[str, str] = {}
        self._kept: dict[str, list[str]] = {}

    def new(self, template: str | None = None) -> str:
        """The address of an empty database, or of a copy."""
        if template is None:
            return self._url(self._create("template0"))
        original = _name_in(template)
        if original not in self._kept:
            self._kept[original] = []
            self._execute(original, _KEEP_ROWS)
        while self._kept[original]:
            name = self._kept[original].pop()
            if self._renew(name):
                return self._url(name)
            self._drop(name)
        name = self._create(original)
        self._template_of[name] = original
        return self._url(name)

    def drop(self, url: str) -> None:
        """Take a database back; a copy may be used again."""
        name = _name_in(url)
        original = self._template_of.get(name)
        if original is None:
            self._drop(name)
        else:
            self._kept[original].append(name)

    def close(self) -> None:
        """Drop what was kept."""
        for name in self._template_of:
            self._drop(name)

    def _create(self, template: str) -> str:
        name = f"quizapp_test_{os.getpid()}_{uuid.uuid4().hex[:8]}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def _drop(self, name: str) -> None:
        """Whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _renew(self, name: str) -> bool:
        """Give the tables the template's rows again; whether they are still the template's tables."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        with psycopg.connect(self._url(name)) as connection:
            if connection.execute(_SHAPE).fetchall() != connection.execute(_KEPT_SHAPE).fetchall():
                return False
            try:
                connection.execute(_RENEW)
            except psycopg.errors.InsufficientPrivilege:
                return False
        return True

    def _execute(self, name: str, statements: str) -> None:
        with psycopg.connect(self._url(name)) as connection:
            connection.execute(statements)

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


def _name_in(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


# Columns, triggers and indexes of the tables that the application uses.
_SHAPE = """
    SELECT table_name || '.' || column_name AS part FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT tgname::text || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public'
    ORDER BY 1
"""
_KEPT_SHAPE = "SELECT * FROM kept.shape ORDER BY 1"

_KEEP_ROWS = f"""
    DO $$
    DECLARE name text;
    BEGIN
        CREATE SCHEMA kept;
        CREATE TABLE kept.shape AS {_SHAPE};
        CREATE TABLE kept.sequences AS
            SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public';
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'rows_' || name, name);
        END LOOP;
    END $$
"""  # noqa: S608 - no value in it

# References are not checked while rows change places; who has no right to that gets a new copy.
_RENEW = """
    DO $$
    DECLARE name text;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('DELETE FROM public.%I', name);
            EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', name, 'rows_' || name);
        END LOOP;
        PERFORM setval('public.' || quote_ident(sequencename), coalesce(last_value, 1), last_value IS NOT NULL)
            FROM kept.sequences;
    END $$
"""


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
            server = PostgresServer(connection)
            yield server
            server.close()
        return
    yield None
