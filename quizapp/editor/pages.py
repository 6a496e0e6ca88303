"""What the form of a question shows: the passage, what was typed, and what the checks say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.editor.actions import Desk, suggestions_for
from quizapp.editor.beside import Beside, Choice
from quizapp.editor.differences import Difference
from quizapp.editor.forms import BLOOMS
from quizapp.editor.labels import IN_MORE, label_of, places
from quizapp.editor.preview import Preview
from quizapp.editor.remarks import Remarks, count, question_address
from quizapp.marking import mark
from quizapp.services.drafting import MOST_OPTIONS, Draft
from quizapp.services.editing import Question
from quizapp.services.suggestions import Suggestion
from quizapp.services.versions import Quote
from quizapp.words import LEVELS, REASONS, STANCES, Words

ROOM = "/admin/questions"

_BLANK = Quote("", 0, "")
_DIFFICULTIES = {"easy": mark("Easy"), "medium": mark("Medium"), "hard": mark("Hard")}

Faults = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved meanwhile: who, when, and what is different."""

    by: str
    at: str
    since: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with the form and is no part of the question."""

    note: str = ""
    cosmetic: bool = False
    suggesting: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about a draft: faults keep from saving, remarks do not; ``notice`` comes before all."""

    faults: Faults = field(default_factory=dict)
    remarks: Remarks = field(default_factory=dict)
    reasons: tuple[str, ...] = ()  # why it cannot be published, beyond single fields
    notice: str = ""
    exact: frozenset[str] = frozenset()  # rows of quotes for which exact words are known
    is_checked: bool = False

    def exact_row(self, name: str) -> str:
        """The row of a quote whose exact words are known, by the name of its field for words; else empty."""
        row = name.removesuffix("-quote")
        return row if row != name and row in self.exact else ""

    @property
    def status(self) -> str:
        """One line for those who listen."""
        n = count(self.remarks)
        if not self.is_checked:
            return ""
        if n == 0:
            return str(_("Nothing to remark."))
        return str(ngettext("%(num)s remark on your question.", "%(num)s remarks on your question.", n))


def _named(known: Mapping[str, Words]) -> dict[str, str]:
    return {name: _(words.name) for name, words in known.items()}


def _levels() -> tuple[Choice, ...]:
    return tuple(
        (name, _("%(name)s: %(means)s", name=_(LEVELS[name].name), means=_(LEVELS[name].means)))
        for name in BLOOMS
    )


def _difficulties() -> tuple[Choice, ...]:
    return tuple((name, _(told)) for name, told in _DIFFICULTIES.items())


@dataclass(frozen=True, slots=True)
class EditorPage:
    """The form."""

    title: str
    room: str
    action: str
    check_url: str
    uid: str
    based_on: int
    state: str
    question_url: str
    draft: Draft
    typed: Typed
    said: Said
    beside: Beside
    suggestions: tuple[tuple[str, Suggestion], ...]
    topics: tuple[Choice, ...]
    guessed: Mapping[str, str]
    preview: Preview | None
    conflict: Conflict | None
    may_publish: bool
    is_check: bool = False
    reasons: Mapping[str, str] = field(default_factory=lambda: _named(REASONS))
    blooms: tuple[Choice, ...] = field(default_factory=_levels)
    stances: tuple[Choice, ...] = field(default_factory=lambda: tuple(_named(STANCES).items()))
    difficulties: tuple[Choice, ...] = field(default_factory=_difficulties)
    most_options: int = MOST_OPTIONS
    blank_quote: Quote = _BLANK

    @property
    def is_new(self) -> bool:
        """Whether the question is not in the bank yet."""
        return not self.uid

    @property
    def places(self) -> tuple[str, ...]:
        """Where something can be said beside a field."""
        return places(self.draft)

    @property
    def opens_more(self) -> bool:
        """Whether something is said about what is folded away."""
        return bool(IN_MORE & self.said.faults.keys())

    def opens_answer(self, n: int) -> bool:
        """Whether something is wrong with what is folded away under an answer."""
        folded = (f"options-{n}-evidence", f"options-{n}-reason")
        return any(name.startswith(folded) for name in self.said.faults)

    def label_of(self, name: str) -> str:
        """What a teacher calls the field of this name."""
        return label_of(name)

    def guess(self, name: str) -> str:
        """How the first choice reads: what would be guessed."""
        guess = self.guessed[name]
        return _("Guess: %(guess)s", guess=guess) if guess else ""


def address_of(question: Question | None) -> str:
    """Where the form is sent to."""
    return url_for("editor.edit", uid=question.uid) if question else url_for("editor.write")


def where_kept(question: Question | None) -> str:
    """Where to look at the question, or, while there is none, at all of them."""
    return question_address(question.uid) if question else ROOM


def suggestions_shown(draft: Draft, desk: Desk, typed: Typed) -> tuple[tuple[str, Suggestion], ...]:
    """Wrong answers to take, once they were asked for."""
    return suggestions_for(draft, desk.base) if typed.suggesting else ()
