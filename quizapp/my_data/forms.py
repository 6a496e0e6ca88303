"""What learners send about their data: that they mean it, a code, and a choice."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from quizapp.marking import mark

CHOICES = ("join", "leave", "cancel")
NO_CODE = mark("Type the code.")
TOO_LONG = mark("This is longer than any code.")


class AgreeForm(FlaskForm):  # type: ignore[misc]
    """A button that says what it does."""

    agreed = HiddenField(validators=[AnyOf(("yes",))])


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code from another device."""

    code = StringField(validators=[InputRequired(NO_CODE), Length(max=60, message=TOO_LONG)])

    @property
    def first_error(self) -> str:
        """What to tell the learner."""
        messages = self.code.errors or (NO_CODE,)
        return str(_(messages[0]))


class ChoiceForm(FlaskForm):  # type: ignore[misc]
    """What becomes of two learners."""

    choice = StringField(validators=[AnyOf(CHOICES)])
