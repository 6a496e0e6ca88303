"""What a question shows before its answer is told. No page here has a field that could tell the key."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from quizapp.asking.certainty import CertaintyChoice, certainty_choices
from quizapp.asking.proof import LETTERS
from quizapp.marking import mark
from quizapp.services.shown import Question, Saved

LATE = mark("This question was answered before, perhaps in another window. The first answer counts.")
HANDED_IN = mark(
    "The test was handed in before, perhaps in another window. This answer came too late to count."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands: among how many, what its form is sent to, and where its answer leads on to."""

    position: int
    total: int
    track: tuple[str, ...]
    response_url: str
    next_href: str
    next_label: str
    is_last: bool
    report_url: str | None = None  # where the learner may say what is wrong with the question
    end: End | None = None  # of a test that is not over
    address: str | None = None  # of the question's own page


@dataclass(frozen=True, slots=True)
class End:
    """How a test ends: handed in by the learner, or by the clock."""

    hand_in_url: str
    over_url: str  # where it says that time is over, once it is
    answered: str  # "3 of 10 answered"
    warning: str  # what handing in means now
    seconds: int | None  # that are left; None where there is no limit
    clock: str | None  # the same in words


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """An option's radio button."""

    letter: str
    text: str
    token: str
    is_chosen: bool = False
    is_open: bool = True  # at the second try some are struck out


@dataclass(frozen=True, slots=True)
class Asked:
    """What a learner sent with an error in it, to be shown again: an option, and how sure it was."""

    error: str
    option: str | None = None
    certainty: int | None = None
    lacks_certainty: bool = False  # which is then the field to mend, else the option is


def title_of(title: str, error: str | None) -> str:
    """The title of a form; that something was wrong with what was sent is the first thing heard of it."""
    return _("Error: %(title)s", title=title) if error else title


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An open question."""

    title: str
    address: str | None
    track: tuple[str, ...]
    position: int
    total: int
    topic: str
    stem: str
    options: tuple[OptionChoice, ...]
    certainties: tuple[CertaintyChoice, ...]
    shows_rule: bool
    response_url: str
    key: str
    button: str
    error: str | None
    error_at: str | None  # the field to mend
    end: End | None
    kind: str = "item"

    @classmethod
    def of(
        cls,
        place: Place,
        question: Question,
        *,
        asked: Asked | None = None,
        asks_certainty: bool = False,
        shows_rule: bool = False,
    ) -> ItemPage:
        """The page of an open question; ``asked`` is what was sent with an error in it.

        ``shows_rule`` opens the rule by which certainty is marked: before its first use.
        """
        title = _("Question %(position)s of %(total)s", position=place.position, total=place.total)
        return cls(
            title=title_of(title, asked.error if asked else None),
            address=place.address,
            track=place.track,
            position=place.position,
            total=place.total,
            topic=question.topic,
            stem=question.stem,
            options=tuple(
                OptionChoice(
                    letter, option.text, option.token, is_chosen=bool(asked and asked.option == option.token)
                )
                for letter, option in zip(LETTERS, question.options, strict=False)
            ),
            certainties=certainty_choices(asked.certainty if asked else None) if asks_certainty else (),
            shows_rule=shows_rule,
            response_url=place.response_url,
            key=question.key,
            button=_("Save answer") if place.end else _("Check answer"),
            error=asked.error if asked else None,
            error_at=("certainty" if asked.lacks_certainty else "option") if asked else None,
            end=place.end,
        )


@dataclass(frozen=True, slots=True)
class SavedPage:
    """An answered question of a test that is not over; nothing in it tells the key."""

    title: str
    track: tuple[str, ...]
    position: int
    total: int
    topic: str
    stem: str
    options: tuple[OptionChoice, ...]
    next_href: str
    next_label: str
    end: End | None
    notice: str | None
    kind: str = "saved"

    @classmethod
    def of(cls, place: Place, saved: Saved) -> SavedPage:
        """The page of a saved answer."""
        return cls(
            title=_("Saved: question %(position)s of %(total)s", position=place.position, total=place.total),
            track=place.track,
            position=place.position,
            total=place.total,
            topic=saved.topic,
            stem=saved.stem,
            options=tuple(
                OptionChoice(letter, option.text, option.token, is_chosen=option.token == saved.chosen)
                for letter, option in zip(LETTERS, saved.options, strict=False)
            ),
            next_href=place.next_href,
            next_label=place.next_label,
            end=place.end,
            notice=_(LATE) if saved.is_late else None,
        )
