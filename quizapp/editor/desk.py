"""The desk: the sheet that a teacher writes on, with everything beside it, as one request finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask import current_app, request
from flask_babel import gettext as _

from question_bank.errors import SeedFaultsError
from quizapp.editor.actions import Desk, Place, act, with_rows
from quizapp.editor.beside import Beside, place_in
from quizapp.editor.differences import differences, follow, unchanged
from quizapp.editor.forms import EditorForm
from quizapp.editor.pages import (
    ROOM,
    Conflict,
    EditorPage,
    Said,
    Typed,
    address_of,
    suggestions_shown,
    where_kept,
)
from quizapp.editor.preview import Preview
from quizapp.editor.remarks import remarks_on
from quizapp.moments import Moment
from quizapp.services.drafting import Draft, content_of_version, draft_of, finished
from quizapp.services.editing import Question
from quizapp.services.evidence import load_passages, trouble_with
from quizapp.services.fact_base import get_fact_base
from quizapp.services.near_duplicates import find_similar
from quizapp.services.problems import BusyError
from quizapp.services.states import next_states
from quizapp.services.topics import Topic, list_topics
from quizapp.services.versions import Content
from quizapp.transactions import reading
from quizapp.words import STANCES, words_for


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question being written. ``before`` is what version ``based_on`` of an edited one says.

    ``common`` is what it said before another teacher saved ``before``, with the number of that version.
    """

    desk: Desk
    topics: Sequence[Topic]
    draft: Draft
    typed: Typed = field(default_factory=Typed)
    question: Question | None = None
    based_on: int = 0
    before: Content | None = None
    common: tuple[int, Content] | None = None
    taken: frozenset[str] = frozenset()

    @property
    def content(self) -> Content:
        """What the draft makes, with the other teacher's fields where mine gave way."""
        return finished(self.settled.draft, self.desk.base, self.before, self.desk.shown)

    @property
    def settled(self) -> Sheet:
        """The sheet with every choice between the other teacher and me carried out."""
        if not (self.taken and self.common and self.before):
            return self
        return replace(self, draft=follow(self.draft, self.taken, self.before))

    def after(self, do: str) -> Sheet:
        """The sheet after one of the buttons inside it."""
        shown = place_in(do.removeprefix("show-")) if do.startswith("show-") else self.desk.shown
        desk = replace(self.desk, shown=shown)
        suggesting = self.typed.suggesting or do == "suggest"
        draft = act(do, self.draft, desk)
        return replace(self, desk=desk, draft=draft, typed=replace(self.typed, suggesting=suggesting))

    def against(self, theirs: Question) -> Sheet:
        """The sheet on top of what another teacher has saved meanwhile; what only they changed is taken over."""
        common = self.before or theirs.content
        mine = self.content
        followed = follow(self.settled.draft, unchanged(common, theirs.content, mine), theirs.content)
        return replace(
            self,
            draft=followed,
            question=theirs,
            before=theirs.content,
            common=(self.based_on, common),
            based_on=theirs.number,
            taken=frozenset(),
        )


def open_desk(shown: Place | None = None) -> tuple[Desk, tuple[Topic, ...]]:
    """The facts and passages, and the topics to choose from; BusyError while somebody edits the seeds."""
    with reading() as session:
        passages, topics = load_passages(session), list_topics(session)
    try:
        base = get_fact_base()
    except SeedFaultsError as fault:
        raise BusyError from fault
    return Desk(base, passages, shown if shown in passages else next(iter(passages), None)), topics


def blank_sheet() -> Sheet:
    """A new question: on the passage or from the fact that the address names."""
    number = request.args.get("paragraph", "")
    shown = place_in(f"{request.args.get('document', '')} {number}")
    fact = request.args.get("fact", "")
    desk, topics = open_desk(shown)
    if fact in desk.base.facts:
        known = desk.base.facts[fact]
        desk = replace(desk, shown=(known.document, known.paragraph))
    return Sheet(desk, topics, act(f"fact-{fact}", Draft(), desk))


