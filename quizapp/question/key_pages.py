"""The page on which a wrong key is corrected: first what it would change, then what old answers are to count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from quizapp.languages import say
from quizapp.marking import mark
from quizapp.question import words
from quizapp.question.pages import ROOM, Addresses
from quizapp.services.editing import Question
from quizapp.services.key_corrections import Affected, Marks

# For each choice its name and what it does.
MARKS: dict[Marks, tuple[str, str]] = {
    "rescored": (mark("Re-score"), mark("Answers count by the corrected key.")),
    "full": (mark("Full marks"), mark("Everybody who answered gets the point.")),
    "left": (
        mark("Leave"),
        mark("Old answers keep what they counted. Only new ones count by the corrected key."),
    ),
}


@dataclass(frozen=True, slots=True)
class KeyOption:
    """An option that could be the key."""

    place: str
    letter: str
    text: str
    is_key: bool
    is_chosen: bool
    rationale: str


@dataclass(frozen=True, slots=True)
class MarksChoice:
    """What old answers may count, and how many that changes."""

    value: str
    name: str
    does: str
    changes: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version whose answers are meant."""

    number: int
    stem: str
    answers: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The correction of a key; before an option is chosen it only asks for one."""

    title: str
    room: str
    to: Addresses
    version: int
    stem: str
    options: tuple[KeyOption, ...]
    chosen: KeyOption | None
    key: KeyOption | None
    marks: tuple[MarksChoice, ...]
    versions: tuple[VersionChoice, ...]
    answers: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    reasons: tuple[str, ...]

    @classmethod
    def of(  # noqa: PLR0913 - what the page is made of
        cls,
        question: Question,
        option: int | None,
        affected: Sequence[Affected],
        *,
        among: frozenset[int] | None = None,
        marks: str | None = None,
        typed: Mapping[str, str] | None = None,
        faults: Mapping[str, str] | None = None,
        reasons: tuple[str, ...] = (),
    ) -> KeyPage:
        """The page for making ``option`` right; ``among`` are the versions ticked, ``marks`` what is chosen."""
        options = _options(question, option)
        chosen = next((one for one in options if one.is_chosen), None)
        key = next((one for one in options if one.is_key), None)
        words_now = {
            "rationale": chosen.rationale if chosen else "",
            "old_rationale": key.rationale if key else "",
            "explanation": question.content.explanation,
        }
        return cls(
            title=_("Correct the key"),
            room=ROOM,
            to=Addresses.of(question.uid),
            version=question.number,
            stem=question.content.stem,
            options=options,
            chosen=chosen,
            key=key,
            marks=tuple(_choice(value, affected, marks) for value in MARKS),
            versions=_versions(affected, among),
            answers=_answers(affected),
            typed=typed or words_now,
            faults=faults or {},
            reasons=tuple(map(say, reasons)),
        )


def _options(question: Question, chosen: int | None) -> tuple[KeyOption, ...]:
    pairs = zip(words.LETTERS, question.content.options, strict=False)
    return tuple(
        KeyOption(str(n), letter, option.text, option.correct, n == chosen, option.rationale)
        for n, (letter, option) in enumerate(pairs)
    )


def _versions(affected: Sequence[Affected], among: frozenset[int] | None) -> tuple[VersionChoice, ...]:
    return tuple(
        VersionChoice(
            number=one.number,
            stem=one.stem,
            answers=words.answers(one.responses),
            is_chosen=among is None or one.number in among,
        )
        for one in affected
    )


def _choice(value: Marks, affected: Sequence[Affected], chosen: str | None) -> MarksChoice:
    """All counts are of answers, and of as many quizzes: none holds a question twice."""
    name, does = MARKS[value]
    to_right, to_wrong = sum(one.to_right for one in affected), sum(one.to_wrong for one in affected)
    to_full = sum(one.to_full for one in affected)
    changes = {
        "rescored": ngettext(
            "%(number)s answer in as many quizzes would change: "
            "%(right)s would count as right, %(wrong)s as wrong.",
            "%(number)s answers in as many quizzes would change: "
            "%(right)s would count as right, %(wrong)s as wrong.",
            to_right + to_wrong,
            number=format_decimal(to_right + to_wrong),
            right=to_right,
            wrong=to_wrong,
        ),
        "full": ngettext(
            "%(number)s answer in as many quizzes would change: all of them would count as right.",
            "%(number)s answers in as many quizzes would change: all of them would count as right.",
            to_full,
            number=format_decimal(to_full),
        ),
        "left": _("No answer would change."),
    }[value]
    return MarksChoice(value, _(name), _(does), changes, value == chosen)


def _answers(affected: Sequence[Affected]) -> str:
    given, quizzes = sum(one.responses for one in affected), sum(one.attempts for one in affected)
    if not given:
        return str(_("Nobody has answered the question with the wrong key. Only its words will change."))
    return str(
        ngettext(
            "%(number)s answer in %(quizzes)s quiz was judged by the wrong key.",
            "%(number)s answers in %(quizzes)s quizzes were judged by the wrong key.",
            given,
            number=format_decimal(given),
            quizzes=quizzes,
        )
    )
