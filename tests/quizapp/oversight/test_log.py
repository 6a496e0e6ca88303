"""The log as it is read: sentences, filters, and pages that stay whole while it grows."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup

from quizapp.oversight.names import NAMES, actor_of, name_of
from quizapp.oversight.sentences import sentence, why
from quizapp.services import log, log_list
from quizapp.services.log_list import Entry, LogFilter, list_entries
from quizapp.transactions import reading, writing
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import query

NOON = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
UID = "nc-a01-date"
MARIE = Markup("<b>Marie</b>")
WHAT = Markup("<i>X</i>")


def entry(
    action: str, subject: str | None = UID, actor: str = "marie@school.example", **details: Any
) -> Entry:
    return Entry(1, NOON, actor, action, subject, details)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (entry("state", **{"from": "draft", "to": "approved"}), "approved X"),
        (entry("state", to="retired", bulk=3), "retired (one of many) X"),
        (
            entry("bulk", None, to="in_review", changed=12, refused=2),
            "sent to review: 12 questions, 2 left as they were",
        ),
        (entry("bulk", None, to="retired", changed=1), "retired: 1 question"),
        (entry("undo", None, undone=7, changed=12), "took back entry 7: 12 questions"),
        (
            entry("undo", None, undone=7, changed=1, refused=3),
            "took back entry 7: 1 question, 3 left as they were",
        ),
        (
            entry("seed-questions", None, added=3, changed=1, unchanged=2, retired=0, kept=4),
            "rebuilt the bank: 3 added, 1 changed, 2 unchanged, 0 retired, 4 kept",
        ),
        (entry("seed-questions", None), "rebuilt the bank"),
        (entry("edit", fields=["stem", "since_then"]), "edited the stem, since then of X"),
        (entry("edit"), "edited X"),
        (entry("create", state="draft"), "wrote, as draft, X"),
        (entry("create"), "wrote X"),
        (entry("restore"), "restored an earlier version of X"),
        (entry("rescore", marks="full", responses=1), "corrected the key; 1 answer given full marks: X"),
        (entry("rescore"), "corrected the key; 0 answers settled: X"),
        (
            entry("import", None, new=2, changed=1, there=5),
            "imported 2 new questions, 1 changed, 5 there already",
        ),
        (entry("export", None, questions=4), "exported 4 questions"),
        (entry("export", None), "exported questions"),
        (entry("sign-in", None), "signed in"),
        (entry("password", "marie@school.example"), "set the password of X"),
        (entry("sign-in failed", "paul@school.example"), "could not sign in X"),
    ],
)
def test_an_entry_is_a_sentence(app: Flask, told: Entry, words: str) -> None:
    with app.test_request_context():
        found = sentence(told, MARIE, WHAT if told.subject else Markup())
    assert found.striptags() == f"Marie {words}"
    assert (WHAT in found) is bool(told.subject)


def test_what_nobody_has_put_into_words_is_told_by_its_name(app: Flask) -> None:
    with app.test_request_context():
        assert sentence(entry("some_<thing>"), MARIE, Markup("X")) == "<b>Marie</b>: Some &lt;thing&gt; X"


def test_names_and_reasons(app: Flask) -> None:
    with app.test_request_context():
        assert actor_of(entry("edit", actor=log.COMMAND_LINE)) == "The command line"
        assert actor_of(entry("edit", actor="")) == "Somebody"
        assert why(entry("edit", note="A typo")) == "A typo"
        assert why(entry("edit")) == ""
        assert name_of("sign-out everywhere") == "Sign out everywhere"
        assert set(NAMES.values()) == {name_of(action) for action in NAMES}


def fill(app: Flask, number: int = 120) -> None:
    with app.app_context(), writing() as session:
        for n in range(number):
            log.record(
                session,
                actor="paul@school.example" if n % 3 else "marie@school.example",
                action="edit" if n % 2 else "state",
                subject=f"question-{n % 10}",
                details={"why": f"Reason <{n}>", "to": "approved"},
                now=NOON + dt.timedelta(hours=n),
            )


@pytest.fixture
def filled(own_app: Flask) -> Flask:
    fill(own_app)
    return own_app


def ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="entry-(\d+)"', page)]


def link(page: str, relation: str) -> str | None:
    found = re.search(rf'href="([^"]+)" rel="{relation}"', page)
    return html.unescape(found[1]) if found else None


@pytest.mark.every_database
def test_pages_hold_every_entry_once_newest_first_and_lead_back(filled: Flask) -> None:
    teacher = signed_in(filled)
    address: str | None = "/admin/log"
    seen: list[list[int]] = []
    while address:
        page = teacher.get(address).text
        seen.append(ids(page))
        address = link(page, "next")
    everything = [row.id for row in query(filled, "SELECT id FROM audit_entry ORDER BY id DESC")]

    assert [found for some in seen for found in some] == everything
    back = link(page, "prev")
    assert back is not None
    assert ids(teacher.get(back).text) == seen[-2]
    assert link(teacher.get("/admin/log").text, "prev") is None


@pytest.mark.every_database
def test_a_page_stays_what_it_was_while_the_log_grows(filled: Flask) -> None:
    teacher = signed_in(filled)
    second = link(teacher.get("/admin/log").text, "next")
    assert second is not None
    before = ids(teacher.get(second).text)

    fill(filled, 5)

    assert ids(teacher.get(second).text) == before


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("asked", "statement"),
    [
        ("action=edit", "action = 'edit'"),
        ("actor=paul@school.example", "actor = 'paul@school.example'"),
        ("subject=question-3", "subject = 'question-3'"),
        (
            "since=2026-03-07&until=2026-03-07&action=state",
            "action = 'state' AND at >= '2026-03-07' AND at < '2026-03-08'",
        ),
        ("action=nothing", "action = 'nothing'"),
    ],
)
def test_filters_find_what_they_ask_for(filled: Flask, asked: str, statement: str) -> None:
    expected = query(filled, f"SELECT id FROM audit_entry WHERE {statement} ORDER BY id DESC LIMIT 50")  # noqa: S608

    page = signed_in(filled).get(f"/admin/log?{asked}").text

    assert ids(page) == [row.id for row in expected]
    assert "Clear the filters" in page


def test_filters_stay_on_the_next_page(filled: Flask) -> None:
    page = signed_in(filled).get("/admin/log?actor=paul@school.example").text

    assert "actor=paul@school.example" in str(link(page, "next"))


def test_days_that_are_none_and_pages_that_are_none_are_left_out(app: Flask) -> None:
    teacher = signed_in(app)
    for typed in (
        "since=yesterday",
        "until=9999-12-31",
        "since=0001-01-01",
        "before=x",
        "after=-1",
        "before=" + "9" * 30,
    ):
        assert teacher.get(f"/admin/log?{typed}").status_code == 200
    assert LogFilter.from_args({"since": "9999-12-31", "action": " a\x00b "}) == LogFilter(action="ab")


def test_an_address_before_the_first_entry_has_nothing(app: Flask) -> None:
    with app.app_context(), reading() as session:
        page = list_entries(session, LogFilter(), before=1)

    assert page == log_list.LogPage((), None, None)


def test_a13_what_somebody_typed_is_escaped_and_questions_are_linked(filled: Flask) -> None:
    page = signed_in(filled).get("/admin/log").text

    assert "“Reason &lt;119&gt;”" in page
    assert "<119>" not in page
    assert 'href="/admin/questions/question-9"' in page
    assert '<time datetime="2026-03-09T11:00:00Z">9 Mar 2026, 11:00 UTC</time>' in page


def test_htmx_gets_the_entries_under_a_clean_address(filled: Flask) -> None:
    answer = signed_in(filled, htmx=True).get("/admin/log?action=edit&actor=&since=")

    assert answer.text.startswith('<div class="log" id="entries">')
    assert answer.headers["HX-Push-Url"] == "/admin/log?action=edit"


def test_details_that_are_very_long_are_cut(own_app: Flask) -> None:
    with own_app.app_context(), writing() as session:
        log.record(session, actor="x", action="edit", details={"note": "y" * 9000}, now=NOON)

    page = signed_in(own_app).get("/admin/log").text

    assert " …</pre>" in page
