"""The life of an attempt, walked through at random and held against a small model of what must be true.

``python -m tests.reliability.life --rounds 2000 --steps 50`` walks; ``--planted`` walks in copies of the program with a
fault each, and fails unless every one is found.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import running_app
from tests.databases import SqliteFiles
from tests.reliability.machine import machine_on
from tests.reliability.planted import Fault, planted
from tests.reliability.setting import command, seeded_database

_ATTEMPTS, _RESPONSES = "quizapp/services/attempts.py", "quizapp/services/responses.py"
FAULTS = (
    Fault(
        "late answers are taken",
        _RESPONSES,
        "    if not step.is_answered:\n        require_time(attempt, now)\n    shown",
        "    shown",
    ),
    Fault(
        "a test that was handed in takes answers",
        _RESPONSES,
        "if step.is_answered or attempt.closed_at is not None:",
        "if step.is_answered:",
    ),
    Fault(
        "anybody opens an attempt",
        _ATTEMPTS,
        ', AttemptRow.learner == bindparam("learner"))',
        ")",
    ),
    Fault(
        "right answers get a second try",
        "quizapp/services/second_tries.py",
        "if not attempt.awaits_second_try(step):",
        "if step.second is not None:",
    ),
    Fault(
        "a test tells while it is open",
        _ATTEMPTS,
        "return self.mode != TEST or self.closed_at is not None",
        "return True",
    ),
    Fault(
        "a test that is handed in stays open",
        _ATTEMPTS,
        "closing.values(closed_at=now)",
        "closing.values(closed_at=None)",
    ),
    Fault(
        "another quiz closes a test five seconds early",
        _ATTEMPTS,
        "AttemptRow.deadline < now - GRACE",
        "AttemptRow.deadline < now",
    ),
    Fault(
        "what is not told can be reported",
        "quizapp/services/reports.py",
        "if not attempt.has_told(step) or reason",
        "if reason",
    ),
    Fault(
        "handing in ends practice, too",
        _ATTEMPTS,
        "if attempt.mode == TEST and attempt.closed_at is None:",
        "if attempt.closed_at is None:",
    ),
)


def walk_settings(rounds: int, steps: int, *, derandomize: bool) -> settings:
    """So many walks of so many steps; each step asks a database, and takes its time."""
    return settings(
        max_examples=rounds,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=derandomize,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@command(rounds=200, kinds=("sqlite",))
@click.option("--steps", default=50, show_default=True, help="Of one walk, at most.")
@click.option("--planted", "is_planted", is_flag=True, help="See whether planted faults are found.")
def main(rounds: int, seed: int, steps: int, is_planted: bool) -> None:
    """Random walks through the life of an attempt: steps taken, and what was not as it must be."""
    if is_planted:
        _look_for_planted(rounds, steps)
        return
    begun = time.monotonic()
    with seeded_database("sqlite") as (_, template, folder):
        url = SqliteFiles(folder).new(template)
        with running_app(url, folder / "instance", WTF_CSRF_ENABLED=False) as app:
            machine = machine_on(app)
            machine._hypothesis_internal_use_seed = seed
            run_state_machine_as_test(machine, settings=walk_settings(rounds, steps, derandomize=False))
    seconds = time.monotonic() - begun
    taken = machine.taken
    click.echo(
        f"life: walks {machine.walks}, failures 0, {seconds:.0f} s: "
        + ", ".join(f"{name} {count}" for name, count in taken.most_common())
    )


def _look_for_planted(rounds: int, steps: int) -> None:
    missed = []
    for fault in FAULTS:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="reliability-") as folder:
            done = subprocess.run(
                [sys.executable, "-m", "tests.reliability.life", f"--rounds={rounds}", f"--steps={steps}"],
                cwd=planted(Path(folder), fault),
                capture_output=True,
                text=True,
                check=False,
            )
        is_found = done.returncode != 0 and "AssertionError" in done.stderr
        missed += [] if is_found else [fault]
        seconds = time.monotonic() - begun
        click.echo(f"life: {fault.name}: {'found' if is_found else 'NOT FOUND'} in {seconds:.0f} s")
    click.echo(f"life: {len(FAULTS) - len(missed)} of {len(FAULTS)} planted faults were found")
    if missed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
