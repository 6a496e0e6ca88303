"""Signing in and out: one message for all that is wrong, a new session each time, a way back that stays here."""

from __future__ import annotations

import statistics
import time

import pytest
from flask import Flask

from quizapp.identity import ACCOUNT, LEARNER, TEACHER_SESSION
from quizapp.services.accounts import hash_of
from tests.quizapp.auth.people import (
    ANOTHER,
    EMAIL,
    PASSWORD,
    SIGN_IN,
    account,
    actions,
    is_in,
    sign_in,
    somebody,
)
from tests.quizapp.visitors import Visitor, count, execute, query, rows, target

WRONG = "E-mail or password is wrong."


@pytest.mark.every_database
def test_it_works(own_app: Flask) -> None:
    account(own_app)
    visitor = Visitor(own_app.test_client())

    answer = sign_in(visitor, " Marie@School.EXAMPLE ", next="/admin/account")

    assert (answer.status_code, target(answer)) == (303, "/admin/account")
    assert EMAIL in visitor.get("/admin/account").text
    assert actions(own_app)[-1] == (EMAIL, "sign-in", None)


def test_with_htmx_the_page_behind_is_loaded(own_app: Flask) -> None:
    account(own_app)
    visitor = Visitor(own_app.test_client(), htmx=True)

    answer = sign_in(visitor)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/admin/")


def test_who_is_signed_in_needs_no_form(own_app: Flask) -> None:
    visitor = somebody(own_app)

    assert target(visitor.get(f"{SIGN_IN}?next=/admin/account")) == "/admin/account"


def test_while_there_is_no_account_the_page_says_who_makes_the_first(own_app: Flask) -> None:
    visitor = Visitor(own_app.test_client())
    assert "set-up link in its console" in visitor.get(SIGN_IN).text

    account(own_app)

    assert "set-up link" not in visitor.get(SIGN_IN).text


def test_a_form_without_a_name_says_so_beside_the_field(own_app: Flask) -> None:
    visitor = Visitor(own_app.test_client())

    answer = sign_in(visitor, "", "typed")

    assert answer.status_code == 422
    assert 'aria-describedby="email-error"' in answer.text
    assert "typed" not in answer.text
    assert count(own_app, "sign_in_failure") == 0


@pytest.mark.every_database
def test_a11_a_sign_in_makes_a_new_session_and_leaves_nothing_planted(own_app: Flask) -> None:
    account(own_app)
    visitor = Visitor(own_app.test_client())
    public_id = visitor.start()
    with visitor.client.session_transaction() as cookie:
        cookie |= {
            TEACHER_SESSION: "planted",
            "kept": "planted",
            "anything": "planted",
            "second_step": "planted",
        }
        planted = cookie[LEARNER]

    sign_in(visitor)

    with visitor.client.session_transaction() as cookie:
        kept = dict(cookie)
    assert set(kept) <= {TEACHER_SESSION, ACCOUNT, LEARNER, "csrf_token"}
    assert "planted" not in kept.values()
    assert kept[LEARNER] != planted
    assert visitor.get(f"/attempts/{public_id}").status_code == 200
    stranger = Visitor(own_app.test_client())
    with stranger.client.session_transaction() as cookie:
        cookie[LEARNER] = planted
    assert stranger.get(f"/attempts/{public_id}").status_code == 404


def test_a11_signing_in_twice_in_one_browser_ends_the_first_session(own_app: Flask) -> None:
    visitor = somebody(own_app)
    copy = copied(own_app, visitor)

    sign_in(visitor)

    assert is_in(visitor)
    assert not is_in(copy)


@pytest.mark.every_database
def test_a11_a_copied_cookie_opens_nothing_after_the_sign_out(own_app: Flask) -> None:
    visitor = somebody(own_app)
    copy = copied(own_app, visitor)
    assert is_in(copy)

    answer = visitor.post("/teachers/sign-out")

    assert target(answer) == SIGN_IN
    assert not is_in(visitor)
    assert not is_in(copy)
    assert count(own_app, "account_session") == 0
    assert actions(own_app)[-1] == (EMAIL, "sign-out", None)
    with visitor.client.session_transaction() as cookie:
        assert set(cookie) <= {"csrf_token"}


def test_a29_over_https_the_browser_is_told_to_forget(own_app: Flask) -> None:
    visitor = somebody(own_app)
    fields = {"csrf_token": visitor.form_token()}
    assert "Clear-Site-Data" not in visitor.get(SIGN_IN).headers

    answer = visitor.client.post(
        "/teachers/sign-out",
        data=fields,
        base_url="https://localhost",
        headers={"Referer": "https://localhost/"},
    )

    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_out_twice_is_no_error(own_app: Flask) -> None:
    assert target(Visitor(own_app.test_client()).post("/teachers/sign-out")) == SIGN_IN


