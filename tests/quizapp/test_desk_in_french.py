"""Writing, import and export, papers and the log in another language: what they say once there is something to say.

Their plain pages are walked with the rest of the teachers' room; here they have faults, conflicts and results.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quizapp import languages
from quizapp.languages import LANGUAGES, translations
from quizapp.oversight.names import NAMES
from quizapp.services import log
from quizapp.transactions import writing
from tests.quizapp.editor.sheets import CHECK, NEW, POLLS, Sheet, press, question, said
from tests.quizapp.editor.test_editing import edit, open_form, somebody_else_saves, uids
from tests.quizapp.exchange.files import a_row, an_item, as_csv, as_json, confirm, send
from tests.quizapp.services.questions import NOW
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.untranslated import Bracketed, unbracketed
from tests.quizapp.visitors import execute, query, target

PRODUCT = "Ibid"

EVERYTHING = {"to": "approved", "changed": 2, "refused": 1, "undone": 3, "fields": ["stem", "since_then"]}
COUNTS = {"added": 1, "changed": 2, "unchanged": 3, "retired": 4, "kept": 5, "bulk": 1, "marks": "full"}


@pytest.fixture
def teacher(own_app: Flask) -> SignedIn:
    return in_french(signed_in(own_app))


def speak_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "translations", lambda _: Bracketed())


def in_french(teacher: SignedIn) -> SignedIn:
    teacher.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    return teacher


def test_the_desk_forgets_no_text(own_app: Flask, teacher: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    one = uids(own_app)[0]
    speak_in_brackets(monkeypatch)

    for page in (*while_writing(teacher), *when_two_write(own_app, teacher, one)):
        assert unbracketed(page.text, PRODUCT, question()["stem"]) == [], page.request.path


def while_writing(teacher: SignedIn) -> Iterator[TestResponse]:
    """Every fault and remark that the form can hold, suggestions, and what saving says."""
    wrong = {
        f"options-{n}-evidence-0-{name}": value
        for n, words in enumerate((POLLS.upper(), "the", "nowhere at all", "voters"))
        for name, value in (("document", "000_1a7ee3f22d7662d0.txt"), ("paragraph", "7"), ("quote", words))
    }
    faulty = question(stem="Who always won it\u202e?", topic="x", speaker="s" * 200, **wrong)
    twins = question(stem="Never?", options__1__text="The side of No", evidence__0__quote=POLLS + "s")
    yield teacher.get(f"{NEW}?document=000_1a7ee3f22d7662d0.txt&paragraph=1&fact=NC-A01")
    yield press(teacher, "publish", {})
    yield press(teacher, "publish", question(explanation="", options__0__rationale="", no_source="y"))
    for do in ("check", "draft", "publish", "suggest"):
        yield press(teacher, do, faulty)
        yield press(teacher, do, twins)
    yield teacher.post(CHECK, faulty, HX_Request="true")
    yield press(teacher, "fact-NC-A01", question(suggesting="1"))
    asked = press(teacher, "publish", question())
    yield teacher.get(target(asked))
    similar = press(teacher, "check", question(options__1__text="A smaller win for No"))
    assert "demande" in said(similar.text, "stem") or "asks nearly this" in said(similar.text, "stem")
    yield similar


def when_two_write(app: Flask, teacher: SignedIn, uid: str) -> Iterator[TestResponse]:
    fields = open_form(teacher, uid) | {"stem": "What did I write in 2018, according to the report?"}
    somebody_else_saves(app, uid, stem="What did she write?", ordered=True, difficulty=1.0)
    conflict = press(teacher, "save", fields, edit(uid))
    assert conflict.status_code == 409
    yield conflict
    done = press(teacher, "save", Sheet(conflict.text).fields, edit(uid))
    assert done.status_code == 303


def test_files_and_papers_forget_no_text(
    own_app: Flask, teacher: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = uids(own_app)[0]
    speak_in_brackets(monkeypatch)

    for page in (*with_files(own_app, teacher, known), *on_paper(own_app, teacher)):
        assert unbracketed(page.text, PRODUCT) == [], (page.request.path, page.request.query_string)


def with_files(app: Flask, teacher: SignedIn, uid: str) -> Iterator[TestResponse]:
    bare = a_row(stem="A question that nobody has asked of the vote of 2018?")
    changed = an_item(app, uid=uid, topic="pacific-geopolitics", ordered=True)
    yield teacher.get("/admin/exchange?state=approved&topic=referendum")
    yield teacher.post("/admin/exchange/export", {"format": "pdf"})
    for state in ("draft", "in_review"):
        preview = send(teacher, as_json(changed, an_item(app, stem=f"What of {state}?"), an_item(app)))
        yield preview
        yield confirm(teacher, preview, state="gone")
        yield teacher.get(target(confirm(teacher, preview, state=state)))
    preview = send(teacher, as_csv(bare))
    yield preview
    yield confirm(teacher, preview, digest="0" * 64)
    for data in broken(app):
        answer = send(teacher, data)
        assert answer.status_code == 422
        yield answer


def broken(app: Flask) -> Iterator[bytes]:
    """Files that nobody can read, in every way."""
    yield from (b"", b"\xff", b"a\0b", b"stem\n" + b"x" * 21_000, b"x" * 10_000_001, b"question,topics\n")
    yield from (b"stem,stem,stm\n", b'stem\n"a"b\n', b'stem\n"a', b"stem\na,b\n", b"stem,\na,b\n")
    yield from (
        b"stem," * 300,
        b"stem\n" + b"a\n" * 6000,
        b'{"items": [1,',
        b'{"items" 1}',
        b'{"a": 1, "a": 2}',
    )
    yield from (
        b"[" * 100_000,
        b"[nan]",
        b"[NaN]",
        b'[{"a": 1, "a": 2}]',
        b"{",
        b"[] []",
        b"{}",
        b'{"items"; 1}',
    )
    yield from (b"[" + b"9" * 40 + b"]", b'["\\x"]', b'["a', b'["\n"]', b"{1: 2}", b"[]")
    yield from (as_csv(a_row(**row)) for row in ROWS)
    yield as_csv(a_row(uid="a-1"), a_row(uid="a-1"), a_row(), a_row())
    item = an_item(app)
    few = item | {"options": item["options"][:1], "facts": ["NC-Z99"], "bloom": "think", "difficulty": 90}
    yield as_json(few, item | {"topic": 1, "ordered": 1, "options": {}, "speaker": 2, "hue": 3, "facts": 4})
    yield as_json(item | {"evidence": [{"document": "Z", "paragraph": 0, "quote": "x"}]}, 7)
    yield as_json(item | {"evidence": [{"document": "Z", "paragraph": 1}]}, {"stem": "\u0007"})
    yield as_json(*(item | {"evidence": [one]} for one in (quote("A", 99), quote("Z", 1), quote("A", 1))))


ROWS = (
    {"option_1_correct": "yes", "option_3_text": "Bourail", "difficulty": "much", "evidence": "hm"},
    {"option_1_correct": "perhaps", "option_1_reason": "key", "option_2_reason": "whim", "ordered": "so so"},
    {"uid": "new", "stem": "", "option_2_correct": "no"},
)


def quote(document: str, paragraph: int) -> dict[str, object]:
    return {"document": document, "paragraph": paragraph, "quote": "words that stand nowhere"}


def on_paper(app: Flask, teacher: SignedIn) -> Iterator[TestResponse]:
    for asked in ({"length": ""}, {"length": "900", "seed": "x"}, {"length": "5", "seed": "-1"}):
        yield teacher.get(f"/admin/paper?{urlencode(asked)}")
    for asked in ({"from": "list", "state": "approved"}, {"from": "list", "state": "retired", "length": "3"}):
        yield teacher.get(f"/admin/paper?{urlencode(asked)}")
    sheets = target(teacher.get("/admin/paper?length=3&seed=7&topic=referendum"))
    execute(app, "UPDATE item SET state = 'retired'")
    yield teacher.get(sheets)
    yield teacher.get(sheets.replace("sheets", "key"))


def test_the_log_and_the_coverage_forget_no_text(
    own_app: Flask, teacher: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every action that has a name, on a question, on an account and on nothing, with details and without."""
    with own_app.app_context(), writing() as session:
        for action in NAMES:
            for subject, details in (("a-question", EVERYTHING | COUNTS), (teacher.email, EVERYTHING)):
                for actor in (log.COMMAND_LINE, ""):
                    log.record(session, actor=actor, action=action, subject=subject, details=details, now=NOW)
    execute(own_app, "DELETE FROM item_fact WHERE fact_id = 'NC-A01'")
    document = query(own_app, "SELECT id FROM document ORDER BY letter")[0].id
    speak_in_brackets(monkeypatch)
    places = ["/admin/sources", f"/admin/sources/{document}", f"/admin/sources/{document}?by=facts"]
    places += [f"/admin/log?{more}" for more in ("action=edit&before=20", "after=1", "subject=nothing")]

    for page in map(teacher.get, places):
        assert unbracketed(page.text, PRODUCT) == [], page.request.path
    page = teacher.get("/admin/log?subject=a-question").text
    assert page.count("⟦⟦Somebody⟧") == 0
    assert "⟦<b>⟦Somebody⟧</b> approved" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_actions_of_the_log_are_told_apart(language: str) -> None:
    told = [translations(language).gettext(name) for name in NAMES.values()]

    assert len(set(told)) == len(NAMES), json.dumps(told)
