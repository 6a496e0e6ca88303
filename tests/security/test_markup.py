"""A13 to A15, A32: what is typed stays text on every page that shows it, and pages stay on the server."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from quizapp.assets import TEMPLATES_DIR
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import HTMX, Visitor, execute, item, query, questions

EVIL = (
    '</div></script><script>alert(1)</script><img src="https://evil.example/x.png" onerror=alert(1)>'
    '<b hx-post="/my-data/delete" hx-trigger="load" hx-on:load="x()">![x](https://evil.example/y.png)'
    "[x](javascript:alert(1))<svg onload=alert(1)>\"'&lt; report ¶1"
)
RAW = re.compile(r"<script>alert|<img src=.https:|<b hx-|<svg onload|href=.javascript|src=.https")


def test_a13_a14_a15_a_question_full_of_markup_is_text_on_every_page(own_app: Flask) -> None:
    visitor, teacher = Visitor(own_app.test_client()), signed_in(own_app)
    execute(own_app, "UPDATE item SET state = 'retired'")
    execute(own_app, "UPDATE item SET state = 'approved' WHERE id = (SELECT min(id) FROM item)")
    public_id = visitor.start(second_try="y", certainty="y")
    (question,) = questions(own_app, public_id).values()
    poison(own_app, question.version)
    pages = [visitor.get(item(public_id, 1)), visitor.get(item(public_id, 1), **HTMX)]
    answer = {"option": question.wrong[0], "certainty": "1"}
    pages.append(visitor.post(f"{item(public_id, 1)}/response", answer, **HTMX))
    pages.append(visitor.post(f"{item(public_id, 1)}/second-try", {"give_up": "y"}, **HTMX))
    visitor.post(f"{item(public_id, 1)}/report", {"reason": "other", "text": EVIL})
    pages += [visitor.get(address) for address in (item(public_id, 1), f"/attempts/{public_id}/result")]
    uid = query(own_app, "SELECT uid FROM item WHERE id = :id", id=question.item)[0].uid
    for address in ("", "/edit", "/key", "/preview", "/versions"):
        pages.append(teacher.get(f"/admin/questions/{uid}{address}"))
    pages += [teacher.get("/admin/questions"), teacher.get("/admin/"), teacher.get("/admin/log")]

    for page in pages:
        assert page.status_code == 200, page.request.path
        assert not RAW.search(page.text), page.request.path
    assert sum("&lt;script&gt;" in page.text for page in pages) >= len(pages) - 2


def poison(app: Flask, version: int) -> None:
    options = json.loads(query(app, "SELECT options FROM item_version WHERE id = :id", id=version)[0].options)
    for number, option in enumerate(options):
        option |= {"text": f"{number} {EVIL}", "rationale": EVIL}
    execute(
        app,
        "UPDATE item_version SET stem = :evil, explanation = :evil, options = :options WHERE id = :id",
        evil=EVIL,
        options=json.dumps(options),
        id=version,
    )


def test_a13_no_template_trusts_a_text_and_markup_is_made_of_constants_alone() -> None:
    package = Path(__file__).resolve().parents[2] / "quizapp"
    templates = {path: path.read_text() for path in TEMPLATES_DIR.rglob("*.html")}
    modules = {path: path.read_text() for path in package.rglob("*.py")}

    trusted = [path for path, text in templates.items() if re.search(r"\|\s*safe\b|autoescape false", text)]
    made = [
        path
        for path, text in modules.items()
        if re.search(r"Markup\((?!\)|\s*[\"'])|render_template_string|Markup\(\s*f[\"']", text)
    ]
    assert (len(templates) > 50, trusted, made) == (True, [], [])


@pytest.mark.parametrize("address", ["/", "/sources", "/my-data", "/nowhere"])
def test_a32_htmx_keeps_no_page_and_runs_nothing_that_a_page_holds(reader: Visitor, address: str) -> None:
    found = re.search(r"name=\"htmx-config\" content='(.*?)'", reader.get(address).text, flags=re.DOTALL)
    assert found
    config = json.loads(found[1])

    assert config["historyCacheSize"] == 0
    assert (config["refreshOnHistoryMiss"], config["historyRestoreAsHxRequest"]) == (True, False)
    assert (config["allowEval"], config["allowScriptTags"], config["selfRequestsOnly"]) == (
        False,
        False,
        True,
    )
    refused = next(rule for rule in config["responseHandling"] if re.fullmatch(rule["code"], "429"))
    assert (refused["swap"], refused["target"]) == (True, "#notice")
