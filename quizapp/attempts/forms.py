"""What a learner sends: the choice of a quiz, and the choice of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import AnyOf, InputRequired, Length, Regexp

from quizapp.services.attempts import DEFAULT_LENGTH, LENGTHS

INCOMPLETE = "Something was missing. Please choose again."
_TOKEN = 64  # characters; longer than any that was given out


class StartForm(FlaskForm):  # type: ignore[misc]
    """Topics and length of a new quiz."""

    @classmethod
    def for_topics(cls, topics: Sequence[str]) -> StartForm:
        """The form with the topics that can be chosen."""
        form = cls()
        form.topic.choices = list(topics)  # type: ignore[arg-type]  # the stubs know pairs only
        return form

    @property
    def wanted_length(self) -> int | None:
        """The length to show again, if it was one that is offered."""
        return int(self.length.data) if self.length.data in {str(length) for length in LENGTHS} else None

    @property
    def first_error(self) -> str:
        """What to tell the learner."""
        return next(iter(message for messages in self.errors.values() for message in messages), INCOMPLETE)

    topic = SelectMultipleField(
        validators=[InputRequired("Choose at least one topic.")],
        validate_choice=True,
    )
    length = RadioField(
        choices=[str(length) for length in LENGTHS],  # type: ignore[misc]  # as above
        default=str(DEFAULT_LENGTH),
        validators=[AnyOf([str(length) for length in LENGTHS])],
    )


class ResponseForm(FlaskForm):  # type: ignore[misc]
    """The option chosen, and the key that makes sending it twice harmless.

    Whether the option belongs to the question is decided in the transaction that records it.
    """

    option = RadioField(
        validators=[InputRequired("Choose an answer first."), Length(max=_TOKEN)],
        validate_choice=False,
    )
    key = HiddenField(validators=[Length(max=_TOKEN), Regexp("^[A-Za-z0-9_-]*$")])

    @property
    def first_error(self) -> str:
        """What to tell the learner."""
        return next(iter(message for messages in self.errors.values() for message in messages), INCOMPLETE)
