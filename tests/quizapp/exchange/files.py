"""Files that a teacher may choose, and how they are sent."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.quizapp.teachers import SignedIn
from tests.quizapp.visitors import found, query, target

IMPORT = "/admin/exchange/import"

_PARTS = (
    '--parts\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    '--parts\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    "Content-Type: application/octet-stream\r\n\r\n"
)


def proof(app: Flask) -> dict[str, Any]:
    """Words of the first passage, as evidence."""
    row = query(app, "SELECT document_id, n, text FROM passage ORDER BY document_id, n LIMIT 1")[0]
    return {"document": row.document_id, "paragraph": row.n, "quote": " ".join(row.text.split(" ")[:6])}


def an_item(app: Flask, **changes: Any) -> dict[str, Any]:
    """A new question as the JSON has it."""
    words = proof(app)
    item = {
        "topic": "referendum",
        "stem": "Which town does the report of November 2018 name first?",
        "options": [
            {"text": "Bourail", "correct": False, "rationale": "It is not named.", "reason": "sibling"},
            {"text": "Nouméa", "correct": True, "rationale": "It is.", "reason": "key", "evidence": [words]},
            {"text": "Koné", "correct": False, "rationale": "It is not named.", "reason": "sibling"},
        ],
        "explanation": "The report says so.",
        "evidence": [words],
    }
    return item | changes


def as_json(*items: Any) -> bytes:
    return json.dumps({"items": items}, ensure_ascii=False, indent=1).encode()


def as_csv(*rows: dict[str, str]) -> bytes:
    """A table with the columns that the rows have."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def a_row(**changes: str) -> dict[str, str]:
    """A new question as a teacher types it."""
    row = {
        "topic": "referendum",
        "stem": "Which town does the report of November 2018 name first?",
        "option_1_text": "Bourail",
        "option_1_correct": "no",
        "option_2_text": "Nouméa",
        "option_2_correct": "yes",
        "option_3_text": "Koné",
        "option_3_correct": "",
    }
    return row | changes


def send(teacher: SignedIn, data: bytes, name: str = "questions.csv") -> TestResponse:
    """Choose the file and look at the preview, or at what is wrong."""
    body = _PARTS.format(token=teacher.form_token(), name=name).encode() + data + b"\r\n--parts--\r\n"
    # Encoded here: the test client would put a large body into a file that it does not close.
    answer = teacher.client.post(
        IMPORT, data=body, content_type="multipart/form-data; boundary=parts", headers=teacher._headers({})
    )
    if answer.status_code in {204, 303}:
        return teacher.get(target(answer))
    return answer


def confirm(teacher: SignedIn, preview: TestResponse, **changes: str) -> TestResponse:
    """Press the preview's button."""
    fields = {"digest": found(r'name="digest" value="([^"]+)"', preview.text), "state": "draft", **changes}
    return teacher.post(found(r'action="(/admin/exchange/imports/[^"]+)"', preview.text), fields)


def faults(page: str) -> list[tuple[str, str, str]]:
    """The rows of the table of faults."""
    return re.findall(
        r'<tr><td class="number">(.*?)</td><td translate="no">(.*?)</td><td>(.*?)</td></tr>',
        page,
        flags=re.DOTALL,
    )


def exported(teacher: SignedIn, format_: str = "json", **fields: str | Sequence[str]) -> TestResponse:
    return teacher.post("/admin/exchange/export", {"which": "approved", "format": format_, **fields})
