"""Languages: chosen by the browser or at the foot of a page, whole on every page, with numbers and dates as they go."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from quizapp import languages
from quizapp.about.charts import percent
from quizapp.about.pages import AboutPage
from quizapp.languages import LANGUAGES
from quizapp.moments import Moment, told_day
from quizapp.services.about import find_report
from quizapp.transactions import reading
from tests.quizapp.teachers import signed_in
from tests.quizapp.untranslated import Bracketed, unbracketed
from tests.quizapp.visitors import Visitor, item, query, questions

DOCUMENT = "/sources/003_d0322ff640151e06.txt"
FRENCH = {"Accept_Language": "fr-CA,fr;q=0.9,en;q=0.5"}

TEACHERS = "/admin"
NO_PAGES = {"static", "health.healthz", "health.readyz", "my_data.download", "exchange.show_schema"}


def language_of(page: str) -> str:
    found = re.search(r'<html lang="(\w+)">', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("de,fr;q=0.4,en;q=0.3", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de-CH", "en"),
        ("", "en"),
        ("\0;q=x,,", "en"),
    ],
)
def test_a_page_speaks_the_language_that_the_browser_asks_for(
    reader: Visitor, asked: str, spoken: str
) -> None:
    for address in ("/", "/sources", "/nowhere"):
        answer = reader.get(address, Accept_Language=asked.replace("\0", "?"))
        assert language_of(answer.text) == spoken
        assert answer.headers["Content-Language"] == spoken
        assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_fragments_speak_it_too(app: Flask) -> None:
    answer = Visitor(app.test_client(), htmx=True).get("/nowhere", **FRENCH)

    assert "Cette page n’est pas ici" in answer.text
    assert answer.headers["Content-Language"] == "fr"


def choose(visitor: Visitor, language: str, page: str, **headers: str) -> str:
    answer = visitor.post("/language", {"language": language, "next": page}, **headers)
    if visitor.htmx:
        assert answer.status_code == 204
        return answer.headers["HX-Redirect"]
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_what_was_chosen_is_kept_whatever_the_browser_asks_for(visitor: Visitor) -> None:
    reader = Visitor(visitor.client)
    assert choose(visitor, "fr", "/sources") == "/sources"
    assert language_of(reader.get("/sources", Accept_Language="en").text) == "fr"
    assert language_of(reader.get("/about-the-bank", Accept_Language="en").text) == "fr"

    choose(visitor, "en", "/")
    assert language_of(reader.get("/", **FRENCH).text) == "en"


def test_the_choice_leads_back_to_the_same_page_with_its_query(reader: Visitor) -> None:
    page = f"{DOCUMENT}?quote=80%25&x=a%20b"
    offered = re.search(r'name="next" value="([^"]*)"', reader.get(page).text)

    assert offered
    assert choose(reader, "fr", html.unescape(offered[1])) == page


def test_the_browser_knows_better_where_it_is(reader: Visitor) -> None:
    """The form stands at the foot while htmx goes on from question to question above it."""
    public_id = reader.start()
    here = item(public_id, 2)

    assert choose(reader, "fr", item(public_id, 1), Referer=f"http://localhost{here}") == here
    assert choose(reader, "fr", "/sources", Referer="http://localhost/attempts") == "/sources"
    assert choose(reader, "fr", "/sources", Referer="http://[") == "/sources"


@pytest.mark.parametrize(
    "place",
    ["//example.org", "https://example.org/", "/\\example.org", "javascript:1", "/nowhere", "", "sources"],
)
def test_it_leads_to_no_other_place(reader: Visitor, place: str) -> None:
    assert choose(reader, "fr", place) == "/"
    assert choose(reader, "fr", place, Referer=place) == "/"


def test_a_sign_out_keeps_the_language(app: Flask) -> None:
    teacher = signed_in(app, email="walker@school.example")
    choose(teacher, "fr", "/admin/")

    assert teacher.post("/teachers/sign-out").status_code == 303
    assert language_of(teacher.get("/").text) == "fr"


@pytest.mark.parametrize("language", ["", "de", "fr-CA", "../fr", "\0"])
def test_there_are_no_other_languages(reader: Visitor, language: str) -> None:
    assert reader.post("/language", {"language": language, "next": "/"}).status_code == 400
    assert language_of(reader.get("/").text) == "en"


def test_every_page_offers_the_languages_by_their_own_names(reader: Visitor) -> None:
    for address in ("/", DOCUMENT, "/nowhere"):
        page = reader.get(address, **FRENCH).text
        for code, name in LANGUAGES.items():
            current = ' aria-current="true"' if code == "fr" else ""
            assert f'<button name="language" value="{code}" lang="{code}"{current}>{name}</button>' in page


def test_the_french_pages_say_that_questions_are_in_english(reader: Visitor) -> None:
    note = "Pour l’instant, les questions et les articles sont en anglais."

    assert note in reader.get("/sources", **FRENCH).text
    assert "in English for now" not in reader.get("/sources").text


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """All looked-up texts stand in brackets."""
    monkeypatch.setattr(languages, "translations", lambda _: Bracketed())


def pages(app: Flask, *, teachers: bool, **values: str) -> Iterator[str]:
    """The addresses of all pages, found in the map of addresses, so that none can be forgotten."""
    for rule in app.url_map.iter_rules():
        is_page = "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES
        if is_page and rule.rule.startswith(TEACHERS) == teachers:
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values.get(found[1], found[0]), rule.rule)
            for position in ("1", "2", "3") if "<position:position>" in address else ("",):
                yield address.replace("<position:position>", position)


def in_english(app: Flask, visitor: Visitor, addresses: Iterable[str]) -> list[str]:
    """What these pages say outside brackets."""
    titles = query(app, "SELECT title FROM document UNION SELECT stem FROM item_version")
    names = [app.config["PRODUCT_NAME"], *(row.title for row in titles)]
    return [
        f"{address}: {text}"
        for address in addresses
        if (answer := visitor.get(address, **FRENCH)).status_code not in {301, 302, 303}
        for text in unbracketed(answer.text, *names)
    ]


def test_no_untranslated_text_reaches_a_page(app: Flask, visitor: Visitor, bracketed: None) -> None:
    """In a quiz that has just begun, where one answer was right and one wrong, and at its end."""
    public_id = visitor.start()
    asked = questions(app, public_id)
    walk = list(
        pages(app, teachers=False, public_id=public_id, document=DOCUMENT.rpartition("/")[2], token="none")  # noqa: S106
    )

    left = in_english(app, visitor, walk)
    visitor.answer(public_id, 1, asked[1].key)
    visitor.answer(public_id, 2, asked[2].wrong[0])
    left += in_english(app, visitor, walk)
    visitor.finish(app, public_id)
    left += in_english(app, visitor, walk)

    assert f"/attempts/{public_id}/items/3" in walk
    assert left == []


def test_no_untranslated_text_reaches_a_teacher(app: Flask, bracketed: None) -> None:
    teacher = signed_in(app, email="walker@school.example", administrator=True)
    uid = query(app, "SELECT uid FROM item WHERE state = 'approved' ORDER BY id")[0].uid
    walk = pages(app, teachers=True, uid=uid, document=DOCUMENT.rpartition("/")[2], name="none")

    assert in_english(app, teacher, walk) == []


def test_what_is_not_translated_is_found() -> None:
    """The test above would pass for any page if it read none."""
    page = """<html lang="fr"><title>⟦One⟧ · Ibid</title><p>⟦Two <b>3</b>⟧ A 4 <b>loose</b></p>
        <p lang="en">Five <i title="six">six</i></p><img alt="seven"><script>eight</script>
        <input type="submit" value="nine"><input type="text" value="ten"><p data-told="Eleven">⟦a ⟦b⟧⟧</p>
        <p data-url="/x/Y" data-what="a-b">twelve <time>May</time></p><p translate="no">Ibid</p></html>"""

    assert unbracketed(page, "Ibid") == ["· A 4 loose twelve", "seven", "nine", "Eleven"]


@pytest.fixture
def french(app: Flask) -> Iterator[None]:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        yield


def test_days_and_moments_in_french(french: None) -> None:
    assert told_day(dt.date(2018, 11, 4)) == "4 novembre 2018"
    assert told_day(dt.date(2018, 5, 1)) == "1er mai 2018"
    assert Moment.of(dt.datetime(2018, 12, 1, 9, 5, tzinfo=dt.UTC)).told == "1er déc. 2018, 09:05 UTC"


def test_shares_in_french(french: None) -> None:
    assert percent(0.125, 1) == "12,5\u00a0%"
    assert percent(0.61) == "61\u00a0%"


def test_days_moments_and_shares_in_english(app: Flask) -> None:
    with app.test_request_context():
        assert told_day(dt.date(2018, 11, 1)) == "1 November 2018"
        assert Moment.of(dt.datetime(2018, 9, 1, 9, 5, tzinfo=dt.UTC)).told == "1 Sep 2018, 09:05 UTC"
        assert (percent(0.125, 1), percent(0.61, 1), percent(0.61)) == ("12.5%", "61.0%", "61%")


def test_what_is_counted_in_french(app: Flask, french: None) -> None:
    """Of nothing French speaks in the singular."""
    with reading() as session:
        report = find_report(session)
    assert report
    few = [
        replace(paragraph, items=items, facts=items)
        for items, paragraph in enumerate(report.figures.paragraphs[:3])
    ]
    shown = AboutPage.of(replace(report, figures=replace(report.figures, paragraphs=tuple(few)))).report

    assert shown
    labels = [cell.label for document in shown.documents for cell in document.cells]
    assert [label.partition("\u202f: ")[2] for label in labels] == [
        "0 question, 0 fait",
        "1 question, 1 fait",
        "2 questions, 2 faits",
    ]
