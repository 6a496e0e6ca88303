"""Every address under /teachers × everybody who may call it: a new one without an entry fails."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.quizapp.auth.people import link
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import HTMX, Visitor, rows

UNKNOWN = "/teachers/welcome/<token>"

# rule and method → what a stranger and a teacher get who send nothing
ROUTES = {
    ("/teachers/sign-in", "GET"): (200, 303),
    ("/teachers/sign-in", "POST"): (422, 422),
    ("/teachers/sign-out", "POST"): (303, 303),
    ("/teachers/two-factor", "GET"): (303, 303),
    ("/teachers/two-factor", "POST"): (303, 303),
    (UNKNOWN, "GET"): (404, 404),
    (UNKNOWN, "POST"): (404, 404),
}


def test_a12_every_address_is_in_the_table(app: Flask) -> None:
    found = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/teachers")
    }

    assert found == set(ROUTES)


@pytest.mark.every_database
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a12_it_answers(own_app: Flask, htmx: bool) -> None:
    for (rule, method), expected in ROUTES.items():
        stranger = Visitor(own_app.test_client(), htmx=htmx)
        teacher = signed_in(own_app, htmx=htmx)
        before = rows(own_app)
        for visitor, status in zip((stranger, teacher), expected, strict=True):
            send = visitor.get if method == "GET" else visitor.post
            answer = send(rule.replace("<token>", "x" * 43))
            assert answer.status_code == (204 if htmx and status == 303 else status), (rule, method)
        if rule != "/teachers/sign-out":
            assert rows(own_app) == before


@pytest.mark.parametrize("place", ["/teachers/sign-in", "/teachers/welcome/unknown"])
def test_what_htmx_gets_is_a_fragment(app: Flask, place: str) -> None:
    answer = app.test_client().get(place, headers=HTMX)

    assert "<!doctype html>" not in answer.text
    assert "HX-Request" in answer.vary


def test_other_methods_are_refused(app: Flask) -> None:
    visitor = Visitor(app.test_client())
    data = {"csrf_token": visitor.form_token()}
    methods = {rule: {method for known, method in ROUTES if known == rule} for rule, _ in ROUTES}
    for rule, known in methods.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
            answer = visitor.client.open(rule.replace("<token>", "x"), method=method, data=data)
            assert answer.status_code == 405, (rule, method)


def test_pages_of_the_door_are_kept_by_no_cache(own_app: Flask) -> None:
    visitor = Visitor(own_app.test_client())
    for place in ("/teachers/sign-in", link(own_app, "invitation")):
        assert visitor.get(place).headers["Cache-Control"] == "no-store"