def sheet_of(question: Question) -> Sheet:
    """A question as it stands."""
    draft = draft_of(question.content)
    desk, topics = open_desk(next(((quote.document, quote.paragraph) for quote in draft.evidence), None))
    return Sheet(desk, topics, draft, Typed(), question, question.number, question.content)


def sheet_from(form: EditorForm, question: Question | None) -> Sheet:
    """What was sent; VersionNotFoundError where it is based on a version that there is not."""
    desk, topics = open_desk(place_in(form.passage.data))
    typed = Typed(form.note.data, form.cosmetic.data, bool(form.suggesting.data))
    sheet = Sheet(desk, topics, form.draft(), typed, taken=form.taken)
    if question is None:
        return sheet
    based_on, since = form.number("based_on") or question.number, form.number("since")
    with reading() as session:
        before = content_of_version(session, question.uid, based_on)
        common = (since, content_of_version(session, question.uid, since)) if since else None
    return replace(sheet, question=question, based_on=based_on, before=before, common=common)


def page_of(sheet: Sheet, said: Said, *, is_check: bool = False) -> EditorPage:
    """The form with what is said about it."""
    draft, desk, question = sheet.draft, sheet.desk, sheet.question
    content = sheet.content
    titles = {topic.id: topic.title for topic in sheet.topics}
    allowed = next_states(question) if question else ("approved",)
    return EditorPage(
        title=_("Edit the question") if question else _("Write a question"),
        room=ROOM if question else f"{ROOM}/new",
        action=address_of(question),
        check_url=f"{ROOM}/check",
        uid=question.uid if question else "",
        based_on=sheet.based_on,
        state=question.state if question else "",
        question_url=where_kept(question),
        draft=with_rows(draft, desk.shown),
        typed=sheet.typed,
        said=replace(said, exact=_exact_rows(sheet)),
        beside=Beside.of(draft, desk),
        suggestions=suggestions_shown(draft, desk, sheet.typed),
        topics=tuple(titles.items()),
        guessed={
            "topic": titles.get(content.topic, ""),
            "stance": _(words_for(STANCES, content.stance).name),
            "speaker": content.speaker or "",
        },
        preview=Preview.of(content),
        conflict=_conflict(sheet),
        may_publish="approved" in allowed and not needs_second(),
        is_check=is_check,
    )


def checked(sheet: Sheet, said: Said | None = None) -> Said:
    """What is said, with the remarks of all checks."""
    uid = sheet.question.uid if sheet.question else ""
    content = sheet.content
    with reading() as session:
        similar = find_similar(session, content, besides=uid)
    is_checked = bool(content.stem) and any(option.correct for option in content.options)
    remarks = remarks_on(sheet.draft, content, sheet.desk.base, similar, uid)
    return replace(said or Said(), remarks=remarks, is_checked=is_checked)


def needs_second() -> bool:
    """Whether somebody else has to approve what a teacher wrote."""
    return bool(current_app.config["QUESTIONS_NEED_SECOND_TEACHER"])


def _conflict(sheet: Sheet) -> Conflict | None:
    if not (sheet.common and sheet.before and sheet.question):
        return None
    since, common = sheet.common
    mine = replace(sheet, taken=frozenset()).content
    found = differences(common, sheet.before, mine, sheet.taken)
    return Conflict(sheet.question.made_by, Moment.of(sheet.question.made_at).told, since, found)


def _exact_rows(sheet: Sheet) -> frozenset[str]:
    """The rows of quotes whose exact words the server can put in at the press of a button."""
    rows = {f"evidence-{n}": quote for n, quote in enumerate(sheet.draft.evidence)}
    for n, option in enumerate(sheet.draft.options):
        rows |= {f"options-{n}-evidence-{m}": quote for m, quote in enumerate(option.evidence)}
    passages = sheet.desk.passages
    return frozenset(
        name
        for name, quote in rows.items()
        if quote.quote and (trouble := trouble_with(quote, passages)) and trouble.instead
    )
