"""Quoted: words of the documents with the passage around them, as it reads now or as it read when they stood in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.bank import PassageRow, PassageTextRow

Place = tuple[str, int]  # document and paragraph


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage: where they stand, and the whole passage around them.

    ``read_until`` is set where the passage no longer holds the words: then the text is the one that it had until that
    day, or only the words, if no text is known that holds them.
    """

    document: str
    paragraph: int
    quote: str
    passage: str
    read_until: dt.datetime | None = None

    @property
    def is_former(self) -> bool:
        """Whether the passage is shown as it once read."""
        return self.read_until is not None


@dataclass(frozen=True, slots=True)
class Text:
    """What a passage says, or said until a rebuild replaced it."""

    text: str
    until: dt.datetime | None = None


Texts = Mapping[Place, Sequence[Text]]  # for each passage the newest first


def load_passages(session: Session, quotes: Iterable[Mapping[str, Any]]) -> Texts:
    """The passages that are quoted; older texts are looked up only where the newest does not hold what is quoted."""
    wanted = [(quote["document"], quote["paragraph"], quote["quote"]) for quote in quotes]
    texts: dict[Place, list[Text]] = {}
    rows = session.execute(
        select(PassageRow.document_id, PassageRow.n, PassageRow.text).where(
            PassageRow.n.in_({paragraph for _, paragraph, _ in wanted})
        )
    )
    for row in rows:
        texts[row.document_id, row.n] = [Text(row.text)]
    missing = {
        (document, paragraph)
        for document, paragraph, words in wanted
        if not any(words in text.text for text in texts.get((document, paragraph), ()))
    }
    if missing:
        _add_former(session, texts, missing)
    return texts


def quotes_in(quotes: Iterable[Mapping[str, Any]], passages: Texts) -> tuple[Quote, ...]:
    """The quotes with their passages; where no text is known that holds the words, they stand alone."""
    found = []
    for quote in quotes:
        place, words = (quote["document"], quote["paragraph"]), quote["quote"]
        text = next((text for text in passages.get(place, ()) if words in text.text), Text(words))
        found.append(Quote(*place, words, text.text, text.until))
    return tuple(found)


def _add_former(session: Session, texts: dict[Place, list[Text]], places: Collection[Place]) -> None:
    rows = session.execute(
        select(
            PassageTextRow.document_id,
            PassageTextRow.paragraph,
            PassageTextRow.text,
            PassageTextRow.replaced_at,
        )
        .where(PassageTextRow.paragraph.in_({paragraph for _, paragraph in places}))
        .order_by(PassageTextRow.replaced_at.desc(), PassageTextRow.id.desc())
    )
    for row in rows:
        if (row.document_id, row.paragraph) in places:
            texts.setdefault((row.document_id, row.paragraph), []).append(Text(row.text, row.replaced_at))