def test_a11_the_database_knows_only_the_hash_of_the_secret(own_app: Flask) -> None:
    visitor = somebody(own_app)
    with visitor.client.session_transaction() as cookie:
        secret = cookie[TEACHER_SESSION]

    stored = [row.token_hash for row in query(own_app, "SELECT token_hash FROM account_session")]

    assert stored == [hash_of(secret)]
    assert len(secret) >= 43


@pytest.mark.every_database
def test_a26_what_is_wrong_is_not_told(own_app: Flask) -> None:
    account(own_app)
    account(own_app, "closed@school.example")
    execute(own_app, "UPDATE account SET active = :no WHERE email = 'closed@school.example'", no=False)
    execute(own_app, "INSERT INTO account (email, role, password, active, made_at, totp_step, recovery_codes)"
            " VALUES ('empty@school.example', 'teacher', NULL, :yes, '2026-01-01', 0, '[]')", yes=True)  # fmt: skip
    tries = [
        (EMAIL, ANOTHER),
        ("nobody@school.example", PASSWORD),
        ("closed@school.example", PASSWORD),
        ("empty@school.example", PASSWORD),
        ("not an address", PASSWORD),
    ]

    answers = [sign_in(Visitor(own_app.test_client()), email, password) for email, password in tries]

    assert [answer.status_code for answer in answers] == [422] * 5
    assert all(WRONG in answer.text for answer in answers)
    assert [actor for actor, action, _ in actions(own_app) if action == "sign-in failed"] == [
        EMAIL,
        "unknown",
        "closed@school.example",
        "empty@school.example",
        "unknown",
    ]
    assert count(own_app, "account_session") == 0


def test_a26_an_unknown_name_takes_as_long_as_a_known_one(own_app: Flask) -> None:
    """The medians of a few tries; a check left out would show as a tenth of the time."""
    account(own_app)
    times: dict[str, list[float]] = {EMAIL: [], "nobody@school.example": []}
    visitor = Visitor(own_app.test_client())
    token = visitor.form_token()
    for _ in range(15):
        for email, taken in times.items():
            execute(own_app, "DELETE FROM sign_in_failure")
            fields = {"email": email, "password": ANOTHER, "csrf_token": token}
            began = time.perf_counter()
            visitor.post(SIGN_IN, fields)
            taken.append(time.perf_counter() - began)

    known, unknown = (statistics.median(taken) for taken in times.values())
    assert 0.75 < unknown / known < 1.33


EVIL = (
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/%2F/evil.example",
    "/%2F%2Fevil.example",
    "/%5Cevil.example",
    "/admin/\r\nX-Evil: 1",
    "/admin/account\n",
    "/admin/account#x",
    "/admin/account?next=//evil.example:80",
    "//localhost/admin/account",
    "/no-such-page",
    "/attempts",
    "/teachers/sign-out",
    "admin/account",
    "",
)


def test_a24_the_way_back_leads_nowhere_else(own_app: Flask) -> None:
    account(own_app)
    for wanted in EVIL:
        visitor = Visitor(own_app.test_client())

        answer = sign_in(visitor, next=wanted)

        assert (answer.status_code, target(answer)) == (303, "/admin/"), wanted
        again = visitor.client.get(SIGN_IN, query_string={"next": wanted})
        assert target(again) == "/admin/", wanted


def test_a24_the_way_back_leads_to_pages_of_ours(own_app: Flask) -> None:
    account(own_app)
    for wanted in ("/admin/account", "/admin/people?sort=name&page=2", "/sources", "/"):
        assert target(sign_in(Visitor(own_app.test_client()), next=wanted)) == wanted


def test_a24_the_gate_leads_back_to_an_address_with_a_search(own_app: Flask) -> None:
    account(own_app)
    visitor = Visitor(own_app.test_client())
    answer = visitor.get("/admin/account?q=deux+mots+%C3%A9t%C3%A9~'%26")
    page = visitor.get(target(answer)).text
    wanted = page.split('name="next" value="')[1].split('"')[0].replace("&amp;", "&")

    assert target(sign_in(visitor, next=wanted)) == wanted
    assert wanted == "/admin/account?q=deux%20mots%20%C3%A9t%C3%A9%7E%27%26"


def test_a23_other_sites_cannot_sign_anybody_in_or_out(own_app: Flask) -> None:
    visitor = somebody(own_app)
    before = rows(own_app)

    foreign = {"Sec_Fetch_Site": "cross-site"}
    answers = [
        visitor.post(SIGN_IN, {"email": EMAIL, "password": PASSWORD}, **foreign),
        visitor.post("/teachers/sign-out", **foreign),
        visitor.post(SIGN_IN, {"email": EMAIL, "password": PASSWORD, "csrf_token": ""}),
        visitor.post("/teachers/sign-out", {"csrf_token": "forged"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert is_in(visitor)
    assert rows(own_app) == before


def copied(app: Flask, visitor: Visitor) -> Visitor:
    """Another browser with the same cookie."""
    copy = Visitor(app.test_client())
    with visitor.client.session_transaction() as cookie:
        values = dict(cookie)
    with copy.client.session_transaction() as cookie:
        cookie.update(values)
    return copy
