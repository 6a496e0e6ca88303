"""The commands for accounts, and the set-up link of the first start."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask

from quizapp.account_commands import tell_setup_link
from tests.quizapp.auth.people import (
    ANOTHER,
    EMAIL,
    PASSWORD,
    account,
    actions,
    shown_link,
    sign_in,
    with_second_step,
)
from tests.quizapp.visitors import Visitor, count, execute, query, target


def run(app: Flask, *command: str, typed: str = "") -> Result:
    result: Result = app.test_cli_runner().invoke(args=list(command), input=typed)
    return result


@pytest.mark.every_database
@pytest.mark.parametrize("option", [(), ("--administrator",)])
def test_a35_create_teacher_always_works(own_app: Flask, option: tuple[str, ...]) -> None:
    done = run(own_app, "create-teacher", EMAIL.upper(), *option, "--password-stdin", typed=f"{PASSWORD}\n")

    assert done.exit_code == 0, done.output
    visitor = Visitor(own_app.test_client())
    assert sign_in(visitor).status_code == 303
    assert visitor.get("/admin/people").status_code == (200 if option else 404)
    assert ("command line", "account", EMAIL) in actions(own_app)


def test_it_asks_twice(own_app: Flask) -> None:
    done = run(own_app, "create-teacher", EMAIL, typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    assert count(own_app, "account") == 1


@pytest.mark.parametrize(
    ("email", "typed", "told"),
    [
        (EMAIL, "short\n", "at least 10 characters"),
        (EMAIL, "password1234\n", "very common password"),
        (EMAIL, "", "at least 10 characters"),
        ("marie", f"{PASSWORD}\n", "does not look like an e-mail address"),
        ("x" * 70 + "@y", f"{PASSWORD}\n", "does not look like an e-mail address"),
    ],
)
def test_what_is_refused_is_refused_with_a_reason(own_app: Flask, email: str, typed: str, told: str) -> None:
    done = run(own_app, "create-teacher", email, "--password-stdin", typed=typed)

    assert done.exit_code == 1
    assert told in done.output
    assert count(own_app, "account") == 0


def test_a_name_that_is_taken_is_refused_saying_how_to_reset(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(own_app)

    done = run(own_app, "create-teacher", EMAIL, "--password-stdin", typed=f"{ANOTHER}\n")
    monkeypatch.setattr("quizapp.services.people.has_account", lambda *_: False)
    monkeypatch.setattr("quizapp.services.people.add_account", _taken)
    late = run(own_app, "create-teacher", EMAIL, "--password-stdin", typed=f"{ANOTHER}\n")

    for result in (done, late):
        assert result.exit_code == 1
        assert f"flask reset-password {EMAIL}" in result.output
    assert sign_in(Visitor(own_app.test_client())).status_code == 303


def _taken(*_: object, **__: object) -> int:
    from quizapp.services.people import EmailTakenError  # noqa: PLC0415

    raise EmailTakenError


@pytest.mark.every_database
def test_who_runs_the_server_gives_a_new_password(own_app: Flask) -> None:
    account(own_app)
    with_second_step(own_app)

    done = run(own_app, "reset-password", EMAIL, "--password-stdin", typed=f"{ANOTHER}\n")

    assert done.exit_code == 0, done.output
    visitor = Visitor(own_app.test_client())
    assert sign_in(visitor).status_code == 422
    assert target(sign_in(visitor, password=ANOTHER)) == "/admin/"


def test_a_new_password_needs_an_account_that_is_open(own_app: Flask) -> None:
    none = run(own_app, "reset-password", EMAIL, "--password-stdin", typed=f"{ANOTHER}\n")
    account(own_app)
    execute(own_app, "UPDATE account SET active = :no", no=False)
    closed = run(own_app, "reset-password", EMAIL, "--password-stdin", typed=f"{ANOTHER}\n")

    assert (none.exit_code, closed.exit_code) == (1, 1)
    assert f"flask create-teacher {EMAIL}" in none.output
    assert "is closed" in closed.output


@pytest.mark.every_database
def test_a35_each_start_without_an_account_prints_a_new_set_up_link(
    own_app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    links = []
    for _ in range(2):
        with own_app.app_context():
            tell_setup_link("127.0.0.1", 8000)
        links.append(shown_link(capsys.readouterr().out))

    visitor = Visitor(own_app.test_client())
    assert visitor.get(links[0]).status_code == 404
    assert visitor.get(links[1]).status_code == 200
    account(own_app)
    assert visitor.get(links[1]).status_code == 404
    with own_app.app_context():
        tell_setup_link("127.0.0.1", 8000)
    assert capsys.readouterr().out == ""
    assert len(query(own_app, "SELECT * FROM one_time_link")) == 1


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104 - what a link must not say
        ("::", "http://[::1]:8000/"),
        ("quiz.example", "http://quiz.example:8000/"),
        ("fd00::1", "http://[fd00::1]:8000/"),
    ],
)
def test_the_link_leads_to_this_machine(
    own_app: Flask, capsys: pytest.CaptureFixture[str], host: str, shown: str
) -> None:
    with own_app.app_context():
        tell_setup_link(host, 8000)

    assert f"  {shown}teachers/welcome/" in capsys.readouterr().out
