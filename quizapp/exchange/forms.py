"""What a teacher sends to bring questions in or take them out."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional, Regexp, ValidationError

from quizapp.services.exporting import FORMATS
from quizapp.services.import_file import MOST_BYTES
from quizapp.services.importing import STATES
from quizapp.services.paper import LONGEST

SEEDS = 10**9
DEFAULT_LENGTH = 10

_NO_NUMBER = lazy_gettext("This is no whole number.")
_NO_FILE = lazy_gettext("Choose a file first.")
_VERSIONS = re.compile(r"[1-9][0-9]{0,8}(?:\.[1-9][0-9]{0,8})*")


class ExportForm(FlaskForm):  # type: ignore[misc]
    """Which questions in which format; ``which`` is the list that the teacher came from, or all approved ones."""

    which = RadioField(
        default="approved",
        validators=[AnyOf(("approved", "list"), message=lazy_gettext("Choose which questions."))],
        validate_choice=False,
    )
    format = RadioField(
        validators=[AnyOf(FORMATS, message=lazy_gettext("Choose a format."))],
        validate_choice=False,
    )
    mark = BooleanField()
    list = HiddenField()


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A file with questions. Neither its name nor its kind, which anybody can choose, is asked for."""

    file = FileField()

    def validate_file(self, field: Field) -> None:
        """There has to be one."""
        if not isinstance(field.data, FileStorage):
            raise ValidationError(_NO_FILE)

    def read(self) -> bytes:
        """Its bytes; of a file that is too large, one more than may be."""
        data: bytes = self.file.data.stream.read(MOST_BYTES + 1)
        return data


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """The plan that was previewed, and where new questions begin."""

    digest = HiddenField(
        validators=[Regexp(r"[0-9a-f]{64}\Z", message=lazy_gettext("Look at the preview once more."))]
    )
    state = RadioField(
        validators=[AnyOf(STATES, message=lazy_gettext("Choose where the new questions begin."))],
        validate_choice=False,
    )


class PaperForm(FlaskForm):  # type: ignore[misc]
    """What a paper is made of; it stands in the address, so that it can be passed on."""

    class Meta:
        """Settings of WTForms."""

        csrf = False  # it changes nothing

    topic = SelectMultipleField(validate_choice=False)
    length = IntegerField(  # type: ignore[call-arg]  # the field is newer than its types
        invalid_value_message=_NO_NUMBER,
        default=DEFAULT_LENGTH,
        validators=[
            InputRequired(lazy_gettext("Say how many questions.")),
            NumberRange(
                1,
                LONGEST,
                message=lazy_gettext("Between 1 and %(most)s questions fit on a paper.", most=LONGEST),
            ),
        ],
    )
    seed = IntegerField(  # type: ignore[call-arg]  # the field is newer than its types
        invalid_value_message=_NO_NUMBER,
        validators=[
            Optional(),
            NumberRange(
                0, SEEDS - 1, message=lazy_gettext("A seed is a number below %(below)s.", below=SEEDS)
            ),
        ],
    )


def sheets_asked_for(args: MultiDict[str, str]) -> tuple[tuple[int, ...], int] | None:
    """The versions and the seed that the address of a paper names, if it does."""
    versions, seed = args.get("v", ""), args.get("seed", "")
    if not _VERSIONS.fullmatch(versions) or not re.fullmatch(r"[0-9]{1,9}", seed):
        return None
    found = tuple(dict.fromkeys(int(one) for one in versions.split(".")))
    return (found, int(seed)) if len(found) <= LONGEST else None
