"""What the scripts share: their options, a seeded database of either kind, and a server that can be killed as a whole.

Everything is made in folders and databases of the run's own, and listens on 127.0.0.1 only.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import create_engine, text

from question_bank.build import build_bank
from question_bank.loader import CURATED_DIR, SEEDS_DIR
from tests.conftest import new_database, seeded
from tests.databases import Databases, SqliteFiles, postgres_server
from tests.quizapp.test_serve import SECONDS_TO_START, Server, wait_until

KINDS = ("sqlite", "postgresql")
QUIET = 0.002  # seconds between two looks whether a server answers again


def command(*, rounds: int, kinds: tuple[str, ...] = KINDS) -> Callable[[Callable[..., Any]], click.Command]:
    """A script with the usual options."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        options = [
            click.option("--rounds", default=rounds, show_default=True, help="How often."),
            click.option("--seed", default=1, show_default=True, help="Of all that is random."),
        ]
        if len(kinds) > 1:
            options.append(click.option("--database", default=kinds[0], type=click.Choice(kinds)))
        for option in options:
            function = option(function)
        return click.command(help=(function.__doc__ or "").partition("\n")[0])(function)

    return decorate


def tell(name: str, figures: dict[str, object], *, failed: bool) -> None:
    """One line of figures; the process ends with 1 where something was lost."""
    told = ", ".join(f"{key} {value}" for key, value in figures.items())
    click.echo(f"{name}: {told}: {'FAILED' if failed else 'nothing lost'}")
    if failed:
        raise SystemExit(1)


def explain(server: Group, *, failed: bool) -> None:
    """Say what the server said of its first fault."""
    if failed:
        _, found, log = server.log().partition("Traceback")
        click.echo(f"{found}{log[:4000]}", err=True)


@contextmanager
def databases_of(kind: str, folder: Path) -> Iterator[Databases]:
    """Where databases of this kind come from."""
    if kind == "sqlite":
        yield SqliteFiles(folder)
        return
    with postgres_server() as server:
        if server is None:
            raise click.ClickException("no PostgreSQL server answers")
        yield server


@contextmanager
def seeded_database(kind: str) -> Iterator[tuple[Databases, str, Path]]:
    """Databases of this kind, the address of a seeded one, and a folder of the run's own."""
    with (
        tempfile.TemporaryDirectory(prefix="reliability-") as name,
        databases_of(kind, Path(name)) as databases,
        seeded(databases, build_bank(SEEDS_DIR, CURATED_DIR)) as url,
    ):
        yield databases, url, Path(name)


@contextmanager
def started(url: str, instance: Path, root: Path | None = None) -> Iterator[Group]:
    """A server that is gone at the end, whatever happens."""
    instance.parent.mkdir(parents=True, exist_ok=True)
    server = Group(url, instance, root)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def serving(kind: str) -> Iterator[tuple[Group, str]]:
    """A server on a seeded database of its own, and the database's address."""
    with (
        seeded_database(kind) as (databases, template, folder),
        new_database(databases, template) as url,
        started(url, folder / "server" / "instance") as server,
    ):
        yield server, url


class Group(Server):
    """A server with all its workers: it dies as a whole, and starts again on its port and data."""

    def __init__(self, database_url: str, instance: Path, root: Path | None = None) -> None:
        super().__init__(database_url, instance)
        self._root = root  # of the code, if it is not the checkout's

    def start(self) -> float:  # type: ignore[override]
        """Start, and wait until it answers; the seconds that took."""
        begun = time.monotonic()
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                self.command, env=self._environment, stdout=log, stderr=log, cwd=self._root
            )
        wait_until(self.answers, SECONDS_TO_START, self._log)
        return time.monotonic() - begun

    def everybody(self) -> list[int]:
        """The processes of the group."""
        if self.process.poll() is not None:
            return []
        return [self.process.pid, *self.workers()]

    def send(self, number: int) -> None:
        """Send a signal to all of them."""
        for pid in self.everybody():
            os.kill(pid, number)

    def kill(self) -> None:
        """End all of them without warning."""
        workers = self.everybody()[1:]
        self.send(signal.SIGKILL)
        self.process.wait()
        wait_until(lambda: not any(_runs(pid) for pid in workers), 10)

    def log(self) -> str:
        """What it said."""
        return self._log.read_text()


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return not state.startswith("Z")


def stored_answers(url: str) -> dict[str, str]:
    """The token of each answer by the key of its form."""
    return {row.key: row.token for row in asked(url, "SELECT key, token FROM response")}


def asked(url: str, statement: str, **values: object) -> list[Any]:
    """What the database answers, on a connection of its own."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text(statement), values))
    finally:
        engine.dispose()


def is_sound(url: str) -> bool:
    """Whether the file is whole, and nothing refers to what is not there."""
    if not url.startswith("sqlite"):
        return True
    return asked(url, "PRAGMA integrity_check")[0][0] == "ok" and not asked(url, "PRAGMA foreign_key_check")


def lost_of(acknowledged: dict[str, str], url: str) -> int:
    """How many acknowledged answers are not stored as they were sent."""
    stored = stored_answers(url)
    return sum(stored.get(key) != token for key, token in acknowledged.items())
