"""The power cut while a class answers: ``python -m tests.reliability.power_cut --rounds 10`` (as root).

The database lies on an ext4 image on a loop device. At the cut every process stops where it stands, and the image's
file is copied: what was only in memory is not in it. The copy is mounted, as a machine does that comes up again.
``--synchronous OFF`` or ``NORMAL`` runs a copy of the program with that setting, and has to lose answers.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import click

from tests.conftest import new_database
from tests.databases import SqliteFiles
from tests.quizapp.test_serve import wait_until
from tests.reliability.planted import Fault, planted
from tests.reliability.pupils import classroom
from tests.reliability.setting import command, is_sound, lost_of, seeded_database, started, tell

PUPILS = 16
MEGABYTES = 192


@command(rounds=6, kinds=("sqlite",))
@click.option("--synchronous", default="FULL", type=click.Choice(["FULL", "NORMAL", "OFF"]))
def main(rounds: int, seed: int, synchronous: str) -> None:
    """Power cuts: acknowledged answers, and how many of them the disk does not have."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    acknowledged = lost = 0
    sound = True
    with seeded_database("sqlite") as (_, template, folder):
        root = _with(synchronous, folder)
        for number in range(rounds):
            place = folder / f"cut{number}"
            place.mkdir()
            answers, restored = _cut(template, place, root, seed=seed + number, seconds=rng.uniform(2, 8))
            with mounted(restored, place / "after") as disk:
                url = f"sqlite:///{next(disk.glob('*.db'))}"
                lost += lost_of(answers, url)
                sound = sound and is_sound(url)
            acknowledged += len(answers)
            shutil.rmtree(place)
    figures = {
        "synchronous": synchronous,
        "cuts": rounds,
        "acknowledged": acknowledged,
        "lost": lost,
        "sound": sound,
    }
    tell("power_cut", figures, failed=bool(lost or not sound or not acknowledged))


def _with(synchronous: str, folder: Path) -> Path | None:
    if synchronous == "FULL":
        return None
    shipped, other = '"synchronous=FULL"', f'"synchronous={synchronous}"'
    return planted(folder, Fault(synchronous, "quizapp/database.py", shipped, other))


def _cut(
    template: str, place: Path, root: Path | None, *, seed: int, seconds: float
) -> tuple[dict[str, str], Path]:
    """A lesson that ends with a cut: what was acknowledged until then, and the disk as it is then."""
    image, copy = place / "disk.img", place / "copy.img"
    _make(image)
    with mounted(image, place / "before") as disk, new_database(SqliteFiles(disk), template) as url:
        os.sync()  # the bank was there long before
        with (
            started(url, place / "server" / "instance", root) as server,
            classroom(server.port, size=PUPILS, seed=seed) as lesson,
        ):
            time.sleep(seconds)
            answers = lesson.acknowledged
            server.send(signal.SIGSTOP)
            shutil.copyfile(image, copy)
            lesson.stop()
            server.kill()
    return answers, copy


def _make(image: Path) -> None:
    with image.open("wb") as file:
        file.truncate(MEGABYTES * 1024 * 1024)
    subprocess.run(["/sbin/mkfs.ext4", "-q", "-F", str(image)], check=True)


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[Path]:
    """The disk in an image."""
    folder.mkdir()
    done = subprocess.run(
        ["/bin/mount", "-o", "loop", str(image), str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise click.ClickException(f"unavailable: this machine mounts no image ({done.stderr.strip()})")
    try:
        yield folder
    finally:
        unmount(folder)


def unmount(folder: Path) -> None:
    """Take a disk away; the threads of a process that was killed hold its files a moment longer than itself."""

    def done() -> bool:
        return subprocess.run(["/bin/umount", str(folder)], capture_output=True, check=False).returncode == 0

    wait_until(done, 20)


if __name__ == "__main__":
    main()
