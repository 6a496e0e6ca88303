"""A16 to A21: what arrives is read as text and never run, unpacked or fetched; what leaves is a download."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.quizapp.exchange.files import exported
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import Visitor, response_to, rows

PROJECT = Path(__file__).resolve().parents[2]
# There is no importer of XML, packages or Anki's files, hence nothing to unpack; and nothing is fetched or unpickled.
NEVER = {
    "defusedxml", "dill", "ftplib", "http.client", "httpx", "lxml", "marshal", "pickle", "requests", "shelve",
    "tarfile", "urllib.request", "xml", "yaml", "zipfile", "zstandard",
}  # fmt: skip
CALLS = {"eval", "exec", "compile", "__import__"}


def test_a17_a18_a19_a20_nothing_in_the_program_unpacks_fetches_or_runs_what_arrives() -> None:
    found = [
        f"{path.relative_to(PROJECT)}: {name}"
        for package in ("quizapp", "question_bank")
        for path in (PROJECT / package).rglob("*.py")
        if "frontend" not in path.parts  # runs while the project is built
        for name in names_in(ast.parse(path.read_text()))
        if any(name == never or name.startswith(f"{never}.") for never in NEVER | CALLS)
    ]

    assert found == []


def names_in(tree: ast.AST) -> list[str]:
    """What is imported, and which plain functions are called."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.append(node.func.id)
    return found


def test_a16_what_leaves_is_a_download_and_no_page(own_app: Flask, own_reader: Visitor) -> None:
    own_reader.start()
    teacher = signed_in(own_app)
    for answer in (
        own_reader.get("/my-data/download"),
        exported(teacher),
        teacher.get("/admin/exchange/questions.schema.json"),
    ):
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.mimetype in {"application/json", "application/schema+json", "text/csv"}


def parts(number: int) -> bytes:
    one = '--x\r\nContent-Disposition: form-data; name="option"\r\n\r\na\r\n'
    return (one * number + "--x--\r\n").encode()


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (parts(1001), "multipart/form-data; boundary=x", {413}),
        (b"option=" + b"a" * 70_000, "application/x-www-form-urlencoded", {413}),
        (b"--x\r\n" * 5000, "multipart/form-data; boundary=x", {400, 403, 422}),
        (b"\xff\xfe%zz&=&&=", "application/x-www-form-urlencoded; charset=utf-16", {403}),
        (b"{}", "application/json", {403}),
    ],
)
def test_a21_too_many_parts_and_garbled_bodies_are_refused(
    app: Flask, visitor: Visitor, data: bytes, kind: str, status: set[int]
) -> None:
    public_id = visitor.start()
    before = rows(app)

    answer: TestResponse = visitor.client.post(response_to(public_id, 1), data=data, content_type=kind)

    assert answer.status_code in status
    assert "Traceback" not in answer.text
    assert rows(app) == before
