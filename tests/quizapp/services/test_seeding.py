"""Seeding: a rebuild brings what is new and keeps what people made and learners answered."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from question_bank.build import Build
from question_bank.items import Item
from quizapp.cli import _plan_and_write
from tests.quizapp.visitors import (
    Visitor,
    count,
    execute,
    item,
    query,
    questions,
    rows,
    target,
    without_form_tokens,
)

pytestmark = pytest.mark.every_database


def seed(app: Flask, build: Build) -> dict[str, int]:
    """What a rebuild with this build changed."""
    with app.app_context():
        return _plan_and_write(build, lambda *_: None, dry_run=False).counts


def told(build: Build, **counts: int) -> dict[str, int]:
    """All counts: what is not named is unchanged."""
    named = {"added": 0, "changed": 0, "retired": 0, "kept": 0, **counts}
    return {**named, "unchanged": len(build.items) - named["added"] - named["changed"]}


def with_items(build: Build, *items: Item) -> Build:
    """The build with these in place of those of the same name."""
    new = {one.uid: one for one in items}
    return replace(build, items=tuple(new.get(one.uid, one) for one in build.items), build="another")


def without(build: Build, uid: str) -> Build:
    return replace(build, items=tuple(one for one in build.items if one.uid != uid))


def reworded(one: Item) -> Item:
    return replace(one, stem=f"In other words: {one.stem}")


def versions(app: Flask, uid: str) -> list[tuple[int, str]]:
    statement = """
        SELECT v.number, v.stem FROM item_version v JOIN item i ON i.id = v.item_id WHERE i.uid = :uid
        ORDER BY v.number
    """
    return [(row.number, row.stem) for row in query(app, statement, uid=uid)]


def standing(app: Flask, uid: str) -> tuple[str, int]:
    row = query(app, "SELECT state, current_version FROM item WHERE uid = :uid", uid=uid)[0]
    return row.state, row.current_version


def test_the_same_build_again_changes_nothing_but_the_log(own_app: Flask, build: Build) -> None:
    before = rows(own_app, without=["audit_entry"])

    assert seed(own_app, build) == told(build)

    assert rows(own_app, without=["audit_entry"]) == before
    assert count(own_app, "audit_entry") == 2


def test_the_plan_counts_what_will_be_done_and_writes_nothing(own_app: Flask, build: Build) -> None:
    changed = without(with_items(build, reworded(build.items[0])), build.items[1].uid)
    before = rows(own_app)

    with own_app.app_context():
        planned = _plan_and_write(changed, lambda *_: None, dry_run=True).counts

    assert rows(own_app) == before
    assert seed(own_app, changed) == planned == told(changed, changed=1, retired=1)


def test_a_reworded_item_gets_a_version_and_keeps_the_old_one(own_app: Flask, build: Build) -> None:
    old = build.items[0]

    seed(own_app, with_items(build, reworded(old)))

    assert versions(own_app, old.uid) == [(1, old.stem), (2, reworded(old).stem)]
    assert standing(own_app, old.uid) == ("approved", 2)


def test_what_is_no_longer_built_is_retired_not_deleted(own_app: Flask, build: Build) -> None:
    gone = build.items[0]

    seed(own_app, without(build, gone.uid))

    assert standing(own_app, gone.uid) == ("retired", 1)
    assert versions(own_app, gone.uid) == [(1, gone.stem)]


def test_what_is_retired_is_counted_once(own_app: Flask, build: Build) -> None:
    smaller = without(build, build.items[0].uid)

    assert seed(own_app, smaller) == told(smaller, retired=1)
    assert seed(own_app, smaller) == told(smaller)


def test_what_comes_back_keeps_its_version(own_app: Flask, build: Build) -> None:
    seed(own_app, without(build, build.items[0].uid))

    assert seed(own_app, build) == told(build, changed=1)
    assert standing(own_app, build.items[0].uid) == ("approved", 1)


def test_a_retired_item_is_asked_no_more(own_app: Flask, own_reader: Visitor, build: Build) -> None:
    left = [one for one in build.items if one.topic == "referendum"][:6]

    seed(own_app, replace(build, items=tuple(left)))

    asked = questions(own_app, own_reader.start(length=20)).values()
    uids = {row.id: row.uid for row in query(own_app, "SELECT id, uid FROM item")}
    assert {uids[question.item] for question in asked} <= {one.uid for one in left}


def test_a38_an_old_result_stays_what_it_was(own_app: Flask, own_reader: Visitor, build: Build) -> None:
    public_id = own_reader.start()
    own_reader.finish(own_app, public_id, right=[1, 3])
    pages = [f"/attempts/{public_id}/result", *(item(public_id, position) for position in range(1, 6))]
    before = [without_form_tokens(own_reader.get(page).text) for page in pages[1:]]

    seed(own_app, replace(build, items=tuple(map(reworded, build.items[1::2]))))

    assert "2 of 5 right" in own_reader.get(pages[0]).text
    assert [without_form_tokens(own_reader.get(page).text) for page in pages[1:]] == before


def test_a38_an_open_quiz_goes_on_as_it_began(own_app: Flask, own_reader: Visitor, build: Build) -> None:
    public_id = own_reader.start()
    before = [asked(own_reader, public_id, position) for position in range(1, 6)]

    seed(own_app, replace(build, items=tuple(map(reworded, build.items))))

    assert [asked(own_reader, public_id, position) for position in range(1, 6)] == before
    own_reader.finish(own_app, public_id)
    assert target(own_reader.get(f"/attempts/{public_id}")).endswith("/result")


def asked(reader: Visitor, public_id: str, position: int) -> str:
    """The question and its options."""
    return re.findall(r"<fieldset.*?</fieldset>", reader.get(item(public_id, position)).text, re.DOTALL)[0]


def test_a_new_quiz_asks_in_the_new_words(own_app: Flask, own_reader: Visitor, build: Build) -> None:
    seed(own_app, replace(build, items=tuple(map(reworded, build.items))))

    assert "In other words: " in own_reader.get(item(own_reader.start(), 1)).text


def test_a38_a_teachers_item_is_left_alone(own_app: Flask, build: Build) -> None:
    """Whether the build knows its name or not."""
    known, unknown = build.items[0], build.items[1]
    for one in (known, unknown):
        execute(own_app, "UPDATE item SET origin = 'teacher' WHERE uid = :uid", uid=one.uid)
    changed = without(with_items(build, reworded(known)), unknown.uid)
    before = rows(own_app, without=["audit_entry"])

    counts = seed(own_app, changed)

    assert counts == {"added": 0, "changed": 0, "unchanged": len(build.items) - 2, "retired": 0, "kept": 2}
    assert rows(own_app, without=["audit_entry"]) == before


def test_a_fact_that_is_gone_is_mirrored_no_more(own_app: Flask, build: Build) -> None:
    execute(own_app, "UPDATE fact SET id = 'NC-OLD' WHERE id = 'NC-A01'")

    seed(own_app, build)

    assert count(own_app, "fact") == len(build.base.facts)
    assert query(own_app, "SELECT id FROM fact WHERE id IN ('NC-OLD', 'NC-A01')")[0].id == "NC-A01"


def test_what_differs_in_the_mirror_is_put_right(own_app: Flask, build: Build) -> None:
    mirrored = {"passage": "text", "topic": "title", "document": "about", "fact": "statement"}
    before = rows(own_app, without=["audit_entry", "passage_text"])
    for table, column in mirrored.items():
        execute(own_app, f"UPDATE {table} SET {column} = 'changed'")  # noqa: S608

    seed(own_app, build)

    assert rows(own_app, without=["audit_entry", "passage_text"]) == before
    assert count(own_app, "passage_text") == count(own_app, "passage")


def test_a_proof_whose_passage_was_reworded_still_shows_its_words(
    own_app: Flask, own_reader: Visitor
) -> None:
    public_id = own_reader.start()
    own_reader.finish(own_app, public_id)
    execute(own_app, "UPDATE passage SET text = 'Other words altogether.'")

    page = own_reader.get(item(public_id, 1)).text

    assert "<mark>" in page
    assert "Other words altogether." not in page


def test_a38_what_fails_half_way_leaves_nothing_behind(own_app: Flask, build: Build) -> None:
    class FullDiskError(Exception):
        pass

    def fail(what: str, done: int, total: int) -> None:
        if done == 3:
            raise FullDiskError

    changed = with_items(build, *map(reworded, build.items[:5]))
    before = rows(own_app)

    with own_app.app_context(), pytest.raises(FullDiskError):
        _plan_and_write(changed, fail, dry_run=False)

    assert rows(own_app) == before


def test_every_rebuild_is_in_the_log(own_app: Flask, build: Build) -> None:
    seed(own_app, with_items(build, reworded(build.items[0])))

    entry = query(own_app, "SELECT actor, action, details FROM audit_entry ORDER BY id DESC LIMIT 1")[0]
    assert (entry.actor, entry.action) == ("command line", "seed-questions")
    assert '"changed": 1' in str(entry.details).replace("'", '"')
    assert "another" in str(entry.details)
