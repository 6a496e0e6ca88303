"""Versions: what a question says. Each is written once; an edit adds another, and one of them is current."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from question_bank.items import Item, to_record
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.standing import ItemFactRow, ItemPassageRow
from quizapp.services import search

_AT_ONCE = 500  # versions that are held in memory


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a passage, and where they stand."""

    document: str
    paragraph: int
    quote: str


@dataclass(frozen=True, slots=True)
class OptionContent:
    """An option: its words, whether it is right, why, and what shows it. ``reason`` is a word of rule L25."""

    text: str
    correct: bool
    rationale: str
    reason: str
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All that a version says: what a learner reads and what describes it, in the fields of the JSON export.

    A question without evidence is one without a source; every screen that shows it says so.
    """

    topic: str
    model: str
    stem: str
    options: tuple[OptionContent, ...]
    explanation: str
    evidence: tuple[Quote, ...]
    facts: tuple[str, ...]
    bloom: str
    stance: str
    speaker: str | None
    ordered: bool
    difficulty: float
    design: str = ""
    since_then: dict[str, Any] | None = None

    @property
    def key(self) -> OptionContent:
        """The right option."""
        return next(option for option in self.options if option.correct)

    @property
    def is_unsourced(self) -> bool:
        """Whether nothing in the documents is said to prove it."""
        return not self.evidence

    @property
    def passages(self) -> tuple[tuple[str, int], ...]:
        """Every passage that it or one of its options quotes, as document and paragraph, in order."""
        quotes = [*self.evidence, *(quote for option in self.options for quote in option.evidence)]
        return tuple(sorted({(quote.document, quote.paragraph) for quote in quotes}))


FIELDS = tuple(field.name for field in dataclasses.fields(Content))


def record_of(content: Content) -> dict[str, Any]:
    """The content as JSON values; the opposite of ``content_from``."""
    record = dataclasses.asdict(content)
    for name in ("options", "evidence", "facts"):
        record[name] = list(record[name])
    for option in record["options"]:
        option["evidence"] = list(option["evidence"])
    return record


def content_from(record: dict[str, Any]) -> Content:
    """The content that a record holds; KeyError where a field is missing."""
    values = {name: record[name] for name in FIELDS}
    values["options"] = tuple(
        OptionContent(**{**option, "evidence": _quotes(option["evidence"])}) for option in record["options"]
    )
    values["evidence"] = _quotes(record["evidence"])
    values["facts"] = tuple(record["facts"])
    return Content(**values)


def content_of_item(item: Item) -> Content:
    """What a built item says."""
    record = to_record(item) | {
        "design": item.design,
        "since_then": item.since_then.model_dump(mode="json") if item.since_then else None,
    }
    return content_from(record)


def content_of_row(row: ItemVersionRow) -> Content:
    """What a stored version says."""
    return content_from({name: getattr(row, name) for name in FIELDS})


def fingerprint(content: Content) -> str:
    """SHA-256 over all fields; equal for equal content. Where an item stands in the bank is no part of it."""
    text = json.dumps(record_of(content), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be stored: of which item, its number, what it says, and who made it when and why.

    ``series`` is the number of the version with which its statistics began: its own, or for an edit that changes
    nothing a learner decides by, that of the version before.
    """

    item_id: int
    number: int
    content: Content
    made_by: str
    made_at: dt.datetime
    note: str = ""
    series: int | None = None


def add_versions(session: Session, versions: Sequence[NewVersion]) -> None:
    """Store versions and note what their items stand on now; the caller makes them current."""
    if not versions:
        return
    session.execute(insert(ItemVersionRow), [_row(version) for version in versions])
    ids = [version.item_id for version in versions]
    for table in (ItemFactRow, ItemPassageRow):
        session.execute(delete(table).where(table.item_id.in_(ids)))
    _insert(session, ItemFactRow, (row for version in versions for row in _facts(version)))
    _insert(session, ItemPassageRow, (row for version in versions for row in _passages(version)))
    search.index(session, [_entry(version) for version in versions])


def _row(version: NewVersion) -> dict[str, Any]:
    return {
        "item_id": version.item_id,
        "number": version.number,
        "fingerprint": fingerprint(version.content),
        "made_at": version.made_at,
        "made_by": version.made_by,
        "note": version.note,
        "series": version.series or version.number,
        **record_of(version.content),
    }


def index_all(session: Session) -> None:
    """Note anew what every current version says, as after a copy into another kind of database."""
    ids = session.scalars(select(ItemRow.id).order_by(ItemRow.id)).all()
    for start in range(0, len(ids), _AT_ONCE):
        rows = session.scalars(
            select(ItemVersionRow)
            .join(ItemRow, search.current_version())
            .where(ItemRow.id.in_(ids[start : start + _AT_ONCE]))
        )
        search.index(session, [_entry_of_row(row) for row in rows])


def _entry_of_row(row: ItemVersionRow) -> search.Entry:
    content = content_of_row(row)
    return _entry(NewVersion(row.item_id, row.number, content, row.made_by, row.made_at, series=row.series))


def _entry(version: NewVersion) -> search.Entry:
    content = version.content
    options = [text for option in content.options for text in (option.text, option.rationale)]
    return search.Entry(
        item_id=version.item_id,
        series=version.series or version.number,
        model=content.model,
        bloom=content.bloom,
        difficulty=content.difficulty,
        unsourced=content.is_unsourced,
        texts=(content.stem, *options, content.explanation),
    )


def _facts(version: NewVersion) -> Iterable[dict[str, Any]]:
    for fact in dict.fromkeys(version.content.facts):
        yield {"item_id": version.item_id, "fact_id": fact}


def _passages(version: NewVersion) -> Iterable[dict[str, Any]]:
    for document, paragraph in version.content.passages:
        yield {"item_id": version.item_id, "document_id": document, "paragraph": paragraph}


def _insert(
    session: Session, table: type[ItemFactRow | ItemPassageRow], rows: Iterable[dict[str, Any]]
) -> None:
    values = list(rows)
    if values:
        session.execute(insert(table), values)


def _quotes(records: Iterable[dict[str, Any]]) -> tuple[Quote, ...]:
    return tuple(Quote(**record) for record in records)
