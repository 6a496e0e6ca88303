"""Every route, with what it does and to whom it opens: a new one without an entry fails."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask

from tests.quizapp.visitors import HTMX, Visitor, item, questions, rows

DOCUMENT = "/sources/000_1a7ee3f22d7662d0.txt"

# rule → method and what a learner, a stranger and somebody without a cookie get; the second method of a rule stands
# behind it once more
ROUTES = {
    "/": ("GET", 200, 200, 200),
    "/about-the-bank": ("GET", 200, 200, 200),
    "/attempts": ("POST", 422, 422, 422),
    "/attempts/<public_id>": ("GET", 200, 404, 404),
    "/attempts/<public_id>/items/<position:position>": ("GET", 200, 404, 404),
    "/attempts/<public_id>/items/<position:position>/response": ("POST", 422, 404, 404),
    "/attempts/<public_id>/items/<position:position>/report": ("POST", 422, 404, 404),
    "/attempts/<public_id>/items/<position:position>/second-try": ("POST", 422, 404, 404),
    "/attempts/<public_id>/hand-in": ("POST", 303, 404, 404),
    "/attempts/<public_id>/practice": ("POST", 409, 404, 404),
    "/attempts/<public_id>/result": ("GET", 303, 404, 404),
    "/language": ("POST", 400, 400, 400),
    "/healthz": ("GET", 200, 200, 200),
    "/my-data": ("GET", 200, 200, 200),
    "/my-data/code": ("GET", 303, 303, 303),
    "/my-data/code POST": ("POST", 422, 422, 422),
    "/my-data/delete": ("GET", 200, 200, 200),
    "/my-data/delete POST": ("POST", 422, 422, 422),
    "/my-data/download": ("GET", 200, 200, 200),
    "/my-data/forget": ("POST", 422, 422, 422),
    "/progress": ("GET", 200, 200, 200),
    "/readyz": ("GET", 200, 200, 200),
    "/resume": ("GET", 200, 200, 200),
    "/resume POST": ("POST", 422, 422, 422),
    "/resume/choice": ("GET", 410, 410, 410),
    "/resume/choice POST": ("POST", 410, 410, 410),
    "/sources": ("GET", 200, 200, 200),
    "/sources/<document>": ("GET", 200, 200, 200),
    "/static/<path:filename>": ("GET", 200, 200, 200),
}
TEACHERS = ("/admin", "/teachers")  # have tables of their own
WITHOUT_HTMX = {"/healthz", "/my-data/download", "/readyz", "/static/<path:filename>"}


def test_a12_every_route_is_in_the_table(app: Flask) -> None:
    found = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith(TEACHERS)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert found == {(rule.partition(" ")[0], method) for rule, (method, *_) in ROUTES.items()}


def address(rule: str, public_id: str) -> str:
    return (
        rule.partition(" ")[0]
        .replace("<public_id>", public_id)
        .replace("<position:position>", "1")
        .replace("/sources/<document>", DOCUMENT)
        .replace("<path:filename>", "icon.svg")
    )


def status(visitor: Visitor, rule: str, public_id: str) -> int:
    send = visitor.get if ROUTES[rule][0] == "GET" else visitor.post
    return send(address(rule, public_id)).status_code


@pytest.mark.every_database
@pytest.mark.parametrize("rule", ROUTES)
def test_a12_a30_it_opens_to_those_it_is_for(
    app: Flask, visitor: Visitor, stranger: Visitor, rule: str
) -> None:
    public_id = visitor.start()
    stranger.start()
    nobody = Visitor(app.test_client(), htmx=visitor.htmx)
    before = rows(app)

    people = (visitor, stranger, nobody)

    answers = [status(one, rule, public_id) for one in people]

    told = zip(people, ROUTES[rule][1:], strict=True)
    assert answers == [204 if code == 303 and one.htmx else code for one, code in told]
    assert rows(app) == before


@pytest.mark.parametrize("rule", [rule for rule in ROUTES if rule not in WITHOUT_HTMX])
def test_a31_what_htmx_gets_says_what_it_varies_with(reader: Visitor, rule: str) -> None:
    answer = reader.client.open(address(rule, reader.start()), method=ROUTES[rule][0], headers=HTMX)

    assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= set(answer.vary)
    assert "<!doctype html>" not in answer.text


@pytest.mark.parametrize("rule", ROUTES)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(app: Flask, reader: Visitor, rule: str, method: str) -> None:
    if method == ROUTES[rule][0] or f"{rule.partition(' ')[0]} {method}" in ROUTES or " " in rule:
        return
    public_id = reader.start()
    before = rows(app)
    fields = {"csrf_token": reader.form_token()}

    answer = reader.client.open(address(rule, public_id), method=method, data=fields)

    assert answer.status_code == 405
    assert rows(app) == before


def test_a23_no_get_changes_anything(app: Flask, visitor: Visitor) -> None:
    """In a quiz that is open, half answered and finished."""
    public_id = visitor.start()
    asked = questions(app, public_id)
    for answered in (0, 2, 5):
        for position in range(1, answered + 1):
            visitor.answer(public_id, position, asked[position].key)
        before = rows(app)
        for rule in (rule for rule, (method, *_) in ROUTES.items() if method == "GET"):
            visitor.get(address(rule, public_id))
        assert rows(app) == before


def test_every_link_on_a_page_leads_somewhere(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    reader.finish(app, public_id)

    for page in (
        "/",
        item(public_id, 1),
        f"/attempts/{public_id}/result",
        "/sources",
        DOCUMENT,
        "/about-the-bank",
        "/my-data",
        "/progress",
    ):
        for link in links(reader.get(page).text):
            assert reader.get(link).status_code in {200, 303}, link


def links(page: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'(?:href|src)="(/[^"]*)"', page)]
