"""What the page of import and export shows, and the preview of an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from quizapp.locators import document_names
from quizapp.services.csv_format import write_quotes
from quizapp.services.import_file import OPTION_FIELDS, TAKEN_OVER, Fault
from quizapp.services.import_plan import Change, New, Plan, There
from quizapp.services.importing import Imported
from quizapp.services.question_list import Filter
from quizapp.services.versions import Content, Quote

ROOM = "/admin/exchange"
MOST_SHOWN = 500  # rows of a kind; a longer list is nothing that anybody reads

_NAMES = {
    "topic": "Topic",
    "stem": "Question",
    "explanation": "Explanation",
    "evidence": "Evidence",
    "facts": "Facts",
    "bloom": "Level",
    "stance": "Stance",
    "speaker": "Speaker",
    "ordered": "Options keep their order",
    "difficulty": "Difficulty",
}
_OPTION_NAMES = {
    "text": "text",
    "correct": "right",
    "rationale": "why",
    "reason": "kind of reason",
    "evidence": "evidence",
}
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """Out, in, and on paper; ``listed`` is the number of questions of the list that the teacher came from."""

    title: str
    room: str
    approved: int
    listed: int | None
    list: str
    paper_href: str
    done: str | None
    export_error: str | None
    upload_error: str | None

    @classmethod
    def of(
        cls,
        wanted: Filter,
        *,
        approved: int,
        listed: int | None,
        done: Imported | None = None,
        export_error: str | None = None,
        upload_error: str | None = None,
    ) -> ExchangePage:
        """The page."""
        args = wanted.to_args()
        return cls(
            title="In and out",
            room=ROOM,
            approved=approved,
            listed=listed if args else None,
            list=urlencode(args),
            paper_href=f"{url_for('exchange.choose_paper')}?{urlencode({'from': 'list', **args})}",
            done=_told(done) if done else None,
            export_error=export_error,
            upload_error=upload_error,
        )


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
            (content.is_unsourced, "no source"),
            (not content.explanation.strip(), "no explanation"),
            (unexplained, f"{unexplained} of {len(content.options)} options do not say why"),
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
            state=question.state.replace("_", " "),
            fields=tuple(_differences(question.content, change.content)),
        )


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
    faults: tuple[Fault, ...]
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
            title="Nothing was imported yet" if not plan.faults else "This file cannot be imported as it is",
            room=ROOM,
            format=plan.format,
            action=None
            if plan.does_nothing or name is None
            else url_for("exchange.confirm_import", name=name),
            digest=plan.digest,
            news=tuple(NewView.of(new) for new in plan.new[:MOST_SHOWN]),
            changes=tuple(ChangeView.of(change) for change in plan.changed[:MOST_SHOWN]),
            theres=plan.there[:MOST_SHOWN],
            faults=plan.faults[:MOST_SHOWN],
            counts={
                "new": len(plan.new),
                "changed": len(plan.changed),
                "there": len(plan.there),
                "faults": len(plan.faults),
            },
            button=f"Import {'this question' if count == 1 else f'these {count} questions'}",
            is_stale=is_stale,
            error=error,
        )


def _told(done: Imported) -> str:
    where = {"draft": "as drafts", "in_review": "in review"}[done.state]
    return f"Imported: {done.new} new {where}, {done.changed} changed, {done.there} already there."


def _differences(old: Content, new: Content) -> Sequence[FieldView]:
    found = [
        FieldView(_NAMES[name], _shown(getattr(old, name)), _shown(getattr(new, name)))
        for name in TAKEN_OVER
        if name != "options" and getattr(old, name) != getattr(new, name)
    ]
    for n in range(max(len(old.options), len(new.options))):
        before = old.options[n] if n < len(old.options) else None
        after = new.options[n] if n < len(new.options) else None
        for name in OPTION_FIELDS:
            pair = getattr(before, name, ""), getattr(after, name, "")
            if pair[0] != pair[1]:
                found.append(FieldView(f"Option {n + 1}, {_OPTION_NAMES[name]}", *map(_shown, pair)))
    return found


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        quotes = [
            {"document": one.document, "paragraph": one.paragraph, "quote": one.quote}
            for one in value
            if isinstance(one, Quote)
        ]
        letters = {document.id: letter for letter, document in document_names().items()}
        return (write_quotes(quotes, letters) if quotes else ", ".join(map(str, value))) or _NOTHING
    return str(value) if value not in {None, ""} else _NOTHING
