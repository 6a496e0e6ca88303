"""What a teacher sends from the list: questions that are to change their state together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, Length, ValidationError

from question_bank.items import State
from quizapp.bank.labels import CHANGES
from quizapp.languages import lazy_gettext
from quizapp.services.states import NEED_A_REASON

MOST = 1000  # questions at once: a change of more would keep everybody else waiting


class BulkForm(FlaskForm):  # type: ignore[misc]
    """Which questions, or all that the list had when it was ``seen``; where they go, and why."""

    uid = SelectMultipleField(validate_choice=False)
    all = BooleanField()
    seen = IntegerField()
    to = StringField(validators=[AnyOf(list(CHANGES), message=lazy_gettext("Choose what to do with them."))])
    why = StringField(
        validators=[Length(max=500, message=lazy_gettext("Say it in at most %(max)d letters."))]
    )

    @property
    def state(self) -> State:
        """Where the questions go; validation has seen that it is a state."""
        return cast("State", self.to.data)

    def validate_uid(self, field: Field) -> None:
        """Something has to be chosen."""
        if not self.all.data and not field.data:
            raise ValidationError(_("Choose at least one question."))
        if len(field.data or ()) > MOST:
            raise ValidationError(
                _("These are too many at once: choose at most %(most)s.", most=format_decimal(MOST))
            )

    def validate_why(self, field: Field) -> None:
        """Some changes need a reason."""
        if self.to.data in NEED_A_REASON and not (field.data or "").strip():
            raise ValidationError(_("Say why: others will read it beside the question."))

    def is_as_seen(self, uids: Sequence[str]) -> bool:
        """Whether "all" still means what the teacher saw: as many questions, and not too many."""
        if not self.all.data:
            return True
        total, most = format_decimal(len(uids)), format_decimal(MOST)
        if len(uids) > MOST:
            self.uid.errors = [
                _(
                    "The list has %(total)s questions. Narrow it to %(most)s, or choose single ones.",
                    total=total,
                    most=most,
                )
            ]
        elif len(uids) != self.seen.data:
            self.uid.errors = [
                ngettext(
                    "The list has changed: it has %(total)s question now. Look again, then choose.",
                    "The list has changed: it has %(total)s questions now. Look again, then choose.",
                    len(uids),
                    total=total,
                )
            ]
        return not self.uid.errors

    def first_error(self, name: str) -> str | None:
        """What was wrong with a field."""
        messages = self.errors.get(name)
        return str(messages[0]) if messages else None
