"""Sources: both documents in full, and the words that prove an answer marked in their place."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import quote as quoted

import pytest
from flask import Flask

from tests.quizapp.visitors import Visitor, item, query, questions

REPORT = "000_1a7ee3f22d7662d0.txt"
ARTICLE = "003_d0322ff640151e06.txt"


def marks(page: str) -> list[str]:
    return [html.unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", page)]


def paragraphs(page: str) -> dict[int, str]:
    """The paragraphs of a page by number."""
    found = re.findall(r'<li class="paragraph[^"]*" id="p(\d+)">.*?<p lang="en">(.*?)</p>', page, re.DOTALL)
    return {int(n): html.unescape(re.sub(r"</?mark>", "", words)) for n, words in found}


def test_the_list_says_what_each_document_is_and_what_stands_on_it(app: Flask, visitor: Visitor) -> None:
    page = html.unescape(visitor.get("/sources").text)

    for row in query(app, "SELECT id, title, about, written FROM document"):
        assert f'href="/sources/{row.id}"' in page
        assert {row.title, row.about, row.written} <= set(re.findall(r">([^<>]+)<", page))
        facts = query(app, "SELECT count(*) FROM fact WHERE document_id = :id", id=row.id)[0][0]
        assert f"<dt>Facts</dt><dd>{facts}</dd>" in page


@pytest.mark.every_database
@pytest.mark.parametrize(("document", "count"), [(REPORT, 18), (ARTICLE, 33)])
def test_a_document_shows_every_paragraph_in_order(
    app: Flask, visitor: Visitor, document: str, count: int
) -> None:
    shown = paragraphs(visitor.get(f"/sources/{document}").text)

    kept = query(app, "SELECT n, text FROM passage WHERE document_id = :id ORDER BY n", id=document)
    assert list(shown.items()) == [(row.n, row.text) for row in kept]
    assert len(shown) == count


def test_when_a_document_was_written_is_inferred_and_said_so(reader: Visitor) -> None:
    assert "Inferred from" in reader.get(f"/sources/{REPORT}").text


def test_a_document_that_there_is_not_is_nowhere(visitor: Visitor) -> None:
    for name in ("nothing.txt", "%00", "..%2Fsecret_key", "x" * 5000):
        assert visitor.get(f"/sources/{name}").status_code == 404


def test_words_are_marked_once(visitor: Visitor) -> None:
    page = visitor.get(f"/sources/{REPORT}?quote=80%25").text

    assert marks(page) == ["80%"]
    assert page.count("is-cited") == 1


def test_nothing_is_marked_without_words(visitor: Visitor) -> None:
    assert marks(visitor.get(f"/sources/{REPORT}").text) == []


@pytest.mark.parametrize("words", ["nowhere to be found", "New Caledonia", "e", "", "\0", "x" * 10_000])
def test_words_that_stand_in_no_one_place_mark_nothing(visitor: Visitor, words: str) -> None:
    answer = visitor.get(f"/sources/{REPORT}?quote={quoted(words)}")

    assert answer.status_code == 200
    assert marks(answer.text) == []
    assert "is-cited" not in answer.text


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "<mark>"])
def test_hostile_words_come_back_nowhere(visitor: Visitor, words: str) -> None:
    page = visitor.get(f"/sources/{REPORT}?quote={quoted(words)}&attempt={quoted(words)}&item=1").text

    assert words not in page
    assert "49" not in marks(page)


def test_every_quote_of_the_bank_is_marked_once_in_its_paragraph(app: Flask, reader: Visitor) -> None:
    """The promise: every answer can be proved."""
    for document, paragraph, words in quotes(app):
        page = reader.get(f"/sources/{document}?quote={quoted(words)}").text
        cited = re.search(r'<li class="paragraph is-cited[^"]*" id="p(\d+)">', page)
        assert marks(page) == [words]
        assert cited
        assert int(cited[1]) == paragraph


def quotes(app: Flask) -> Iterator[tuple[str, int, str]]:
    found = set()
    for row in query(app, "SELECT evidence, options FROM item_version"):
        evidence = [*json.loads(row.evidence)]
        evidence += [quote for option in json.loads(row.options) for quote in option["evidence"]]
        found |= {(quote["document"], quote["paragraph"], quote["quote"]) for quote in evidence}
    yield from sorted(found)


def test_each_proof_of_an_answer_leads_to_words_that_are_marked(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    reader.finish(app, public_id)

    for position in range(1, 6):
        feedback = reader.get(item(public_id, position)).text
        proofs = re.findall(r'class="proof" href="(/sources/[^"]+#p(\d+))"', feedback)
        assert proofs
        for link, paragraph in proofs:
            page = reader.get(html.unescape(link)).text
            assert len(marks(page)) == 1
            assert re.search(rf'is-cited[^"]*" id="p{paragraph}"', page)


def test_a_proof_leads_back_to_its_question(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    reader.answer(public_id, 2, questions(app, public_id)[2].key)
    link = re.search(r'class="proof" href="([^"]+)"', reader.get(item(public_id, 2)).text)
    assert link

    page = reader.get(html.unescape(link[1])).text

    assert f'<a href="{item(public_id, 2)}">Back to question 2</a>' in page


@pytest.mark.every_database
@pytest.mark.parametrize("place", ["0", "6", "-1", "x", "9" * 5000, "\0", ""])
def test_there_is_no_way_back_to_what_is_no_question(visitor: Visitor, place: str) -> None:
    public_id = visitor.start()

    answer = visitor.get(f"/sources/{REPORT}?attempt={public_id}&item={quoted(place)}")

    assert answer.status_code == 200
    assert "Back to" not in answer.text


@pytest.mark.every_database
def test_there_is_no_way_back_to_somebody_elses_quiz(visitor: Visitor, stranger: Visitor) -> None:
    public_id = visitor.start()
    stranger.start()

    for attempt in (public_id, "A" * 22, "%00", "//example.org"):
        answer = stranger.get(f"/sources/{REPORT}?attempt={attempt}&item=1")
        assert answer.status_code == 200
        assert "Back to" not in answer.text
