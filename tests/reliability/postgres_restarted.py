"""PostgreSQL restarted while a class answers: ``python -m tests.reliability.postgres_restarted --rounds 6``.

The server is one of the run's own, in a temporary folder on a free port; it ends with the run. By turns it is restarted
as an administrator does (``fast``) and as after a crash (``immediate``). The application is not restarted.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click
import psycopg

from question_bank.build import build_bank
from question_bank.loader import CURATED_DIR, SEEDS_DIR
from tests.conftest import seeded
from tests.databases import PostgresServer
from tests.reliability.pupils import classroom
from tests.reliability.setting import command, explain, lost_of, started, tell

PUPILS = 16
MODES = ("fast", "immediate")
_OWNER = "postgres"


@command(rounds=6, kinds=("postgresql",))
def main(rounds: int, seed: int) -> None:
    """Restarts of the database: acknowledged answers, lost ones, and how often a pupil had to send again."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    with tempfile.TemporaryDirectory(prefix="reliability-") as name, own_cluster(Path(name)) as cluster:
        url = _seeded_in(cluster)
        with (
            started(url, Path(name) / "server" / "instance") as server,
            classroom(server.port, size=PUPILS, seed=seed) as lesson,
        ):
            for number in range(rounds):
                time.sleep(rng.uniform(1, 4))
                cluster.restart(MODES[number % len(MODES)])
            time.sleep(2)
        lost = lost_of(lesson.acknowledged, url)
        explain(server, failed=bool(lesson.codes[500]))
    refused = max(pupil.codes[503] for pupil in lesson.pupils) / rounds
    figures = {
        "restarts": rounds,
        "acknowledged": len(lesson.acknowledged),
        "lost": lost,
        "500s": lesson.codes[500],
        "503s a pupil and restart, at most": f"{refused:.1f}",
        "unanswered": lesson.cut,
    }
    tell("postgres_restarted", figures, failed=bool(lost or lesson.codes[500] or not lesson.acknowledged))


def _seeded_in(cluster: Cluster) -> str:
    """The address of a database with the bank; it goes with the cluster."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        databases = PostgresServer(connection)
        with seeded(databases, build_bank(SEEDS_DIR, CURATED_DIR)) as template:
            return databases.new(template)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL server in a folder."""

    data: Path
    port: int

    @property
    def url(self) -> str:
        """Where its first database is."""
        return f"postgresql://{_OWNER}@127.0.0.1:{self.port}/postgres"

    def restart(self, mode: str) -> None:
        """Stop it in that manner, and start it again."""
        self.run("restart", "-m", mode)

    def run(self, what: str, *more: str) -> None:
        """Have pg_ctl do something, and wait until it is done."""
        _run("pg_ctl", what, "-D", self.data, "-w", "-l", self.data.parent / "postgres.log", *more)


@contextmanager
def own_cluster(folder: Path) -> Iterator[Cluster]:
    """A server of the run's own that keeps its promises: as it is shipped, with fsync."""
    if shutil.which("initdb") is None:
        raise click.ClickException("unavailable: initdb is not at hand")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    home = folder / "postgres"
    home.mkdir()
    folder.chmod(0o755)
    shutil.chown(home, _OWNER, _OWNER)
    cluster = Cluster(home / "data", port)
    _run("initdb", "-D", cluster.data, "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--no-locale")
    cluster.run("start", "-o", f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home}")
    try:
        yield cluster
    finally:
        cluster.run("stop", "-m", "immediate")


def _run(program: str, *arguments: str | Path) -> None:
    """As the user that PostgreSQL asks for, if this one is root."""
    user = _OWNER if os.geteuid() == 0 else None
    subprocess.run(
        [shutil.which(program) or program, *map(str, arguments)],
        user=user,
        group=user,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
