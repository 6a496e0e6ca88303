"""Backups while a class answers, each restored: ``python -m tests.reliability.backup_under_load --rounds 8``.

What was acknowledged before a backup began has to be in it. Both commands are run as an operator runs them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import new_database
from tests.databases import Databases
from tests.reliability.planted import ROOT
from tests.reliability.pupils import Classroom, classroom
from tests.reliability.setting import command, explain, is_sound, lost_of, seeded_database, started, tell

PUPILS = 8


@command(rounds=8)
def main(rounds: int, seed: int, database: str) -> None:
    """Backups under load: missing answers, damaged files, and how long pupils had to wait."""
    with seeded_database(database) as (databases, template, folder):
        kept: list[tuple[Path, dict[str, str]]] = []
        with (
            new_database(databases, template) as url,
            started(url, folder / "server" / "instance") as server,
            classroom(server.port, size=PUPILS, seed=seed) as lesson,
        ):
            time.sleep(3)
            usual = _slowest_of(lesson)
            for number in range(rounds):
                file = folder / f"backup{number}"
                before = lesson.acknowledged
                _flask("backup", url, folder / "server" / "instance", file)
                kept.append((file, before))
            during = _slowest_of(lesson)
            explain(server, failed=bool(lesson.codes[500]))
        seconds, missing, damaged = [], 0, 0
        for file, before in kept:
            begun = time.monotonic()
            lost, sound = _restored(databases, template, folder / "other" / "instance", file, before)
            seconds.append(time.monotonic() - begun)
            missing += lost
            damaged += not sound
    figures = {
        "database": database,
        "backups": rounds,
        "acknowledged before the last": len(kept[-1][1]),
        "missing": missing,
        "damaged": damaged,
        "slowest answer before": f"{usual:.2f} s",
        "during": f"{during:.2f} s",
        "slowest restore with its checks": f"{max(seconds):.1f} s",
    }
    tell(
        "backup_under_load", figures, failed=bool(missing or damaged or lesson.codes[500] or not kept[-1][1])
    )


def _slowest_of(lesson: Classroom) -> float:
    """The longest that a pupil waited since this was asked last."""
    slowest = max(pupil.slowest for pupil in lesson.pupils)
    for pupil in lesson.pupils:
        pupil.slowest = 0.0
    return slowest


def _restored(
    databases: Databases, template: str, instance: Path, file: Path, before: dict[str, str]
) -> tuple[int, bool]:
    with new_database(databases, template) as url:
        _flask("restore", url, instance, file)
        return lost_of(before, url), is_sound(url)


def _flask(what: str, url: str, instance: Path, file: Path) -> None:
    environment = os.environ | {"DATABASE_URL": url, "QUIZAPP_INSTANCE": str(instance)}
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "quizapp", what, str(file)],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
