"""Reverting: a question as it was before a rebuild took over what the generator said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.bank import ItemVersionRow
from quizapp.services import log
from quizapp.services.editing import Question
from quizapp.services.merging import differing
from quizapp.services.versions import Content, content_of_row


def without_rebuild(
    session: Session, question: Question, base: Content, found_at: dt.datetime
) -> tuple[Content, Content]:
    """The question and its base without what the rebuild of that time brought; what was edited since is left."""
    rebuilt = session.scalars(
        select(ItemVersionRow).where(
            ItemVersionRow.item_id == question.id,
            ItemVersionRow.made_by == log.COMMAND_LINE,
            ItemVersionRow.made_at == found_at,
        )
    ).first()
    if rebuilt is None:  # every field that changed was in conflict
        return question.content, base
    earlier = session.scalars(
        select(ItemVersionRow).where(
            ItemVersionRow.item_id == question.id, ItemVersionRow.number == rebuilt.number - 1
        )
    ).one()
    new, old = content_of_row(rebuilt), content_of_row(earlier)
    content = question.content
    for name in differing(old, new):
        if getattr(content, name) == getattr(new, name):
            content = replace(content, **{name: getattr(old, name)})
        base = replace(base, **{name: _value_before(name, base, old, new)})
    return content, base


def _value_before(name: str, base: Content, old: Content, new: Content) -> Any:  # noqa: ANN401 - any field's
    """A field that took something over was as the generator had made it; of the options each one for itself."""
    if name != "options" or len({len(base.options), len(old.options), len(new.options)}) > 1:
        return getattr(old, name)
    triples = zip(base.options, old.options, new.options, strict=True)
    return tuple(before if before != after else now for now, before, after in triples)
