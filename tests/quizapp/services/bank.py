"""Builds that differ from one another, and rebuilds with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import Row

from question_bank.build import Build
from question_bank.fact_base import FactBase
from question_bank.facts import Passage
from question_bank.figures import Figures, measure
from question_bank.items import Item
from quizapp.services import planning, seeding
from quizapp.services.editing import Question, save_edit
from quizapp.services.plan import Plan
from quizapp.services.versions import Content
from quizapp.transactions import reading
from tests.quizapp.services.questions import MARIE, NOW, changing, read
from tests.quizapp.visitors import query

LATER = dt.datetime(2026, 11, 22, 8, 0, tzinfo=dt.UTC)


@cache
def figures() -> Figures:
    """They are measured elsewhere; here any will do."""
    return measure((), FactBase((), (), None))  # type: ignore[arg-type]


def rebuild(app: Flask, build: Build, *, now: dt.datetime = LATER) -> Plan:
    """Rebuild the bank; answers what was done."""
    with changing(app) as session:
        return seeding.rebuild(session, build, figures=figures(), now=now, progress=lambda *_: None)


def planned(app: Flask, build: Build, *, now: dt.datetime = LATER) -> Plan:
    with app.app_context(), reading() as session:
        return planning.plan(session, build, now)


def edit(app: Flask, uid: str, *, now: dt.datetime = NOW, **changes: Any) -> Question:
    """A teacher changes some fields of a question."""
    before = read(app, uid)
    with changing(app) as session:
        return save_edit(
            session,
            uid=uid,
            content=replace(before.content, **changes),
            based_on=before.number,
            teacher=MARIE,
            now=now,
        )


def set_option(content: Content, n: int, **changes: Any) -> dict[str, Any]:
    """The options with one changed, as an edit takes them."""
    options = list(content.options)
    options[n] = replace(options[n], **changes)
    return {"options": tuple(options)}


def state(app: Flask, uid: str) -> tuple[str, str | None, int]:
    """The question's state, why it is suspended, and the number of its version."""
    row = query(app, "SELECT state, suspended, current_version FROM item WHERE uid = :uid", uid=uid)[0]
    return row.state, row.suspended, row.current_version


def waiting(app: Flask) -> dict[str, set[str]]:
    """The fields that wait for a decision, by uid."""
    found: dict[str, set[str]] = {}
    for row in query(app, "SELECT i.uid, c.field FROM item_conflict c JOIN item i ON i.id = c.item_id"):
        found.setdefault(row.uid, set()).add(row.field)
    return found


def versions(app: Flask, uid: str) -> list[Row[Any]]:
    statement = """
        SELECT v.number, v.stem, v.made_by, v.note, v.series
        FROM item_version v JOIN item i ON i.id = v.item_id WHERE i.uid = :uid ORDER BY v.number
    """
    return query(app, statement, uid=uid)


def with_items(build: Build, *items: Item) -> Build:
    """The build with these in place of those of the same name."""
    new = {one.uid: one for one in items}
    return replace(build, items=tuple(new.get(one.uid, one) for one in build.items), build="another")


def without(build: Build, *uids: str) -> Build:
    return replace(build, items=tuple(one for one in build.items if one.uid not in uids))


def reworded(one: Item, words: str = "In other words") -> Item:
    return replace(one, stem=f"{words}: {one.stem}")


def with_option(one: Item, n: int, **changes: Any) -> Item:
    options = list(one.options)
    options[n] = replace(options[n], **changes)
    return replace(one, options=tuple(options))


def with_passage(build: Build, document: str, n: int, text: str | None) -> Build:
    """The build on another text of a passage, or without the passage; facts that stand on it go with it."""
    return with_passages(
        build,
        document,
        lambda one: one if one.n != n else None if text is None else one.model_copy(update={"text": text}),
    )


def with_fact(build: Build, fact: str, **changes: Any) -> Build:
    """The build with another statement of a fact."""
    return _with_facts(
        build, lambda facts: tuple(one.model_copy(update=changes) if one.id == fact else one for one in facts)
    )


def without_fact(build: Build, fact: str) -> Build:
    return _with_facts(build, lambda facts: tuple(one for one in facts if one.id != fact))


def with_passages(build: Build, document: str, change: Callable[[Passage], Passage | None]) -> Build:
    documents = tuple(
        one.model_copy(update={"passage": tuple(filter(None, map(change, one.passage)))})
        if one.id == document
        else one
        for one in build.base.documents
    )
    return replace(build, base=replace(build.base, documents=documents), build="another")


def _with_facts(build: Build, change: Callable[[Any], Any]) -> Build:
    for document in build.base.documents:
        build = with_passages(
            build, document.id, lambda one: one.model_copy(update={"fact": change(one.fact)})
        )
    return build
