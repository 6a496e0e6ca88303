"""What a learner sends: the choice of a quiz, and the choice of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Regexp, ValidationError

from quizapp.services.attempts import DEFAULT_LENGTH, LENGTHS
from quizapp.services.reports import LONGEST, REASONS

INCOMPLETE = "Something was missing or garbled. Please choose again."
_LENGTHS = [str(length) for length in LENGTHS]
_TOKEN = Regexp(r"[A-Za-z0-9_-]{0,64}\Z", message=INCOMPLETE)  # as they are given out


def sent_once(form: Form, field: Field) -> None:
    """Of two answers to one question neither counts."""
    del form
    if len(field.raw_data or ()) > 1:
        raise ValidationError(INCOMPLETE)


class QuizForm(FlaskForm):  # type: ignore[misc]
    """A form of this quiz."""

    @property
    def first_error(self) -> str:
        """What to tell the learner."""
        return next((message for messages in self.errors.values() for message in messages), INCOMPLETE)


class StartForm(QuizForm):
    """Topics and length of a new quiz."""

    topic = SelectMultipleField(
        validators=[InputRequired("Choose at least one topic.")], validate_choice=False
    )
    length = RadioField(
        default=str(DEFAULT_LENGTH),
        validators=[AnyOf(_LENGTHS, message=INCOMPLETE), sent_once],
        validate_choice=False,
    )
    _offered: frozenset[str] = frozenset()

    @classmethod
    def for_topics(cls, topics: Sequence[str]) -> StartForm:
        """The form with the topics that can be chosen."""
        form = cls()
        form._offered = frozenset(topics)
        return form

    def validate_topic(self, field: Field) -> None:
        """Take only what is offered; WTForms' own check would repeat what was sent."""
        if not self._offered.issuperset(field.data):
            raise ValidationError(INCOMPLETE)

    @property
    def chosen_topics(self) -> tuple[str, ...]:
        """The topics chosen, each once."""
        return tuple(dict.fromkeys(self.topic.data or ()))

    @property
    def wanted_length(self) -> int:
        """The length chosen, or the usual one where it is none that is offered."""
        return int(self.length.data) if self.length.data in _LENGTHS else DEFAULT_LENGTH


class ResponseForm(QuizForm):
    """The option chosen, and the key that makes sending it twice harmless.

    Whether the option belongs to the question is decided in the transaction that records it.
    """

    option = RadioField(
        validators=[InputRequired("Choose an answer first."), _TOKEN, sent_once], validate_choice=False
    )
    key = HiddenField(validators=[_TOKEN, sent_once])


class ReportForm(QuizForm):
    """What is wrong with a question: the button that was pressed, and words if the learner likes."""

    reason = StringField(
        validators=[AnyOf(list(REASONS), message="Choose what is wrong with the question."), sent_once]
    )
    text = TextAreaField(validators=[Length(max=LONGEST, message=f"At most {LONGEST} characters, please.")])
