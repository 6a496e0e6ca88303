"""What a learner sends: the choice of a quiz, and the choice of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Optional, Regexp, ValidationError

from question_bank.scoring import CERTAINTY_MARKS
from quizapp.marking import mark
from quizapp.services.attempts import MODES, PRACTICE, TEST
from quizapp.services.reports import LONGEST, REASONS
from quizapp.services.responses import Answer
from quizapp.services.starting import DEFAULT_LENGTH, LENGTHS, MINUTES, Manner

INCOMPLETE = mark("Something was missing or garbled. Please choose again.")
NO_TOPIC = mark("Choose at least one topic.")
NO_ANSWER = mark("Choose an answer first.")
NO_CERTAINTY = mark("Say how sure you are, too.")
NO_REASON = mark("Choose what is wrong with the question.")
_CERTAINTIES = [str(level) for level in CERTAINTY_MARKS]
_MINUTES = [str(minutes) for minutes in MINUTES]
_LENGTHS = [str(length) for length in LENGTHS]
_TOKEN = Regexp(r"[A-Za-z0-9_-]{0,64}\Z", message=INCOMPLETE)  # as they are given out


def sent_once(form: Form, field: Field) -> None:
    """Of two answers to one question neither counts."""
    del form
    if len(field.raw_data or ()) > 1:
        raise ValidationError(INCOMPLETE)


class QuizForm(FlaskForm):  # type: ignore[misc]
    """A form of this quiz. Nothing is shown that WTForms says, so its catalogue need not be read at each request."""

    class Meta:
        """How WTForms handles it."""

        def get_translations(self, form: Form) -> None:
            """No translations of its own."""

    @property
    def first_error(self) -> str:
        """What to tell the learner."""
        return _(next((message for messages in self.errors.values() for message in messages), INCOMPLETE))


class StartForm(QuizForm):
    """What a new quiz is about, how long it is, and how it is taken."""

    topic = SelectMultipleField(validate_choice=False)
    length = RadioField(
        default=str(DEFAULT_LENGTH),
        validators=[AnyOf(_LENGTHS, message=INCOMPLETE), sent_once],
        validate_choice=False,
    )
    mode = RadioField(
        default=PRACTICE, validators=[AnyOf(MODES, message=INCOMPLETE), sent_once], validate_choice=False
    )
    second_try = BooleanField()
    certainty = BooleanField()
    ticket = HiddenField(validators=[_TOKEN, sent_once])
    minutes = RadioField(
        validators=[Optional(), AnyOf(_MINUTES, message=INCOMPLETE), sent_once], validate_choice=False
    )
    _offered: tuple[str, ...] = ()

    @classmethod
    def for_topics(cls, topics: Sequence[str]) -> StartForm:
        """The form with the topics that can be chosen."""
        form = cls()
        form._offered = tuple(topics)
        return form

    def validate_topic(self, field: Field) -> None:
        """Take only what is offered; WTForms' own check would repeat what was sent."""
        if not field.data and self.mode.data in {PRACTICE, TEST}:
            raise ValidationError(NO_TOPIC)
        if not set(self._offered).issuperset(field.data or ()):
            raise ValidationError(INCOMPLETE)

    @property
    def chosen_topics(self) -> tuple[str, ...]:
        """The topics chosen, each once; what is learned again is of all topics unless some are chosen."""
        chosen = tuple(dict.fromkeys(self.topic.data or ()))
        return chosen if chosen or self.mode.data in {PRACTICE, TEST} else self._offered

    @property
    def wanted_length(self) -> int:
        """The length chosen, or the usual one where it is none that is offered."""
        return int(self.length.data) if self.length.data in _LENGTHS else DEFAULT_LENGTH

    @property
    def manner(self) -> Manner:
        """How the quiz is to be taken; what is not offered falls back to the usual."""
        return Manner(
            mode=self.mode.data if self.mode.data in MODES else PRACTICE,
            second_try=self.second_try.data,
            asks_certainty=self.certainty.data,
            minutes=int(self.minutes.data) if self.minutes.data in _MINUTES else None,
        )


class ResponseForm(QuizForm):
    """The option chosen, how sure it is, and the key that makes sending it twice harmless.

    Whether the option belongs to the question is decided in the transaction that records it, and so is whether the
    quiz asks for certainty at all.
    """

    option = RadioField(validators=[InputRequired(NO_ANSWER), _TOKEN, sent_once], validate_choice=False)
    certainty = RadioField(
        validators=[Optional(), AnyOf(_CERTAINTIES, message=INCOMPLETE), sent_once], validate_choice=False
    )
    key = HiddenField(validators=[_TOKEN, sent_once])

    @property
    def answer(self) -> Answer:
        """What is recorded, or shown again with what was wrong."""
        certainty = int(self.certainty.data) if self.certainty.data in _CERTAINTIES else None
        return Answer(self.option.data, self.key.data or "", certainty)


class SecondTryForm(QuizForm):
    """Another option, or the wish to see the answer."""

    option = RadioField(validators=[_TOKEN, sent_once], validate_choice=False)
    give_up = BooleanField()

    def validate_option(self, field: Field) -> None:
        """One of the two has to be there."""
        if not field.data and not self.give_up.data:
            raise ValidationError(NO_ANSWER)

    @property
    def token(self) -> str | None:
        """The option chosen; None where the answer is to be shown."""
        return None if self.give_up.data else self.option.data


class PracticeForm(QuizForm):
    """The wish to be asked again what was missed."""

    ticket = HiddenField(validators=[_TOKEN, sent_once])

    @property
    def ticket_sent(self) -> str:
        """What makes sending it twice harmless; nothing where it is none."""
        return str(self.ticket.data or "") if self.validate_on_submit() else ""


class ReportForm(QuizForm):
    """What is wrong with a question: the button that was pressed, and words if the learner likes."""

    reason = StringField(validators=[AnyOf(list(REASONS), message=NO_REASON), sent_once])
    text = TextAreaField()

    def validate_text(self, field: Field) -> None:
        """It may not be longer than what is kept of it."""
        if len(field.data or "") > LONGEST:
            raise ValidationError(_("At most %(count)s characters, please.", count=LONGEST))
