"""The teachers' room in another language where something has happened, where forms were refused, and at its door.

Every text stands in brackets, as if a translator had put it there; what stands outside them was forgotten.
"""

from __future__ import annotations

import json

import pytest
from flask import Flask

from quizapp import languages
from quizapp.services.findings import Finding, store_findings
from quizapp.services.reports import REASONS, report
from tests.quizapp.auth.people import EMAIL, PASSWORD, account, link, sign_in, with_second_step
from tests.quizapp.services.questions import MARIE, NOW, an_approved, changing, read
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.test_teachers_routes import address
from tests.quizapp.untranslated import Bracketed, unbracketed
from tests.quizapp.visitors import Visitor, execute, query, questions

SIGN_IN = "/teachers/sign-in"
PRODUCT = "Ibid"

_LISTS = (
    "?text=report&paragraph=1&fact=NC-A01&topic=referendum&state=approved&order=hardest&reported=1",
    "?finding=any&page=2",
    "?suspended=1",
    "?text=xyzzy",
)
_VIEWS = ("/key?key=1", "/preview?answer=1", "/versions?old=1&new=2", "/versions?old=1&new=1")

SHAKEN = (
    "Rebuild of 1 March 2026: A¶3 was changed; fact NC-A01 is no longer stated. Rebuild of 2 March 2026: odd."
)


@pytest.fixture
def teacher(own_app: Flask) -> SignedIn:
    """An administrator whose pages have something to tell everywhere."""
    one = an_approved(own_app)
    student = Visitor(own_app.test_client())
    public_id = student.start()
    asked = questions(own_app, public_id)
    student.finish(own_app, public_id, right=[1])
    uids = {row.id: row.uid for row in query(own_app, "SELECT id, uid FROM item")}
    answered = uids[asked[1].item]
    teacher = signed_in(own_app, email=MARIE, administrator=True)
    with changing(own_app) as session:
        for position, reason in enumerate(REASONS, start=1):
            report(
                session,
                public_id=public_id,
                learner=query(own_app, "SELECT learner FROM attempt LIMIT 1")[0].learner,
                position=min(position, 5),
                reason=reason,
                text="",
                now=NOW,
            )
        places = ("stem", "option 2", "option 2 and 3", "rationale 1", "somewhere")
        store_findings(
            session,
            {
                one.id: [
                    Finding("L05", "W" if n else "E", place, "none is named")
                    for n, place in enumerate(places)
                ]
            },
        )
    execute(own_app, "UPDATE item SET suspended = :why WHERE id = :id", why=SHAKEN, id=one.id)
    teacher.post(f"/admin/questions/{answered}/key", _correction(own_app, answered))
    teacher.post(f"/admin/questions/{answered}/state", {"version": "2", "to": "in_review", "why": ""})
    teacher.post(f"/admin/questions/{one.uid}/state", {"version": "1", "to": "retired", "why": "Odd"})
    teacher.post(f"/admin/questions/{one.uid}/state", {"version": "1", "to": "draft", "why": "Odd"})
    _disagree(own_app, one.id)
    account(own_app, "closed@school.example")
    execute(own_app, "UPDATE account SET active = false WHERE email = 'closed@school.example'")
    link(own_app, "invitation", "new@school.example")
    return teacher


def _correction(app: Flask, uid: str) -> dict[str, str]:
    wrong = next(n for n, option in enumerate(read(app, uid).content.options) if not option.correct)
    words = dict.fromkeys(("rationale", "old_rationale", "explanation"), "The report says so, A¶1.")
    return {"version": "1", "key": str(wrong), "of": "1", "marks": "rescored", **words}


def _disagree(app: Flask, item: int) -> None:
    for field, value in (("stem", "What else?"), ("bloom", "apply"), ("state", "retired")):
        execute(
            app,
            "INSERT INTO item_conflict (item_id, field, theirs, fingerprint, found_at)"
            " VALUES (:id, :field, :theirs, 'abc123', '2026-03-02 09:30:00.000000')",
            id=item,
            field=field,
            theirs=json.dumps({"value": value}),
        )


def own_rules(app: Flask) -> list[tuple[str, str]]:
    """Every address of the room and of its door, with its method."""
    return sorted(
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST"}
        if rule.rule.startswith(("/admin", "/teachers")) and "<token>" not in rule.rule
    )


def test_no_text_of_the_room_is_forgotten(
    own_app: Flask, teacher: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page, and every form that is sent empty."""
    uid = query(own_app, "SELECT uid FROM item WHERE suspended IS NOT NULL")[0].uid
    answered = query(own_app, "SELECT subject FROM audit_entry WHERE action = 'rescore'")[0].subject
    monkeypatch.setattr(languages, "translations", lambda _: Bracketed())
    places = [(rule.replace("<uid>", uid), method) for rule, method in own_rules(own_app)]
    places += [(rule.replace("<uid>", answered), "GET") for rule, _ in own_rules(own_app) if "<uid>" in rule]
    places += [(f"/admin/questions{more}", "GET") for more in _LISTS]
    places += [(f"/admin/questions/{one}{more}", "GET") for one in (uid, answered) for more in _VIEWS]
    stems = [read(own_app, one).content.stem for one in (uid, answered)]
    seen = 0
    for place, method in places:
        visitor = teacher if place.startswith("/admin") else Visitor(own_app.test_client())
        send = visitor.get if method == "GET" else visitor.post

        answer = send(address(place, own_app), Accept_Language="fr")

        if answer.mimetype == "text/html" and answer.status_code in {200, 422}:
            assert unbracketed(answer.text, PRODUCT, *stems) == [], (method, place)
            seen += 1
    assert seen > 40


def test_no_text_at_the_door_is_forgotten(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    account(own_app)
    with_second_step(own_app)
    links = [link(own_app, purpose, f"{purpose}@school.example") for purpose in ("invitation", "password")]
    setup = link(own_app, "setup", None)
    monkeypatch.setattr(languages, "translations", lambda _: Bracketed())
    visitor = Visitor(own_app.test_client())
    half = Visitor(own_app.test_client())
    sign_in(half, password=PASSWORD)

    pages = [visitor.get(place, Accept_Language="fr") for place in [*links, setup, "/teachers/welcome/none"]]
    pages += [
        visitor.post(place, {"new_password": "short", "again": ""}, Accept_Language="fr") for place in links
    ]
    pages += [
        visitor.post(SIGN_IN, {"email": EMAIL, "password": "x"}, Accept_Language="fr") for _ in range(7)
    ]
    pages += [half.get("/teachers/two-factor", Accept_Language="fr")]
    pages += [half.post("/teachers/two-factor", {"code": "1"}, Accept_Language="fr")]

    assert {page.status_code for page in pages} == {200, 404, 422, 429}
    for page in pages:
        assert unbracketed(page.text, PRODUCT) == []
