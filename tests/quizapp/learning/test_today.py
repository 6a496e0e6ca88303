"""Today: what a review asks, and which mistakes are open."""

from __future__ import annotations

from quizapp.learning.meetings import Meeting
from quizapp.learning.memory import replay
from quizapp.learning.today import Left, Queue, choose, mistakes, queue
from tests.quizapp.learning.met import DAY, START, met


def waiting(*meetings: Meeting, new: tuple[str, ...] = (), day: float) -> Queue:
    return queue(replay(meetings), new, START + day * DAY)


def test_due_facts_and_the_rest_stand_by_what_is_likely_forgotten() -> None:
    found = waiting(
        met("wrong", right=False, day=8),
        met("old", day=0),
        met("b", day=0),
        met("a", day=0),
        met("known", sure=3, day=0),
        met("known", sure=3, day=4),
        met("newer", sure=3, day=0),
        met("newer", sure=3, day=5),
        met("now", day=9.8),
        new=("y", "x"),
        day=10,
    )

    assert found == Queue(("y", "x"), ("wrong", "old", "b", "a"), ("known", "newer"))


def everything(_: str) -> bool:
    return True


FULL = Queue(tuple("abcdef"), tuple("uvw"), tuple("xyz"))


def test_new_facts_come_first_then_due_ones_then_the_top_up() -> None:
    assert choose(FULL, Left(answers=8), everything) == tuple("abcduvwx")
    assert choose(FULL, Left(answers=3), everything) == tuple("abc")
    assert choose(FULL, Left(answers=5, new=1), everything) == tuple("auvwx")
    assert choose(FULL, Left(answers=20), everything) == tuple("abcduvwxyz")
    assert choose(FULL, Left(answers=0), everything) == ()


def test_what_cannot_be_asked_gives_way_to_the_next() -> None:
    assert choose(FULL, Left(answers=6, new=2), lambda fact: fact not in "avx") == tuple("bcuwyz")


def test_a_day_has_a_budget() -> None:
    assert Left.after(0, 0) == Left(15, 4)
    assert Left.after(6, 4) == Left(9, 0)
    assert Left.after(17, 5) == Left(0, 0)


def test_a_mistake_stays_open_until_the_fact_is_answered_right() -> None:
    meetings = [
        met("a b", right=False),
        met("c", right=False, day=1),
        met("c", day=2),
        met("d", day=2),
        met("d", right=False, day=3),
        met("a", right=False, day=4),
    ]

    assert mistakes(meetings) == ("a", "d", "b")
    assert mistakes(reversed(meetings)) == ("b", "a", "c")
