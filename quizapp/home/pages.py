"""What the home page shows: what waits for a learner who comes back, and what a new quiz can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.asking.again import Again, again
from quizapp.asking.certainty import CertaintyChoice, certainty_choices
from quizapp.marking import mark
from quizapp.services.attempts import PRACTICE, TEST
from quizapp.services.reviewing import DueToday
from quizapp.services.starting import DEFAULT_LENGTH, LENGTHS, MINUTES, Manner, new_token
from quizapp.services.topics import Topic
from quizapp.services.unfinished import Unfinished

MODES = {
    PRACTICE: (
        mark("Practice"),
        mark("After each answer you see why it is right or wrong, and the words that prove it."),
    ),
    TEST: (mark("Test"), mark("You see what was right after the last question. Each answer is final.")),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen before, to be offered again: after an error, or from the last time."""

    topics: tuple[str, ...] | None = None  # None for all of them
    length: int = DEFAULT_LENGTH
    manner: Manner = Manner(second_try=True)  # noqa: RUF009 - a frozen value


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic's checkbox."""

    id: str
    title: str
    covers: str
    count: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A radio button, with a line that says what it brings."""

    value: str
    label: str
    checked: bool
    means: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A quiz that was left open: where it goes on."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Returning:
    """What waits for a learner who has answered before."""

    unfinished: Unfinished | None
    due: DueToday
    mistakes: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """Topics, lengths and ways to take a quiz, with what was chosen before."""

    title: str
    ticket: str  # with which the form that is sent twice is one
    topics: tuple[TopicChoice, ...]
    lengths: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    minutes: tuple[Choice, ...]
    second_try: bool
    asks_certainty: bool
    certainties: tuple[CertaintyChoice, ...]
    topics_error: str | None
    waiting: Waiting | None
    again: tuple[Again, ...]

    @classmethod
    def of(
        cls,
        topics: Sequence[Topic],
        *,
        chosen: Chosen | None = None,
        error: str | None = None,
        returning: Returning | None = None,
    ) -> HomePage:
        """The page; all topics are chosen on a first visit."""
        chosen = chosen or Chosen()
        manner = chosen.manner
        return cls(
            title=_("A quiz with proof"),
            ticket=new_token(),
            topics=tuple(
                TopicChoice(
                    topic.id,
                    topic.title,
                    topic.covers,
                    ngettext("%(num)s question", "%(num)s questions", topic.questions),
                    chosen.topics is None or topic.id in chosen.topics,
                )
                for topic in topics
            ),
            lengths=tuple(Choice(str(value), str(value), value == chosen.length) for value in LENGTHS),
            modes=tuple(
                Choice(mode, _(name), mode == manner.mode, _(means)) for mode, (name, means) in MODES.items()
            ),
            minutes=(
                Choice("", _("No limit"), manner.minutes is None),
                *(Choice(str(value), str(value), value == manner.minutes) for value in MINUTES),
            ),
            second_try=manner.second_try,
            asks_certainty=manner.asks_certainty,
            certainties=certainty_choices(),
            topics_error=error,
            waiting=_waiting(returning.unfinished) if returning and returning.unfinished else None,
            again=again(returning.due, returning.mistakes) if returning else (),
        )


def _waiting(unfinished: Unfinished) -> Waiting:
    go_on = _(
        "Go on with your quiz: question %(position)s of %(total)s",
        position=unfinished.position,
        total=unfinished.total,
    )
    words = _("The time of your test is over: see the result") if unfinished.is_over else go_on
    return Waiting(url_for("attempts.show_attempt", public_id=unfinished.public_id), words)
