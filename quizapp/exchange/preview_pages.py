"""What the preview of an import shows: new questions, changes field by field, and what is wrong with the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.exchange.pages import ROOM
from quizapp.languages import say
from quizapp.locators import document_names
from quizapp.marking import mark
from quizapp.services.csv_format import write_quotes
from quizapp.services.import_file import OPTION_FIELDS, TAKEN_OVER, Fault
from quizapp.services.import_plan import Change, New, Plan, There
from quizapp.services.versions import Content, Quote

MOST_SHOWN = 500  # rows of a kind; a longer list is nothing that anybody reads

_NAMES = {
    "topic": mark("Topic"),
    "stem": mark("Question"),
    "explanation": mark("Explanation"),
    "evidence": mark("Evidence"),
    "facts": mark("Facts"),
    "bloom": mark("Level"),
    "stance": mark("Stance"),
    "speaker": mark("Speaker"),
    "ordered": mark("Options keep their order"),
    "difficulty": mark("Difficulty"),
}
_OPTION_NAMES = {
    "text": mark("Option %(number)s, text"),
    "correct": mark("Option %(number)s, right"),
    "rationale": mark("Option %(number)s, why"),
    "reason": mark("Option %(number)s, kind of reason"),
    "evidence": mark("Option %(number)s, evidence"),
}
_IN_OUR_WORDS = frozenset({"ordered", "correct"})  # the page says yes or no
_STATES = {
    "draft": mark("draft"),
    "in_review": mark("in review"),
    "approved": mark("approved"),
    "retired": mark("retired"),
}
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class NewView:
    """A question that would be added."""

    line: int
    stem: str
    key: str
    options: int
    notes: tuple[str, ...]

    @classmethod
    def of(cls, new: New) -> NewView:
        """What a teacher looks at before saying yes."""
        content = new.content
        unexplained = sum(not option.rationale.strip() for option in content.options)
        notes = (
            (content.is_unsourced, _("no source")),
            (not content.explanation.strip(), _("no explanation")),
            (
                unexplained,
                _(
                    "%(number)s of %(options)s options do not say why",
                    number=unexplained,
                    options=len(content.options),
                ),
            ),
        )
        return cls(
            line=new.line,
            stem=content.stem,
            key=content.key.text,
            options=len(content.options),
            notes=tuple(text for is_so, text in notes if is_so),
        )


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field that would change."""

    name: str
    is_content: bool  # in the language of the questions
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A question that would get a new version."""

    line: int
    uid: str
    href: str
    stem: str
    state: str
    fields: tuple[FieldView, ...]

    @classmethod
    def of(cls, change: Change) -> ChangeView:
        """Old and new side by side."""
        question = change.question
        return cls(
            line=change.line,
            uid=question.uid,
            href=f"/admin/questions/{question.uid}",
            stem=question.content.stem,
            state=_(_STATES[question.state]),
            fields=tuple(_differences(question.content, change.content)),
        )


@dataclass(frozen=True, slots=True)
class FaultView:
    """Something that keeps the file from being imported."""

    line: int
    place: str
    message: str

    @classmethod
    def of(cls, fault: Fault) -> FaultView:
        """The view of a fault."""
        return cls(fault.line, fault.place, say(fault.message))


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What an import would do. With a fault there is no button that does it."""

    title: str
    room: str
    format: str
    action: str | None
    digest: str
    news: tuple[NewView, ...]
    changes: tuple[ChangeView, ...]
    theres: tuple[There, ...]
    faults: tuple[FaultView, ...]
    counts: dict[str, int]
    button: str
    is_stale: bool
    error: str | None

    @classmethod
    def of(
        cls, plan: Plan, *, name: str | None = None, is_stale: bool = False, error: str | None = None
    ) -> PreviewPage:
        """The page; ``name`` is that of the kept file, where it was kept."""
        count = len(plan.new) + len(plan.changed)
        return cls(
            title=_("This file cannot be imported as it is")
            if plan.faults
            else _("Nothing was imported yet"),
            room=ROOM,
            format=plan.format,
            action=None
            if plan.does_nothing or name is None
            else url_for("exchange.confirm_import", name=name),
            digest=plan.digest,
            news=tuple(NewView.of(new) for new in plan.new[:MOST_SHOWN]),
            changes=tuple(ChangeView.of(change) for change in plan.changed[:MOST_SHOWN]),
            theres=plan.there[:MOST_SHOWN],
            faults=tuple(FaultView.of(fault) for fault in plan.faults[:MOST_SHOWN]),
            counts={
                "new": len(plan.new),
                "changed": len(plan.changed),
                "there": len(plan.there),
                "faults": len(plan.faults),
            },
            button=ngettext("Import this question", "Import these %(num)s questions", count),
            is_stale=is_stale,
            error=error,
        )


def _differences(old: Content, new: Content) -> Sequence[FieldView]:
    found = [
        FieldView(
            _(_NAMES[name]), name not in _IN_OUR_WORDS, _shown(getattr(old, name)), _shown(getattr(new, name))
        )
        for name in TAKEN_OVER
        if name != "options" and getattr(old, name) != getattr(new, name)
    ]
    for n in range(max(len(old.options), len(new.options))):
        before = old.options[n] if n < len(old.options) else None
        after = new.options[n] if n < len(new.options) else None
        for name in OPTION_FIELDS:
            pair = getattr(before, name, ""), getattr(after, name, "")
            if pair[0] != pair[1]:
                label = _(_OPTION_NAMES[name], number=n + 1)
                found.append(FieldView(label, name not in _IN_OUR_WORDS, *map(_shown, pair)))
    return found


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        quotes = [
            {"document": one.document, "paragraph": one.paragraph, "quote": one.quote}
            for one in value
            if isinstance(one, Quote)
        ]
        letters = {document.id: letter for letter, document in document_names().items()}
        return (write_quotes(quotes, letters) if quotes else ", ".join(map(str, value))) or _NOTHING
    return str(value) if value not in {None, ""} else _NOTHING
