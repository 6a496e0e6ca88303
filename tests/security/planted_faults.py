"""Plants faults in a copy of the project, one at a time, and says which of them the tests find.

    .venv/bin/python -m tests.security.planted_faults [--only A3] [--jobs 2] [--unchecked]

It is no part of the test run: it takes minutes. Where an edit does not fit the present
code, or the tests fail without any fault, nothing can be said, and it ends with 2; with 1 if less than nine tenths
are found, which is what 18 of 20 are.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from tests.security.faults import FAULTS, Edit, Fault

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("quizapp", "question_bank", "templates", "static", "seeds", "tests", "pyproject.toml", "README.md")
ENOUGH = 0.9
_FAILED = 1  # how pytest ends when tests failed; any other end but 0 says that it could not run them


class MisfitError(Exception):
    """The present code does not have the words of an edit just once."""


def main() -> None:
    """Plant what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--only", nargs="+", default=[""], help="plant only faults whose names have any of these"
    )
    parser.add_argument(
        "--unchecked", action="store_true", help="trust that the tests pass without any fault"
    )
    parser.add_argument("--jobs", type=int, default=1, help="how many copies are tested at once")
    options = parser.parse_args()
    faults = [fault for fault in FAULTS if any(words in fault.name for words in options.only)]
    try:
        for fault in faults:
            for edit in fault.edits:
                planted(ROOT, edit)
    except MisfitError as misfit:
        print(misfit)
        sys.exit(2)
    found = run(faults, options.jobs, is_checked=not options.unchecked)
    print(f"{found} of {len(faults)} found")
    sys.exit(0 if found >= ENOUGH * len(faults) else 1)


def run(faults: Sequence[Fault], jobs: int, *, is_checked: bool) -> int:
    """How many of them are found, each told as soon as it is known."""
    with tempfile.TemporaryDirectory(prefix="planted-faults-") as folder:
        copies: Queue[Path] = Queue()
        for number in range(jobs):
            copies.put(copy_project(Path(folder, str(number))))
        tests = sorted({test for fault in faults for test in fault.tests})
        if is_checked and tested(copies.queue[0], tests)[0] != 0:
            print("the tests fail without any fault")
            sys.exit(2)
        with ThreadPoolExecutor(jobs) as pool:
            return sum(pool.map(lambda fault: is_found(copies, fault), faults))


def is_found(copies: Queue[Path], fault: Fault) -> bool:
    """Whether a test fails because of it."""
    copy = copies.get()
    began = time.monotonic()
    try:
        with fault_in(copy, fault):
            end, by = tested(copy, fault.tests)
    finally:
        copies.put(copy)
    told = {0: "MISSED", _FAILED: "found"}.get(end, f"pytest ended with {end}")
    print(f"{told:7} {time.monotonic() - began:4.0f} s  {fault.name}{by}", flush=True)
    return end == _FAILED


@contextmanager
def fault_in(copy: Path, fault: Fault) -> Iterator[None]:
    """The fault stands in the copy for so long."""
    before = {edit.file: (copy / edit.file).read_text() for edit in fault.edits}
    try:
        for edit in fault.edits:
            (copy / edit.file).write_text(planted(copy, edit))
        yield
    finally:
        for file, text in before.items():
            (copy / file).write_text(text)


def planted(root: Path, edit: Edit) -> str:
    """The file's text with the fault; MisfitError where it does not fit."""
    text = (root / edit.file).read_text()
    if text.count(edit.words) != 1 or edit.words == edit.instead:
        raise MisfitError(f"{edit.file} does not have these words just once:\n{edit.words}")
    return text.replace(edit.words, edit.instead)


def copy_project(folder: Path) -> Path:
    """A copy of what the tests need, and nothing of what they left."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "node_modules", ".hypothesis")
            shutil.copytree(source, folder / part, ignore=ignored)
        else:
            shutil.copyfile(source, folder / part)
    return folder


def tested(copy: Path, tests: Sequence[str]) -> tuple[int, str]:
    """How pytest ends, and which test failed first.

    The copy comes before the checkout that is installed, and no compiled file outlives an edit.
    """
    options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "tests.security.kept_bank"]
    environment = os.environ | {
        "PYTHONPATH": str(copy),
        "PYTHONDONTWRITEBYTECODE": "1",
        "KEPT_BANK": str(copy.parent / "bank"),
    }
    command = [sys.executable, "-m", "pytest", *options, *tests]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in {0, _FAILED}:
        print(done.stdout[-2000:], done.stderr[-2000:])
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, flags=re.MULTILINE)
    return done.returncode, f"\n               by {failed[1]}" if failed else ""


if __name__ == "__main__":
    main()
