"""The server killed with all its workers while a class answers: ``python -m tests.reliability.killed --rounds 20``.

Pupils send again what was not acknowledged, as a browser does; what was acknowledged has to be there as it was sent.
"""

from __future__ import annotations

import time
from random import Random

from tests.reliability.pupils import classroom
from tests.reliability.setting import command, explain, is_sound, lost_of, serving, tell

PUPILS = 16


@command(rounds=20)
def main(rounds: int, seed: int, database: str) -> None:
    """Kill -9 under load: acknowledged answers, lost ones, and how long a restart takes."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    restarts = []
    lost = 0
    with serving(database) as (server, url):
        with classroom(server.port, size=PUPILS, seed=seed) as lesson:
            for _ in range(rounds):
                time.sleep(rng.uniform(0.5, 6))
                server.kill()
                lost += lost_of(lesson.acknowledged, url)
                restarts.append(server.start())
            time.sleep(1)
        answers = lesson.acknowledged
        lost += lost_of(answers, url)
        sound = is_sound(url)
        explain(server, failed=bool(lesson.codes[500]))
    figures = {
        "database": database,
        "kills": rounds,
        "acknowledged": len(answers),
        "lost": lost,
        "requests cut off and sent again": lesson.cut,
        "500s": lesson.codes[500],
        "slowest restart": f"{max(restarts):.1f} s",
        "sound": sound,
    }
    tell("killed", figures, failed=bool(lost or lesson.codes[500] or not sound or not answers))


if __name__ == "__main__":
    main()
