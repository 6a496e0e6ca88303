"""How sure an answer is: the levels to choose from, and what they bring."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from question_bank.scoring import certainty_marks
from quizapp.marking import mark
from quizapp.services.shown import Feedback

CERTAINTIES = {1: mark("Not sure"), 2: mark("Fairly sure"), 3: mark("Sure")}


@dataclass(frozen=True, slots=True)
class CertaintyChoice:
    """A level of certainty with what it brings: so much when right, so much when wrong."""

    value: int
    label: str
    right: str
    wrong: str
    is_chosen: bool


def certainty_choices(chosen: int | None = None) -> tuple[CertaintyChoice, ...]:
    """The three levels, with the marks of each as the rule has them."""
    return tuple(
        CertaintyChoice(
            value=level,
            label=_(words),
            right=signed(certainty_marks(level, is_key=True)),
            wrong=signed(certainty_marks(level, is_key=False)),
            is_chosen=level == chosen,
        )
        for level, words in CERTAINTIES.items()
    )


def marks_note(feedback: Feedback) -> str | None:
    """How sure the answer was, and what that brings by the marking rule."""
    if feedback.certainty is None:
        return None
    marks = certainty_marks(feedback.certainty, is_key=feedback.correct)
    return ngettext(
        "You said: %(level)s. That makes %(marks)s mark.",
        "You said: %(level)s. That makes %(marks)s marks.",
        abs(marks),
        level=_(CERTAINTIES[feedback.certainty]).lower(),
        marks=signed(marks),
    )


def signed(marks: int) -> str:
    """With its sign: +3, 0, −6."""
    return f"+{marks}" if marks > 0 else f"−{-marks}" if marks < 0 else "0"
