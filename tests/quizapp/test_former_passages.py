"""An old proof is read in the passage in which it stood, even after the source was rewritten."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from question_bank.build import Build
from quizapp.services.mirroring import mirror
from quizapp.services.quoted import load_passages, quotes_in
from quizapp.transactions import reading
from tests.quizapp.services.bank import LATER, with_passage, with_passages
from tests.quizapp.services.questions import NOW, changing
from tests.quizapp.test_transactions import statements
from tests.quizapp.visitors import Visitor, count, item, query

pytestmark = pytest.mark.every_database

Place = tuple[str, int]


def place_of(build: Build) -> Place:
    document = build.base.documents[0]
    return document.id, document.passage[0].n


def mirrored(app: Flask, build: Build, now: Any = LATER) -> None:
    with changing(app) as session:
        mirror(session, build.base, now)


def quoted(app: Flask, place: Place, *words: str) -> Any:
    quotes: list[Mapping[str, Any]] = [
        {"document": place[0], "paragraph": place[1], "quote": one} for one in words
    ]
    with app.app_context(), reading() as session:
        return quotes_in(quotes, load_passages(session, quotes))


def test_words_are_shown_in_the_newest_text_that_holds_them(own_app: Flask, build: Build) -> None:
    place = place_of(build)
    first = build.base.passage(*place).text
    second, third = f"{first} A second time.", "A third text, quite another one."
    mirrored(own_app, with_passage(build, *place, second), NOW)
    mirrored(own_app, with_passage(build, *place, third), LATER)

    words = first[:25]
    old, now, nowhere = quoted(own_app, place, words, "quite another", "said nowhere")

    assert (old.passage, old.read_until, old.is_former) == (second, LATER, True)
    assert (now.passage, now.read_until, now.is_former) == (third, None, False)
    assert (nowhere.passage, nowhere.is_former) == ("said nowhere", False)


def test_a_text_that_comes_back_is_kept_once_with_its_last_day(own_app: Flask, build: Build) -> None:
    place = place_of(build)
    other = with_passage(build, *place, "A second text, quite another one.")
    for day, one in enumerate((other, build, other), start=1):
        mirrored(own_app, one, LATER.replace(day=day))

    found = quoted(own_app, place, build.base.passage(*place).text[:25])[0]

    assert found.read_until == LATER.replace(day=3)
    assert count(own_app, "passage_text") == 2


def test_a_paragraph_that_is_gone_is_no_longer_mirrored_and_still_read(own_app: Flask, build: Build) -> None:
    place = place_of(build)
    words = build.base.passage(*place).text

    mirrored(own_app, with_passage(build, *place, None))

    assert (
        query(own_app, "SELECT 1 FROM passage WHERE document_id = :d AND n = :n", d=place[0], n=place[1])
        == []
    )
    assert quoted(own_app, place, words[:25])[0].passage == words


def test_a_document_that_is_gone_leaves_its_name_and_its_words(own_app: Flask, build: Build) -> None:
    place = place_of(build)

    mirrored(own_app, replace(build, base=replace(build.base, documents=build.base.documents[1:])))

    assert quoted(own_app, place, build.base.passage(*place).text[:25])[0].is_former
    assert query(own_app, "SELECT name FROM document WHERE id = :id", id=place[0])


def test_older_texts_are_looked_up_only_where_they_are_wanted(own_app: Flask, build: Build) -> None:
    place = place_of(build)
    words = build.base.passage(*place).text[:25]
    with statements(own_app) as sent:
        quoted(own_app, place, words)
    usual = len(sent)
    mirrored(own_app, with_passage(build, *place, "A second text, quite another one."))

    with statements(own_app) as sent:
        quoted(own_app, place, words)

    assert (usual, len(sent)) == (1, 2)


def test_feedback_and_result_say_until_when_it_read_so(
    own_app: Flask, own_reader: Visitor, build: Build
) -> None:
    public_id = own_reader.start()
    own_reader.finish(own_app, public_id)
    before = own_reader.get(item(public_id, 1)).text
    for document in build.base.documents:
        build = with_passages(
            build, document.id, lambda one: one.model_copy(update={"text": f"{one.n}: rewritten altogether."})
        )
    mirrored(own_app, build)

    after = own_reader.get(item(public_id, 1)).text

    assert marked(after) == marked(before) != []
    assert passages(after) == passages(before)
    assert "as it read until 22 November 2026" in after
    assert "rewritten altogether" not in after
    assert "as it read until" not in before
    assert own_reader.get(f"/attempts/{public_id}/result").status_code == 200


def marked(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


def passages(page: str) -> list[str]:
    found = re.findall(r'<blockquote class="passage-text">(.*?)</blockquote>', page)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in found]


def test_rows_of_former_texts_hold_the_hash_of_what_they_say(own_app: Flask, build: Build) -> None:
    place = place_of(build)
    mirrored(own_app, with_passage(build, *place, "A second text, quite another one."))

    with own_app.app_context(), reading() as session:
        row = session.execute(text("SELECT sha256, text FROM passage_text")).one()
    assert (len(row.sha256), row.text) == (64, build.base.passage(*place).text)
