"""Headers: on every response, errors too."""

from __future__ import annotations

import re

import brotli
import pytest
from flask import Flask

from tests.quizapp.visitors import Visitor, item, without_form_tokens

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "manifest-src 'self'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
ADDRESSES = ["/", "/sources", "/healthz", "/nowhere", "/attempts", "/attempts/x", "/static/nothing.css"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a28_a29_every_answer_carries_them_and_is_kept_nowhere(visitor: Visitor, address: str) -> None:
    answer = visitor.get(address)

    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Server" not in answer.headers


def test_a28_a29_refused_forms_carry_them(visitor: Visitor) -> None:
    for answer in (visitor.client.post("/attempts"), visitor.post("/attempts"), visitor.answer("x", 1, "x")):
        assert answer.status_code in {403, 404, 422}
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
        assert answer.headers["Cache-Control"] == "no-store"


def test_a28_redirects_carry_them(reader: Visitor) -> None:
    answer = reader.get(f"/attempts/{reader.start()}/result")

    assert answer.status_code == 303
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_a29_static_files_named_by_their_content_are_kept_for_ever(reader: Visitor) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', reader.get("/").text)

    assert named
    for address in named:
        answer = reader.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_asked_for_without_it_are_checked_each_time(reader: Visitor) -> None:
    assert reader.get("/static/app.js").headers["Cache-Control"] == "no-cache"


def test_transport_security_is_asked_for_over_https_alone(app: Flask) -> None:
    client = app.test_client()

    assert "Strict-Transport-Security" not in client.get("/").headers
    secure = client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert secure == "max-age=31536000; includeSubDomains"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(reader: Visitor) -> None:
    cookie = reader.client.get("/").headers["Set-Cookie"]

    assert cookie.startswith("quiz=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a14_pages_hold_no_script_or_style_of_their_own(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    reader.finish(app, public_id)

    for address in ("/", item(public_id, 1), f"/attempts/{public_id}/result", "/sources", "/nowhere"):
        page = reader.get(address).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_fragments_go_out_packed_and_whole_pages_do_not(reader: Visitor) -> None:
    """Whole pages carry the form token, and others can make a browser load them: their sizes must tell nothing."""
    question = item(reader.start(), 1)
    plain = reader.get(question, HX_Request="true")
    packed = reader.get(question, HX_Request="true", Accept_Encoding="gzip, br")

    assert packed.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary
    assert without_form_tokens(brotli.decompress(packed.data).decode()) == without_form_tokens(plain.text)
    assert len(packed.data) < len(plain.data) / 2
    for answer in (
        reader.get(question, Accept_Encoding="br"),
        reader.get(question, HX_Request="true", Accept_Encoding="gzip"),
        reader.get(question, HX_Request="true", Accept_Encoding="br;q=0"),
        reader.get("/nowhere", HX_Request="true", Accept_Encoding="br"),  # too short to gain by it
    ):
        assert "Content-Encoding" not in answer.headers
