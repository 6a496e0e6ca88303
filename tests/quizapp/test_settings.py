"""Settings for a school: names and proxies that are believed, HTTPS, keys that change, and starts that are refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask, request

from quizapp import create_app
from quizapp.account_commands import tell_setup_link
from quizapp.refusing import UnsafeSettingError, is_this_machine
from tests.conftest import running_app
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import Visitor, rows

Make = Callable[..., Flask]

ANYWHERE = "0.0.0.0"  # noqa: S104 - it is refused


@pytest.fixture
def make(seeded_sqlite: str, tmp_path: Path) -> Iterator[Make]:
    """Makes applications on one bank of the test's own, each with the settings that are asked for."""
    copy = Path(shutil.copyfile(seeded_sqlite.removeprefix("sqlite:///"), tmp_path / "quiz.db"))
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(
            running_app(f"sqlite:///{copy}", tmp_path / "instance", **settings)
        )


def https(app: Flask) -> Visitor:
    """A visitor over HTTPS, who keeps cookies that are sent over HTTPS alone."""
    client = app.test_client()
    client.environ_base["HTTP_X_FORWARDED_PROTO"] = "https"
    client.environ_base["HTTP_REFERER"] = "https://localhost/"
    return Visitor(client)


def test_a27_a_host_that_is_not_ours_gets_no_page(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZAPP_HOSTS", "quiz.school.example, .mirror.example")
    app = make()
    client = app.test_client()
    before = rows(app)

    for host in ("quiz.school.example", "quiz.school.example:8443", "a.mirror.example", "localhost:8000"):
        assert client.get("/", headers={"Host": host}).status_code == 200, host
    for host in ("evil.example", "quiz.school.example.evil.example", "evil.example:80", "169.254.169.254"):
        for address in ("/", "/admin/", "/teachers/sign-in", "/nowhere", "/attempts", "/healthz"):
            for send in (client.get, client.post):
                answer = send(address, headers={"Host": host})
                assert (answer.status_code, "evil" in answer.text) == (400, False), (host, address)
        forged = client.get("/", headers={"Host": "quiz.school.example", "X-Forwarded-Host": host})
        assert (forged.status_code, "evil" in forged.text) == (200, False)
    assert rows(app) == before


def test_a27_only_as_many_proxies_are_believed_as_there_are(make: Make) -> None:
    def seen(app: Flask) -> tuple[str | None, str, str]:
        app.add_url_rule("/seen", "seen", lambda: f"{request.remote_addr} {request.scheme} {request.host}")
        headers = {
            "X-Forwarded-For": "6.6.6.6, 203.0.113.9, 10.0.0.2",
            "X-Forwarded-Proto": "https, http",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Prefix": "/evil",
            "Forwarded": "for=6.6.6.6;proto=https",
        }
        address, scheme, host = app.test_client().get("/seen", headers=headers).text.split()
        return address, scheme, host

    assert seen(make()) == ("127.0.0.1", "http", "localhost")
    assert seen(make(PROXIES=1)) == ("10.0.0.2", "http", "localhost")
    assert seen(make(PROXIES=2)) == ("203.0.113.9", "https", "localhost")


def test_over_https_the_cookie_belongs_to_this_host_alone(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_HTTPS", "1")
    monkeypatch.setenv("QUIZAPP_PROXIES", "1")
    client = make().test_client()

    answer = client.get("/", headers={"X-Forwarded-Proto": "https"})

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-quiz=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "Strict-Transport-Security" in answer.headers


def test_the_link_that_makes_the_first_account_leads_to_the_site(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    for settings, site in (
        ({}, "http://127.0.0.1:8000"),
        ({"HTTPS": True}, "http://127.0.0.1:8000"),
        ({"HTTPS": True, "TRUSTED_HOSTS": [".mirror.example", "quiz.example"]}, "https://quiz.example"),
    ):
        with make(**settings).app_context():
            tell_setup_link("127.0.0.1", 8000)
        assert f"  {site}/teachers/welcome/" in capsys.readouterr().out


def test_a29_signing_out_over_https_clears_what_the_browser_kept(make: Make) -> None:
    app = make(HTTPS=True, PROXIES=1)
    visitor = https(app)
    teacher = signed_in(make())  # its cookie has the other name, and is the same

    kept = teacher.client.get_cookie("quiz")
    assert kept
    visitor.client.set_cookie("__Host-quiz", kept.value, secure=True)
    assert visitor.get("/admin/").status_code == 200
    answer = visitor.post("/teachers/sign-out")

    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert visitor.get("/admin/").status_code == 302
    plain = signed_in(make()).post("/teachers/sign-out")
    assert (plain.status_code, plain.headers.get("Clear-Site-Data")) == (303, None)


def test_a_learner_stays_who_they_are_when_the_key_changes(make: Make, tmp_path: Path) -> None:
    """What the old key signed opens until its file goes; a visit in between takes the new key on."""
    old = tmp_path / "old_keys"
    learner = Visitor(make(SECRET_KEY="k" * 20 + "1").test_client())
    quiz = f"/attempts/{learner.start()}"
    early, late = (learner.client.get_cookie("quiz") for _ in range(2))
    assert early
    assert late
    old.write_text("k" * 20 + "1" + "k" * 20 + "\n" + "z" * 40)
    old.chmod(0o600)

    def visit(app: Flask, value: str) -> tuple[int, str]:
        visitor = Visitor(app.test_client())
        visitor.client.set_cookie("quiz", value)
        status = visitor.get(quiz).status_code
        cookie = visitor.client.get_cookie("quiz")
        return status, cookie.value if cookie else ""

    assert visit(make(SECRET_KEY="n" * 40, OLD_KEYS=str(old)), early.value)[0] == 404  # not that key
    old.write_text("k" * 20 + "1" + "k" * 19)
    learner = Visitor(make(SECRET_KEY=old.read_text()).test_client())
    quiz = f"/attempts/{learner.start()}"
    signed = learner.client.get_cookie("quiz")
    assert signed
    status, renewed = visit(make(SECRET_KEY="n" * 40, OLD_KEYS=str(old)), signed.value)
    assert status == 200
    old.unlink()
    after = make(SECRET_KEY="n" * 40, OLD_KEYS=str(old))
    assert visit(after, renewed)[0] == 200
    assert visit(after, signed.value)[0] == 404


REFUSED: dict[str, dict[str, str]] = {
    "QUIZAPP_HTTPS is 1 or 0": {"QUIZAPP_HTTPS": "yes"},
    "how many proxies": {"QUIZAPP_PROXIES": "10.0.0.1"},
    "names of hosts": {"QUIZAPP_HOSTS": "https://quiz.school.example/"},
    "json or not there": {"QUIZAPP_LOG": "loud"},
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_meant_is_refused(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REFUSED[words].items():
        monkeypatch.setenv(name, value)

    with pytest.raises(UnsafeSettingError, match=words):
        create_app({"INSTANCE": str(tmp_path)})


@pytest.mark.parametrize(
    "key",
    ["dev", b"changeme", "x" * 15, "secret-key-change-me", "dev" * 9, "Change this secret key, please!"],
)
def test_a34_a_key_that_can_be_guessed_is_refused(key: str | bytes, tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettingError, match="SECRET_KEY is"):
        create_app({"INSTANCE": str(tmp_path), "SECRET_KEY": key})


def test_a36_debug_mode_is_served_to_nobody_else(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    done = make().test_cli_runner().invoke(args=["serve", "--host", ANYWHERE])

    assert (done.exit_code, "unset FLASK_DEBUG" in done.output) == (1, True)
    for setting in ({"PROXIES": 1}, {"TRUSTED_HOSTS": ["quiz.school.example"]}):
        with pytest.raises(UnsafeSettingError, match="debug mode is for this machine alone"):
            make(DEBUG=True, **setting)


def test_a36_nor_by_the_server_that_flask_brings(tmp_path: Path) -> None:
    """One line says why, and the exit code says that it did not start."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "quizapp", "--debug", "run", "--host", ANYWHERE],
        env=os.environ | {"QUIZAPP_INSTANCE": str(tmp_path / "instance")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: debug mode is for this machine alone")


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), (ANYWHERE, False), ("quiz.example", False)],
)
def test_what_can_be_reached_from_elsewhere(host: str, alone: bool) -> None:
    assert is_this_machine(host) is alone
