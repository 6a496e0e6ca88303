"""What a teacher sends: the fields of a question by the names of the JSON export, and which button was pressed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from flask_babel import format_decimal, lazy_gettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FieldList, Form, FormField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, Length, ValidationError

from question_bank.facts import Stance
from question_bank.items import REASONS, Bloom
from quizapp.services.drafting import DIFFICULTIES, Draft, DraftOption
from quizapp.services.versions import Quote

MOST_READ = 10  # options, which imported questions may have
MOST_QUOTES = 6
MOST_TEXT = 20_000  # characters in all

TOO_LONG = lazy_gettext("This is too long: %(max)d characters at most.")
GARBLED = lazy_gettext("This holds characters that cannot be shown. Type it again instead of pasting it.")
UNKNOWN = lazy_gettext("This is none of the choices.")

BLOOMS = get_args(Bloom)
STANCE_NAMES = get_args(Stance)

_DIRECTIONS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)  # they show text as what it is not
_DIGITS = re.compile(r"[0-9]{1,4}\Z")


def one_line(text: str | None) -> str:
    """Composed letters, and white space as single spaces."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def as_typed(text: str | None) -> str:
    """Composed letters, and one kind of line break; spaces inside stay, since quotes must be exact."""
    return unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def can_be_shown(form: Form, field: Field) -> None:
    """Refuse control characters; white space has become spaces or line breaks by now."""
    del form
    if any(
        (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t") or sign in _DIRECTIONS
        for sign in field.data
    ):
        raise ValidationError(GARBLED)


class Words(StringField):
    """A field that holds a text, if an empty one."""

    data: str  # the filters below never answer None


def text_field(most: int, *, lines: bool = False) -> Words:
    """A field for words."""
    return Words(
        filters=[as_typed if lines else one_line],
        validators=[can_be_shown, Length(max=most, message=TOO_LONG)],
    )


def choice_field(choices: Iterable[str]) -> Words:
    """A field for one of some words, or none."""
    return Words(filters=[one_line], validators=[AnyOf(["", *choices], message=UNKNOWN)])


class Entries(FieldList):  # type: ignore[type-arg]  # generic to the type checker only
    """A list of fields whose numbers in names are plain digits, and few; other names are not ours."""

    def _extract_indices(self, prefix: str, formdata: MultiDict[str, str]) -> Iterator[int]:
        for name in formdata:
            number, _dash, rest = name.removeprefix(f"{prefix}-").partition("-")
            if name.startswith(f"{prefix}-") and rest and re.fullmatch(r"[0-9]{1,2}", number):
                yield int(number)


class QuoteForm(Form):
    """Words of a passage, and which."""

    document = text_field(200)
    paragraph = text_field(10)
    quote = text_field(2000, lines=True)

    def value(self) -> Quote:
        """The quote; paragraph 0, which there is none of, where no number was sent."""
        number = self.paragraph.data
        return Quote(self.document.data, int(number) if _DIGITS.match(number) else 0, self.quote.data)


class OptionForm(Form):
    """An option."""

    text = text_field(300)
    rationale = text_field(600)
    reason = choice_field(REASONS)
    evidence = Entries(FormField(QuoteForm), max_entries=MOST_QUOTES)

    def value(self) -> DraftOption:
        """The option as typed."""
        quotes = tuple(entry.form.value() for entry in self.evidence)
        return DraftOption(self.text.data, self.rationale.data, self.reason.data, quotes)


class TakeForm(Form):
    """For each field that two teachers changed: ``theirs``, or anything else for mine."""

    stem = StringField()
    options = StringField()
    explanation = StringField()
    evidence = StringField()
    facts = StringField()
    topic = StringField()
    bloom = StringField()
    stance = StringField()
    speaker = StringField()
    ordered = StringField()
    difficulty = StringField()


class EditorForm(FlaskForm):  # type: ignore[misc]
    """A question. ``do`` names the button; ``passage`` is the one on show, as "document n"."""

    do = text_field(80)
    uid = text_field(200)
    based_on = text_field(10)
    since = text_field(10)
    suggesting = text_field(5)
    passage = text_field(200)
    stem = text_field(500)
    explanation = text_field(2000)
    options = Entries(FormField(OptionForm), max_entries=MOST_READ)
    correct = text_field(2)
    evidence = Entries(FormField(QuoteForm), max_entries=MOST_QUOTES)
    no_source = BooleanField()
    facts = SelectMultipleField(validate_choice=False)
    topic = text_field(60)
    bloom = choice_field(BLOOMS)
    stance = choice_field(STANCE_NAMES)
    speaker = text_field(120)
    ordered = BooleanField()
    difficulty = choice_field(DIFFICULTIES)
    note = text_field(300)
    cosmetic = BooleanField()
    take = FormField(TakeForm)

    def draft(self) -> Draft:
        """The question as typed."""
        correct = self.correct.data
        return Draft(
            stem=self.stem.data,
            explanation=self.explanation.data,
            options=tuple(entry.form.value() for entry in self.options),
            key=int(correct) if _DIGITS.match(correct) else None,
            evidence=tuple(entry.form.value() for entry in self.evidence),
            no_source=self.no_source.data,
            facts=tuple(dict.fromkeys(self.facts.data or ())),
            topic=self.topic.data,
            bloom=self.bloom.data or "remember",
            stance=self.stance.data,
            speaker=self.speaker.data,
            ordered=self.ordered.data,
            difficulty=self.difficulty.data if self.difficulty.data in DIFFICULTIES else "medium",
        )

    def number(self, name: str) -> int | None:
        """The number of a version that a hidden field holds."""
        text = getattr(self, name).data
        return int(text) if _DIGITS.match(text) else None

    @property
    def taken(self) -> frozenset[str]:
        """The fields that are to be as the other teacher has them."""
        return frozenset(name for name, value in self.take.data.items() if value == "theirs")

    def faults(self) -> dict[str, str]:
        """What is wrong with single fields, by their full names; CSRF aside, which is checked before."""
        self.validate()
        found = dict(_faults(self))
        if sum(len(field.data or "") for field in _leaves(self) if isinstance(field.data, str)) > MOST_TEXT:
            most = format_decimal(MOST_TEXT)
            found.setdefault(
                "stem", _("All texts together are too long: %(most)s characters at most.", most=most)
            )
        return found


def _faults(form: Form) -> Iterator[tuple[str, str]]:
    for field in _leaves(form):
        if field.errors and field.name != "csrf_token":
            yield field.name, str(field.errors[0])


def _leaves(form: Iterable[Any]) -> Iterator[Field]:
    """Every field that holds no others."""
    for field in form:
        if isinstance(field, FormField):
            yield from _leaves(field.form)
        elif isinstance(field, FieldList):
            yield from _leaves(field)
        else:
            yield field
