"""The server's clock jumps while a test runs: ``python -m tests.reliability.clock --rounds 200``.

By an hour, by two minutes, by the network's grace, over the hour that a summer time takes away and over a leap day.
What was over stays over, nobody's time ends early, and no page tells of less than no time.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from random import Random

import time_machine
from flask import Flask

from tests.conftest import new_database, running_app
from tests.quizapp.visitors import Visitor, item, query, questions
from tests.reliability.setting import command, seeded_database, tell

STARTS = (
    dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC),
    dt.datetime(2026, 3, 29, 0, 58, tzinfo=dt.UTC),  # summer time begins in Europe
    dt.datetime(2026, 10, 25, 0, 58, tzinfo=dt.UTC),  # … and ends
    dt.datetime(2028, 2, 29, 23, 58, tzinfo=dt.UTC),
    dt.datetime(2026, 12, 31, 23, 58, tzinfo=dt.UTC),
)
JUMPS = (-3600, -120, -5, -1, 1, 5, 60, 120, 3600)
GRACE = dt.timedelta(seconds=5)
QUESTIONS = 20


@command(rounds=40)
def main(rounds: int, seed: int, database: str) -> None:
    """Clock jumps: late answers taken, answers in time refused, tests opened again, times below zero."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    seen: Counter[str] = Counter()
    with (
        seeded_database(database) as (databases, template, folder),
        new_database(databases, template) as url,
        running_app(url, folder / "instance") as app,
    ):
        for number in range(rounds):
            seen += _test(app, rng, STARTS[number % len(STARTS)])
    wrong = ("late and taken", "in time and refused", "opened again", "below zero", "errors")
    figures = {"database": database, "tests": rounds, "taken": seen["taken"], "refused": seen["refused"]}
    tell("clock", figures | {what: seen[what] for what in wrong}, failed=any(seen[what] for what in wrong))


def _test(app: Flask, rng: Random, start: dt.datetime) -> Counter[str]:
    """One test of five minutes, answered while the clock jumps."""
    seen: Counter[str] = Counter()
    with time_machine.travel(start, tick=False) as clock:
        visitor = Visitor(app.test_client())
        public_id = visitor.start(mode="test", minutes="5", length=str(QUESTIONS))
        deadline, now, closed = start + dt.timedelta(minutes=5), start, False
        asked = questions(app, public_id)
        for position in range(1, QUESTIONS):  # the last one is left open, so that only time closes the test
            now += dt.timedelta(seconds=rng.choice(JUMPS))
            if rng.random() < 0.25:
                now = deadline + dt.timedelta(seconds=rng.choice((-1, 0, 5, 6)))
            clock.move_to(now)
            page = visitor.get(item(public_id, position)).text
            seen["below zero"] += re.search(r'data-left="-', page) is not None
            code = visitor.answer(public_id, position, asked[position].key).status_code
            is_late = now > deadline + GRACE
            seen["taken" if code == 303 else "refused"] += 1
            seen["errors"] += code not in {303, 410}
            seen["late and taken"] += code == 303 and is_late
            seen["opened again"] += code == 303 and closed
            seen["in time and refused"] += code != 303 and not is_late and not closed
            closed = closed or code == 410
    row = query(app, "SELECT closed_at FROM attempt WHERE public_id = :id", id=public_id)[0]
    seen["opened again"] += (row.closed_at is not None) is not closed
    return seen


if __name__ == "__main__":
    main()
