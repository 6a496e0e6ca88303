"""What teachers send about one question: a new state, an old version, another key, decisions, settled reports."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Regexp, ValidationError

from question_bank.items import State
from quizapp.languages import lazy_gettext
from quizapp.services.deciding import Decision
from quizapp.services.key_corrections import MARKS, Marks, NewKey
from quizapp.services.states import NAMES, NEED_A_REASON

INCOMPLETE = lazy_gettext("Something was missing or garbled. Please try again.")
WHY = 500  # letters of a reason
TEXT = 2000  # … and of a text

_WHAT_COUNTS = lazy_gettext("Choose what the answers given so far are to count.")
_PLACE = Regexp(r"[0-9]{1,2}\Z", message=INCOMPLETE)
_NUMBER = Regexp(r"[0-9]{1,9}\Z", message=INCOMPLETE)


class TeachersForm(FlaskForm):  # type: ignore[misc]
    """A form on one question; ``version`` is the number of the version that the teacher had before them."""

    version = HiddenField(validators=[InputRequired(INCOMPLETE), _NUMBER])

    @property
    def seen(self) -> int:
        """The version that the teacher saw."""
        return int(self.version.data or 0)

    def faults(self) -> dict[str, str]:
        """For each field that was wrong what to tell beside it."""
        return {name: str(messages[0]) for name, messages in self.errors.items() if messages}


class StateForm(TeachersForm):
    """Where the question goes, and why."""

    to = StringField(
        validators=[AnyOf(list(NAMES), message=lazy_gettext("Choose what is to be done with the question."))]
    )
    why = StringField(
        validators=[Length(max=WHY, message=lazy_gettext("Say it in at most %(max)d letters."))]
    )

    @property
    def wanted(self) -> State:
        """The state, which is one of those that there are."""
        state: State = self.to.data  # type: ignore[assignment]
        return state

    def validate_why(self, field: Field) -> None:
        """Some changes need a reason."""
        if self.to.data in NEED_A_REASON and not (field.data or "").strip():
            raise ValidationError(lazy_gettext("Say why: others will read it beside the question."))


class RestoreForm(TeachersForm):
    """Which version is to come back."""

    number = StringField(validators=[InputRequired(INCOMPLETE), _NUMBER])


class SettleForm(FlaskForm):  # type: ignore[misc]
    """Which report needs no more."""

    report = StringField(validators=[InputRequired(INCOMPLETE), _NUMBER])


class TryForm(FlaskForm):  # type: ignore[misc]
    """The option that a teacher tries in the preview."""

    option = RadioField(
        validators=[InputRequired(lazy_gettext("Choose an answer first.")), _PLACE], validate_choice=False
    )


class KeyForm(TeachersForm):
    """The option that is right after all, what has to be said instead, and what old answers are to count."""

    key = RadioField(
        validators=[InputRequired(lazy_gettext("Choose the option that is right.")), _PLACE],
        validate_choice=False,
    )
    rationale = TextAreaField(
        validators=[InputRequired(lazy_gettext("Say why this option is right.")), Length(max=TEXT)],
    )
    old_rationale = TextAreaField(
        validators=[
            InputRequired(lazy_gettext("Say why the option that was called right is not.")),
            Length(max=TEXT),
        ],
    )
    explanation = TextAreaField(
        validators=[
            InputRequired(lazy_gettext("Explain the right answer: students read it.")),
            Length(max=TEXT),
        ],
    )
    marks = RadioField(validators=[InputRequired(_WHAT_COUNTS)], validate_choice=False)
    of = SelectMultipleField(validators=[], validate_choice=False)
    counted = IntegerField()

    def validate_marks(self, field: Field) -> None:
        """One of three."""
        if field.data not in MARKS:
            raise ValidationError(_WHAT_COUNTS)

    @property
    def new_key(self) -> NewKey:
        """The option, and the words that go with it."""
        return NewKey(
            option=int(self.key.data),
            rationale=(self.rationale.data or "").strip(),
            old_rationale=(self.old_rationale.data or "").strip(),
            explanation=(self.explanation.data or "").strip(),
        )

    @property
    def chosen_marks(self) -> Marks:
        """What old answers are to count."""
        marks: Marks = self.marks.data
        return marks

    @property
    def versions(self) -> frozenset[int]:
        """The versions whose answers are meant."""
        return frozenset(
            int(number) for number in self.of.data or () if number.isdecimal() and number.isascii()
        )


class DecisionForm(TeachersForm):
    """For each field that waits whose value it is to have, or that the rebuild's version is declined."""

    fingerprint = HiddenField(validators=[Regexp(r"[0-9a-f]{0,64}\Z", message=INCOMPLETE)])
    what = StringField(
        validators=[
            AnyOf(
                ["decide", "decline"],
                message=lazy_gettext("Choose what is to be done with the rebuild’s version."),
            )
        ]
    )

    def decisions(self, fields: Iterable[str]) -> dict[str, Decision]:
        """What was chosen, for each field that waits and has been chosen for."""
        sent = {name: request.form.get(f"choice-{name}") for name in fields}
        return {name: _CHOICES[choice] for name, choice in sent.items() if choice in _CHOICES}


_CHOICES: dict[str | None, Decision] = {"theirs": "theirs", "mine": "mine"}
