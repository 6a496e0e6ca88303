"""The life of an attempt at random: what is stored, told and refused is what a small model says, whatever the order.

This is the short walk of ``python -m tests.reliability.life``, always the same. With ``--planted`` that finds: late
answers taken, answers taken after handing in, attempts open to anybody, second tries of right answers, a test that
tells while it is open, a test that stays open when handed in, one closed five seconds early, reports of what is not
told, and practice ended by handing in.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import new_database, running_app
from tests.databases import Databases
from tests.reliability.life import walk_settings
from tests.reliability.machine import machine_on

WALKS, STEPS = 16, 20


def test_it_is_as_the_model_says(sqlite: Databases, seeded_sqlite: str, tmp_path: Path) -> None:
    with (
        new_database(sqlite, seeded_sqlite) as url,
        running_app(url, tmp_path / "instance", WTF_CSRF_ENABLED=False) as app,
    ):
        machine = machine_on(app)
        run_state_machine_as_test(machine, settings=walk_settings(WALKS, STEPS, derandomize=True))

        assert machine.walks >= WALKS
