"""The disk fills up while a class answers, and is freed: ``python -m tests.reliability.disk_full`` (as root).

Database, key and lock lie on a small tmpfs. While it is full, answers are refused with 503 and pages are still read;
once there is room again, the same server goes on.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from tests.databases import SqliteFiles
from tests.reliability.power_cut import unmount
from tests.reliability.pupils import Classroom, Pupil, classroom
from tests.reliability.setting import command, explain, is_sound, lost_of, seeded_database, started, tell

PUPILS = 16
ROOM = 6  # megabytes beside the bank
FULL = 4  # seconds that the disk stays full


@command(rounds=3, kinds=("sqlite",))
def main(rounds: int, seed: int) -> None:
    """A full disk: what is refused, what is lost, and that it goes on without a restart."""
    reads, after = [], 0
    with seeded_database("sqlite") as (_, template, folder):
        size = Path(template.removeprefix("sqlite:///")).stat().st_size // 1024 + ROOM * 1024
        with small_disk(folder / "small", size) as disk:
            url = SqliteFiles(disk).new(template)
            with (
                started(url, disk / "instance") as server,
                classroom(server.port, size=PUPILS, seed=seed) as lesson,
            ):
                for _ in range(rounds):
                    time.sleep(1)
                    reads += _fill(disk, server.port)
                    after += _saved_afterwards(lesson)
            answers = lesson.acknowledged
            lost, sound = lost_of(answers, url), is_sound(url)
            explain(server, failed=bool(lesson.codes[500]))
    figures = {
        "fills": rounds,
        "acknowledged": len(answers),
        "lost": lost,
        "refused with 503": lesson.codes[503],
        "500s": lesson.codes[500],
        "pages read while full": f"{reads.count(200)} of {len(reads)}",
        "saved afterwards without a restart": after,
        "sound": sound,
    }
    unread = len(reads) - reads.count(200)
    tell("disk_full", figures, failed=bool(lost or lesson.codes[500] or unread or not sound or not after))


def _fill(disk: Path, port: int) -> list[int]:
    """Leave no room for a while; what reading was answered with meanwhile."""
    filler = disk / "filler"
    reader = Pupil(port, 0)
    codes = []
    until = time.monotonic() + FULL
    try:
        while time.monotonic() < until:
            with filler.open("ab") as file, suppress(OSError):
                file.write(b"x" * shutil.disk_usage(disk).free)
            codes.append(reader.once("GET", "/", None, {})[0])
            time.sleep(0.05)
    finally:
        filler.unlink()
        reader.close()
    return codes


def _saved_afterwards(lesson: Classroom) -> int:
    before = len(lesson.acknowledged)
    time.sleep(2)
    return len(lesson.acknowledged) - before


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk in memory with so much room."""
    folder.mkdir()
    done = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise click.ClickException(f"unavailable: this machine mounts no tmpfs ({done.stderr.strip()})")
    try:
        yield folder
    finally:
        unmount(folder)


if __name__ == "__main__":
    main()
