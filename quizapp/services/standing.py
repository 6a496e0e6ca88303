"""Standing: which questions stand on a passage or a fact that a rebuild changes, and what a teacher is told then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.fact_base import FactBase
from quizapp.marking import mark
from quizapp.models.bank import DocumentRow, FactRow, PassageRow
from quizapp.models.standing import ItemFactRow, ItemPassageRow
from quizapp.services.versions import Content

Place = tuple[str, int]  # document and paragraph

# Why a question is suspended, and what may have changed. The database keeps it in English; pages retell it.
REBUILT = mark("Rebuild of %(day)s: %(changes)s.")
_GONE = mark("%(place)s is no longer in the source")
_UNQUOTED = mark("%(place)s was changed, and its quoted words are no longer there")
_AMBIGUOUS = mark("%(place)s was changed, and its quoted words stand there more than once")
_STILL_QUOTED = mark("%(place)s was changed, though its quoted words are still there")
_CHANGED = mark("%(place)s was changed")
_UNSTATED = mark("fact %(fact)s is no longer stated")
_RESTATED = mark("fact %(fact)s was changed and reads now: “%(statement)s”")
CHANGED = (_GONE, _UNQUOTED, _AMBIGUOUS, _STILL_QUOTED, _CHANGED, _UNSTATED, _RESTATED)

# What a fact states, and of whom, when and where. How questions ask for it, and what else may be said of it, can
# change without making a question wrong that stands on it.
_STATED = (
    "subject", "relation", "value", "statement", "wording", "stance", "speaker", "verb", "event", "as_of",
    "attributes", "evidence", "also", "from_elsewhere", "document", "paragraph",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """Passages and facts that a rebuild changes, with what they say from now on: None where they are gone."""

    passages: Mapping[Place, str | None]
    facts: Mapping[str, str | None]
    letters: Mapping[str, str]  # of the documents, as in A¶7

    def under(self, content: Content) -> Ground:
        """What of the changed a content stands on."""
        return Ground(
            {place for place in content.passages if place in self.passages},
            {fact for fact in content.facts if fact in self.facts},
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """Changed passages and facts under a question."""

    passages: set[Place] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.passages or self.facts)

    def __or__(self, other: Ground) -> Ground:
        """What either holds."""
        return Ground(self.passages | other.passages, self.facts | other.facts)


def changes(session: Session, base: FactBase) -> Changes:
    """What the database has mirrored and these seeds state otherwise or no longer; what is new changes nothing."""
    texts = {(document.id, one.n): one.text for document in base.documents for one in document.passage}
    passages = {
        (row.document_id, row.n): texts.get((row.document_id, row.n))
        for row in session.execute(select(PassageRow.document_id, PassageRow.n, PassageRow.text))
        if texts.get((row.document_id, row.n)) != row.text
    }
    facts: dict[str, str | None] = {}
    for row in session.execute(select(FactRow.id, FactRow.content)):
        fact = base.facts.get(row.id)
        if fact is None:
            facts[row.id] = None
        elif _stated(row.content) != _stated(fact.model_dump(mode="json", include=set(_STATED))):
            facts[row.id] = fact.statement
    letters = {row.id: row.letter for row in session.execute(select(DocumentRow.id, DocumentRow.letter))}
    return Changes(passages, facts, letters)


def grounds(session: Session, changed: Changes) -> dict[int, Ground]:
    """The items that stand on what is changed, by their ids, as the bank knows them now."""
    found: dict[int, Ground] = {}
    if changed.passages:
        numbers = {paragraph for _, paragraph in changed.passages}
        for passage in session.scalars(select(ItemPassageRow).where(ItemPassageRow.paragraph.in_(numbers))):
            place = (passage.document_id, passage.paragraph)
            if place in changed.passages:
                found.setdefault(passage.item_id, Ground()).passages.add(place)
    if changed.facts:
        for fact in session.scalars(select(ItemFactRow).where(ItemFactRow.fact_id.in_(changed.facts))):
            found.setdefault(fact.item_id, Ground()).facts.add(fact.fact_id)
    return found


def reason(ground: Ground, content: Content, changed: Changes, now: dt.datetime) -> str:
    """Why a question is suspended, for the teacher who is to look at it."""
    told = [
        *(_of_passage(place, content, changed) for place in sorted(ground.passages)),
        *(_of_fact(fact, changed) for fact in sorted(ground.facts)),
    ]
    return REBUILT % {"day": f"{now.day} {now:%B %Y}", "changes": "; ".join(told)}


def _of_passage(place: Place, content: Content, changed: Changes) -> str:
    """A quote counts as standing only where it stands word for word, once; nothing is looked for that resembles it."""
    document, paragraph = place
    name = f"{changed.letters.get(document, document)}¶{paragraph}"
    text = changed.passages[place]
    if text is None:
        return _GONE % {"place": name}
    times = {text.count(quote) for quote in _quotes(content, place)}
    if 0 in times:
        return _UNQUOTED % {"place": name}
    if times - {1}:
        return _AMBIGUOUS % {"place": name}
    return (_STILL_QUOTED if times else _CHANGED) % {"place": name}


def _of_fact(fact: str, changed: Changes) -> str:
    statement = changed.facts[fact]
    if statement is None:
        return _UNSTATED % {"fact": fact}
    return _RESTATED % {"fact": fact, "statement": statement.rstrip(".")}


def _quotes(content: Content, place: Place) -> Iterator[str]:
    of_options: Iterable[Any] = (quote for option in content.options for quote in option.evidence)
    for quote in (*content.evidence, *of_options):
        if (quote.document, quote.paragraph) == place:
            yield quote.quote


def _stated(record: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing: a field that a release adds is no change of the facts that it does not touch."""
    return {name: record[name] for name in _STATED if record.get(name) not in (None, "", [], {})}
