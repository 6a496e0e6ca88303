"""The teachers' first page: what waits comes first, oldest first, and everything leads somewhere."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask

from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.visitors import execute, query

CONFLICT = """
    INSERT INTO item_conflict (item_id, field, theirs, fingerprint, found_at)
    VALUES (:item, :field, '{"value": "x"}', 'f', '2026-11-01 10:00:00.000000')
"""
REPORT = """
    INSERT INTO report (item_id, item_version_id, reason, text, state, made_at)
    VALUES (:item, :item, 'wrong', :text, 'open', :at)
"""


def titles(page: str) -> list[str]:
    """The headings of what waits."""
    return [
        html.unescape(words)
        for words in re.findall(r'<section class="waiting".*?<h2[^>]*>(.*?)</h2>', page, re.DOTALL)
    ]


def links(page: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(r'href="(/admin/[^"]*)"', page)]


def stem(app: Flask, item: int) -> str:
    row = query(app, "SELECT v.stem FROM item_version v WHERE v.item_id = :item", item=item)[0]
    return str(row.stem)


def test_with_nothing_to_do_it_says_so(app: Flask) -> None:
    page = signed_in(app).get("/admin/").text

    assert titles(page) == []
    assert "Nothing waits for you" in page


@pytest.fixture
def busy(own_app: Flask) -> Flask:
    """A bank in which something of every kind waits."""
    for item, at in ((1, "2026-11-02 10:00:00.000000"), (2, "2026-11-01 10:00:00.000000")):
        execute(own_app, REPORT, item=item, text="Is <b>this</b> so?", at=at)
    for field in ("stem", "explanation"):
        execute(own_app, CONFLICT, item=3, field=field)
    execute(own_app, "UPDATE item SET suspended = 'Passage B¶7 has changed.' WHERE id = 4")
    execute(own_app, "UPDATE item SET state = 'in_review' WHERE id IN (5, 6)")
    execute(own_app, "UPDATE item SET state = 'draft' WHERE id BETWEEN 10 AND 17")
    return own_app


@pytest.mark.every_database
def test_everything_that_waits_is_there_with_its_number(busy: Flask) -> None:
    page = signed_in(busy).get("/admin/").text

    assert titles(page) == [
        "2 open reports", "1 conflict with a rebuild", "1 suspended question", "2 questions in review", "8 drafts",
    ]  # fmt: skip
    assert "2 fields to decide" in page
    assert "Passage B¶7 has changed." in page
    assert "Is &lt;b&gt;this&lt;/b&gt; so?" in page
    assert page.index(html.escape(stem(busy, 2), quote=False)) < page.index(
        html.escape(stem(busy, 1), quote=False)
    )


def test_every_link_of_what_waits_leads_to_a_list_that_holds_it(busy: Flask) -> None:
    teacher = signed_in(busy)
    lists = [href for href in links(teacher.get("/admin/").text) if "order=unchanged" in href]

    assert len(lists) == 5
    for href, number in zip(lists, (2, 1, 1, 2, 8), strict=True):
        assert listed(teacher, href) == number


def listed(teacher: SignedIn, href: str) -> int:
    answer = teacher.get(href)
    assert answer.status_code == 200
    return len(re.findall(r'<li class="row">', answer.text))


def test_the_bank_is_counted_by_topic_and_state(busy: Flask) -> None:
    page = signed_in(busy).get("/admin/").text
    rows = query(busy, "SELECT state, count(*) AS n FROM item GROUP BY state")
    counts = {row.state: row.n for row in rows}

    total = re.search(r"All topics</a></th>(.*?)</tr>", page, re.DOTALL)
    assert total is not None
    assert re.findall(r">(\d+)<", total[1]) == [
        str(counts.get(state, 0)) for state in ("draft", "in_review", "approved", "retired")
    ]
    assert "/admin/questions?topic=referendum&state=approved" in links(page)


def test_the_last_rebuild_is_told(app: Flask) -> None:
    details = query(app, "SELECT details FROM audit_entry WHERE action = 'seed-questions'")[0].details
    build = re.search(r'"build": "(\w+)"', str(details).replace("'", '"'))

    page = signed_in(app).get("/admin/").text

    assert build is not None
    assert f"<code>{build[1]}</code>" in page
    assert re.search(
        r'<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ">\d+ \w{3} \d{4}, \d\d:\d\d UTC</time>: \d+ added',
        page,
    )


def test_a_bank_without_a_rebuild_says_how_to_make_one(own_app: Flask) -> None:
    execute(own_app, "DROP TRIGGER audit_entry_no_delete")
    execute(own_app, "DELETE FROM audit_entry")

    assert "flask seed-questions" in signed_in(own_app).get("/admin/").text
