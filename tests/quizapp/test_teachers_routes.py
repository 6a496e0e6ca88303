"""Every route of the teachers' room × everybody who may call it, plain and with htmx: a new one without a row fails.

A stranger and a learner get the same answer at every address under /admin, existing or not; so only teachers and
administrators have columns.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest
from flask import Flask

from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import Visitor, query, rows

ROOM = "/admin"


class Row(NamedTuple):
    """What a method of a route answers to a teacher and to an administrator who send nothing."""

    rule: str
    method: str
    teacher: int
    administrator: int


# One row a route and method. Sending nothing to a form is refused with 422 and changes nothing.
ROWS: tuple[Row, ...] = (
    Row("/admin/", "GET", 200, 200),
    Row("/admin/account", "GET", 200, 200),
    Row("/admin/account/password", "POST", 422, 422),
    Row("/admin/account/recovery-codes", "POST", 422, 422),
    Row("/admin/account/second-step", "GET", 200, 200),
    Row("/admin/account/second-step", "POST", 422, 422),
    Row("/admin/account/second-step/off", "POST", 422, 422),
    Row("/admin/account/sign-out-everywhere", "POST", 422, 422),
    Row("/admin/confirm", "GET", 200, 200),
    Row("/admin/confirm", "POST", 422, 422),
    Row("/admin/exchange", "GET", 200, 200),
    Row("/admin/exchange/export", "POST", 422, 422),
    Row("/admin/exchange/import", "POST", 422, 422),
    Row("/admin/exchange/imports/<name>", "GET", 404, 404),  # nobody but who sent the file
    Row("/admin/exchange/imports/<name>", "POST", 404, 404),
    Row("/admin/exchange/questions.schema.json", "GET", 200, 200),
    Row("/admin/log", "GET", 200, 200),
    Row("/admin/paper", "GET", 200, 200),
    Row("/admin/paper/key", "GET", 404, 404),  # without questions there is no paper
    Row("/admin/paper/sheets", "GET", 404, 404),
    Row("/admin/people", "GET", 404, 200),
    Row("/admin/people", "POST", 404, 422),
    Row("/admin/people/<int:account_id>/active", "POST", 404, 422),
    Row("/admin/people/<int:account_id>/link", "POST", 404, 422),
    Row("/admin/people/<int:account_id>/role", "POST", 404, 422),
    Row("/admin/people/withdraw", "POST", 404, 422),
    Row("/admin/questions", "GET", 200, 200),
    Row("/admin/questions", "POST", 422, 422),
    Row("/admin/questions/<uid>/edit", "GET", 200, 200),
    Row("/admin/questions/<uid>/edit", "POST", 422, 422),
    Row("/admin/questions/check", "POST", 200, 200),  # it says what is missing, and writes nothing
    Row("/admin/questions/new", "GET", 200, 200),
    Row("/admin/questions/new", "POST", 422, 422),
    Row("/admin/sources", "GET", 200, 200),
    Row("/admin/sources/<document>", "GET", 200, 200),
    Row("/admin/undo/<int:entry>", "POST", 404, 404),  # the first entry is a rebuild, which cannot be undone
    Row("/admin/questions/<uid>", "GET", 200, 200),
    Row("/admin/questions/<uid>/conflicts", "GET", 200, 200),
    Row("/admin/questions/<uid>/conflicts", "POST", 422, 422),
    Row("/admin/questions/<uid>/key", "GET", 200, 200),
    Row("/admin/questions/<uid>/key", "POST", 422, 422),
    Row("/admin/questions/<uid>/preview", "GET", 200, 200),
    Row("/admin/questions/<uid>/preview", "POST", 422, 422),
    Row("/admin/questions/<uid>/reports/settle", "POST", 422, 422),
    Row("/admin/questions/<uid>/restore", "POST", 422, 422),
    Row("/admin/questions/<uid>/state", "POST", 422, 422),
    Row("/admin/questions/<uid>/versions", "GET", 200, 200),
)


def address(rule: str, app: Flask) -> str:
    """The rule with something that exists in each of its places."""
    uid = query(app, "SELECT uid FROM item WHERE state = 'approved' ORDER BY uid LIMIT 1")[0].uid
    for place, value in {
        "<uid>": uid,
        "<name>": "A" * 22,
        "<position:number>": "1",
        "<int:entry>": "1",
        "<document>": "000_1a7ee3f22d7662d0.txt",
    }.items():
        rule = rule.replace(place, value)
    if "<int:account_id>" in rule:
        signed_in(app, email="colleague@school.example")
        colleague = query(app, "SELECT id FROM account WHERE email = 'colleague@school.example'")[0].id
        rule = rule.replace("<int:account_id>", str(colleague))
    assert "<" not in rule, rule
    return rule


def test_a12_every_route_of_the_room_has_its_rows(app: Flask) -> None:
    found = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(ROOM)
    }

    assert found == {(row.rule, row.method) for row in ROWS}


@pytest.mark.every_database
@pytest.mark.parametrize("row", ROWS, ids=[f"{row.method} {row.rule}" for row in ROWS])
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a12_a30_it_answers_those_who_signed_in(own_app: Flask, row: Row, htmx: bool) -> None:
    place = address(row.rule, own_app)
    for is_administrator, expected in ((False, row.teacher), (True, row.administrator)):
        visitor = signed_in(
            own_app, email=f"{is_administrator}@school.example", administrator=is_administrator, htmx=htmx
        )
        send = visitor.get if row.method == "GET" else visitor.post
        before = rows(own_app)

        answer = send(place)

        assert answer.status_code == (204 if htmx and expected == 303 else expected)
        if row.method == "GET" or expected >= 400:
            assert rows(own_app) == before


ADDRESSES = ("/admin", "/admin/", "/admin/nothing-is-here", "/admin/questions/no-such-question")


@pytest.mark.every_database
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a12_a30_without_a_sign_in_every_address_answers_alike(app: Flask, method: str) -> None:
    """For strangers and for learners, whatever they send."""
    learner = Visitor(app.test_client())
    learner.start()
    stranger = Visitor(app.test_client())
    places = [*ADDRESSES, *(address(row.rule, app) for row in ROWS)]
    before = rows(app)

    for visitor in (learner, stranger):
        for place in places:
            plain = visitor.client.open(place, method=method)
            htmx = visitor.client.open(place, method=method, headers={"HX-Request": "true"})

            assert plain.status_code == 302
            assert plain.headers["Location"].startswith("/teachers/sign-in?next=/admin")
            assert htmx.status_code == 401
            assert htmx.headers["HX-Redirect"] == plain.headers["Location"]
            assert "HX-Request" in plain.vary
    assert rows(app) == before


def test_addresses_that_only_look_like_the_room_are_none(reader: Visitor) -> None:
    assert reader.get("/administration").status_code == 404
