"""What the pages about a learner's own data show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _

from quizapp.marking import mark
from quizapp.services.learners import Holdings
from quizapp.services.resuming import grouped

WRONG = mark("This code opens nothing. Compare it sign by sign; a newer code ends the one before.")
TOO_OLD = mark("That took too long, or the code was replaced meanwhile. Type it once more.")
NO_CHOICE = mark("Choose one of the three.")

NOTICES = {
    "deleted": mark("Deleted. Nothing is stored about you any more."),
    "forgotten": mark("This computer has forgotten you."),
    "resumed": mark("Here you are: this device goes on with your progress."),
    "joined": mark("Joined: the progress of both devices is one now, on both."),
    "same": mark("This device has this progress already."),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or a day, with what it counts."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class MyDataPage:
    """What is stored, and what can be done about it."""

    title: str
    notice: str | None
    figures: tuple[Figure, ...]  # none where nothing is stored
    code_made: str | None

    @classmethod
    def of(cls, held: Holdings, code_made_at: dt.datetime | None, *, done: str = "") -> MyDataPage:
        """The page; ``done`` is the name of what was done just now."""
        notice = NOTICES.get(done)
        return cls(
            title=_("My data"),
            notice=_(notice) if notice else None,
            figures=_figures(held),
            code_made=_day(code_made_at) if code_made_at else None,
        )


@dataclass(frozen=True, slots=True)
class CodePage:
    """A new code, shown once."""

    title: str
    code: str
    address: str

    @classmethod
    def of(cls, code: str) -> CodePage:
        """The page."""
        return cls(_("Your code"), grouped(code), url_for("my_data.ask_code", _external=True))


@dataclass(frozen=True, slots=True)
class ResumePage:
    """Where a code is typed."""

    title: str
    typed: str
    error: str | None

    @classmethod
    def of(cls, typed: str = "", *, error: str | None = None) -> ResumePage:
        """The page."""
        return cls(_("Go on from another device"), typed, error)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two learners: how much there is, and since when."""

    name: str
    quizzes: str
    answers: str
    last: str


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """Two learners, and what can become of them."""

    title: str
    sides: tuple[Side, ...]
    loses_code: bool
    error: str | None

    @classmethod
    def of(cls, here: Holdings, there: Holdings, *, loses_code: bool, error: str | None = None) -> ChoicePage:
        """The page; ``loses_code`` where this device's learner has a code, which joining ends."""
        sides = (_side(_("This device"), here), _side(_("Your code"), there))
        return cls(_("This device has progress of its own"), sides, loses_code, error)


@dataclass(frozen=True, slots=True)
class DeletePage:
    """What goes when everything is deleted."""

    title: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, held: Holdings) -> DeletePage:
        """The page."""
        return cls(_("Delete everything?"), _parts(held))


def wait_words(seconds: int) -> str:
    """What to tell somebody who tried too often."""
    return str(
        ngettext(
            "Too many tries. Wait %(num)s second, then try once more.",
            "Too many tries. Wait %(num)s seconds, then try once more.",
            seconds,
        )
    )


def _figures(held: Holdings) -> tuple[Figure, ...]:
    if held.first is None or held.last is None:
        return ()
    return (
        Figure(_("Quizzes"), format_decimal(held.quizzes)),
        Figure(_("Answers"), format_decimal(held.answers)),
        Figure(_("Second tries"), format_decimal(held.second_tries)),
        Figure(_("Reports"), format_decimal(held.reports)),
        Figure(_("First day"), _day(held.first)),
        Figure(_("Last day"), _day(held.last)),
    )


def _parts(held: Holdings) -> tuple[str, ...]:
    """What is there, each in words; the rest is left out."""
    counted = (
        (held.quizzes, ngettext("%(num)s quiz", "%(num)s quizzes", held.quizzes)),
        (held.answers, ngettext("%(num)s answer", "%(num)s answers", held.answers)),
        (held.second_tries, ngettext("%(num)s second try", "%(num)s second tries", held.second_tries)),
        (
            held.reports,
            ngettext("%(num)s report, with your words", "%(num)s reports, with your words", held.reports),
        ),
    )
    return tuple(words for number, words in counted if number)


def _side(name: str, held: Holdings) -> Side:
    last = _day(held.last, "d MMM y") if held.last else "–"
    return Side(name, format_decimal(held.quizzes), format_decimal(held.answers), last)


def _day(at: dt.datetime, pattern: str = "d MMMM y") -> str:
    return str(format_date(at.astimezone(dt.UTC), pattern))
