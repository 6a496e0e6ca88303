"""Questions come in from files: what would happen is shown, then all of it happens, or nothing."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from question_bank.errors import SeedFaultsError
from quizapp.services.import_file import MOST_BYTES
from quizapp.services.import_plan import make_plan
from quizapp.services.importing import read_file
from quizapp.transactions import reading
from tests.quizapp.exchange.files import (
    IMPORT,
    a_row,
    an_item,
    as_csv,
    as_json,
    confirm,
    exported,
    faults,
    proof,
    send,
)
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import count, query, rows, target

KEEPS = ("account_session",)  # a visit may be noted there


@pytest.mark.every_database
def test_what_is_confirmed_is_imported(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    before = count(own_app, "item")

    preview = send(teacher, as_json(an_item(own_app)))
    assert count(own_app, "item") == before
    done = confirm(teacher, preview, state="in_review")

    assert done.status_code == 303
    assert "Imported: 1 new in review, 0 changed, 0 already there." in teacher.get(target(done)).text
    row = query(own_app, "SELECT * FROM item ORDER BY id DESC LIMIT 1")[0]
    assert (row.origin, row.state, row.topic_id) == ("teacher", "in_review", "referendum")
    assert row.uid.startswith("which-town-does-the-report")
    version = query(own_app, "SELECT * FROM item_version WHERE item_id = :id", id=row.id)[0]
    assert (version.made_by, version.note) == (teacher.email, "Imported from a JSON file")


@pytest.mark.every_database
def test_a37_the_second_import_of_a_file_writes_nothing(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    for data in (as_json(an_item(own_app)), as_csv(a_row(stem="Which town comes second there?"))):
        confirm(teacher, send(teacher, data))
        before = rows(own_app, without=KEEPS)

        again = send(teacher, data)

        assert "0 new, 0 changed, 1 already there" in again.text
        assert "There is nothing to import" in again.text
        assert rows(own_app, without=KEEPS) == before


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_what_was_exported_is_already_there(app: Flask, format_: str) -> None:
    teacher = signed_in(app)

    preview = send(teacher, exported(teacher, format_, mark="1").data)

    number = query(app, "SELECT count(*) FROM item WHERE state = 'approved'")[0][0]
    assert f"0 new, 0 changed, {number} already there" in preview.text


@pytest.mark.every_database
def test_a_question_of_ours_is_edited_and_stays_ours(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    item = json.loads(exported(teacher).data)["items"][0]
    item["explanation"] += " So it stands there."
    item["options"][0]["rationale"] = "Other words."

    preview = send(teacher, as_json(item))
    assert "0 new, 1 changed, 0 already there" in preview.text
    assert "So it stands there." in preview.text
    assert "Option 1, why" in preview.text
    confirm(teacher, preview)

    row = query(own_app, "SELECT * FROM item WHERE uid = :uid", uid=item["uid"])[0]
    assert (row.origin, row.state, row.current_version) == (item["origin"], "approved", 2)
    assert json.loads(exported(teacher).data)["items"][0] == item | {"version": 2}


def test_a_column_that_is_left_out_stays_as_it_is(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    item = json.loads(exported(teacher).data)["items"][0]

    confirm(teacher, send(teacher, as_csv({"uid": item["uid"], "option_2_text": "Quite another answer"})))

    item["options"][1]["text"] = "Quite another answer"
    assert json.loads(exported(teacher).data)["items"][0] == item | {"version": 2}


@pytest.mark.every_database
def test_a37_one_fault_and_nothing_is_imported(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    before = rows(own_app, without=KEEPS)

    answer = send(teacher, as_csv(a_row(), a_row(stem="And this?", topic="cooking")))

    assert answer.status_code == 422
    assert faults(answer.text)[0][:2] == ("3", "topic")
    assert "1 fault." in answer.text
    assert 'name="digest"' not in answer.text
    assert rows(own_app, without=KEEPS) == before
    assert not (Path(own_app.instance_path) / "imports").exists()


@pytest.mark.every_database
def test_a37_an_import_that_breaks_half_way_leaves_nothing(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = signed_in(own_app)
    item = json.loads(exported(teacher).data)["items"][0]
    preview = send(teacher, as_json(an_item(own_app), item | {"explanation": "New words."}))
    before = rows(own_app, without=KEEPS)

    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("quizapp.services.importing.save_edit", broken)
    with pytest.raises(OSError, match="the disk is gone"):
        confirm(teacher, preview)

    assert rows(own_app, without=KEEPS) == before


def option(n: int, **changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda item: item["options"][n].update(changes)


FAULTY: dict[str, tuple[Callable[[dict[str, Any]], None], str, str]] = {
    "no topic": (lambda item: item.update(topic="cooking"), "topic", "is no topic"),
    "no stem": (lambda item: item.update(stem=" "), "stem", "is empty"),
    "two keys": (option(0, correct=True, reason="key"), "options", "Options 1 and 2 are marked as right"),
    "no key": (option(1, correct=False, reason="sibling"), "options", "No option is marked as right"),
    "equal options": (option(2, text=" bourail "), "options[3].text", "Option 1 says the same"),
    "an empty option": (option(2, text=""), "options[3].text", "is empty"),
    "no such reason": (option(2, reason="whim"), "options[3].reason", "is none of"),
    "a key's reason": (option(2, reason="key"), "options[3].reason", "only of that one"),
    "one option": (lambda item: item.update(options=item["options"][1:2]), "options", "There are 1 options"),
    "nine options": (
        lambda item: item.update(
            options=[{"text": str(n), "correct": n == 1} for n in range(9)],
        ),
        "options",
        "There are 9 options",
    ),
    "no such level": (lambda item: item.update(bloom="guess"), "bloom", "is none of"),
    "no such stance": (lambda item: item.update(stance="rumour"), "stance", "is none of"),
    "no such fact": (lambda item: item.update(facts=["NC-Z99"]), "facts", "no fact"),
    "beyond all measure": (lambda item: item.update(difficulty=99), "difficulty", "between"),
    "no slug": (lambda item: item.update(uid="../x"), "uid", "cannot be a uid"),
    "an address of ours": (lambda item: item.update(uid="new"), "uid", "cannot be a uid"),
    "no such document": (
        lambda item: item["evidence"][0].update(document="Z"),
        "evidence",
        "The documents are A, B",
    ),
    "no such paragraph": (
        lambda item: item["evidence"][0].update(paragraph=999),
        "evidence",
        "There is no paragraph",
    ),
    "not word for word": (
        option(1, evidence=[{"document": "A", "paragraph": 1, "quote": "never said"}]),
        "options[2].evidence",
        "does not stand word for word",
    ),
    "not unique": (
        lambda item: item["evidence"][0].update(quote="e"),
        "evidence",
        "take some words more",
    ),
    "an unknown field": (lambda item: item.update(tags=[]), "tags", "no such field"),
    "not a text": (lambda item: item.update(stem=7), "stem", "must be text"),
    "a surrogate": (lambda item: item.update(stem="\ud800"), "stem", "half a character"),
    "a control character": (lambda item: item.update(stem="Why\x07?"), "stem", "control character"),
    "too long": (lambda item: item.update(stem="e" * 20_001), "stem", "longer than 20 kB"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_is_told_with_its_line_and_field(app: Flask, name: str) -> None:
    change, place, message = FAULTY[name]
    item = json.loads(json.dumps(an_item(app)))
    change(item)
    good = json.dumps(an_item(app, stem="Another question altogether, is it?"))
    data = f'{{"items": [\n{good},\n\n{json.dumps(item)}]}}'.encode()

    answer = send(signed_in(app), data)

    assert answer.status_code == 422
    told = faults(answer.text)
    assert ("4", place) in [fault[:2] for fault in told], told
    assert any(message in fault[2] for fault in told), told


def test_a_question_twice_in_a_file_is_a_fault(app: Flask) -> None:
    teacher = signed_in(app)
    uid = query(app, "SELECT uid FROM item WHERE state = 'approved' LIMIT 1")[0].uid

    same_sense = send(teacher, as_csv(a_row(), a_row(option_1_text="Poindimié")))
    same_uid = send(teacher, as_csv({"uid": uid, "explanation": "a"}, {"uid": uid, "explanation": "b"}))

    assert faults(same_sense.text) == [("3", "stem", "Line 2 asks the same and has the same answer.")]
    assert faults(same_uid.text) == [("3", "uid", "Line 2 has this uid, too.")]


def test_a_question_without_a_source_is_told(app: Flask) -> None:
    page = send(signed_in(app), as_csv(a_row())).text

    assert "no source" in page
    assert "no explanation" in page
    assert "3 of 3 options do not say why" in page


def test_a_uid_that_the_bank_does_not_have_is_kept(own_app: Flask) -> None:
    teacher = signed_in(own_app)

    confirm(teacher, send(teacher, as_csv(a_row(uid="from-the-other-school"))))

    assert query(own_app, "SELECT 1 FROM item WHERE uid = 'from-the-other-school'")


def test_the_bank_may_change_between_preview_and_import(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    item = json.loads(exported(teacher).data)["items"][0] | {"explanation": "New words."}
    preview = send(teacher, as_json(item))
    other = signed_in(own_app, email="jean@school.example")
    confirm(other, send(other, as_json(item | {"explanation": "Words of somebody else."})))
    before = rows(own_app, without=KEEPS)

    answer = confirm(teacher, preview)

    assert answer.status_code == 409
    assert "The bank has changed since you looked at this preview" in answer.text
    assert "Words of somebody else." in answer.text
    assert rows(own_app, without=KEEPS) == before
    assert confirm(teacher, answer).status_code == 303


def test_a37_pressing_the_button_twice_imports_once(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    preview = send(teacher, as_json(an_item(own_app)))
    confirm(teacher, preview)
    before = rows(own_app, without=KEEPS)

    assert confirm(teacher, preview).status_code == 404
    assert rows(own_app, without=KEEPS) == before


def test_nothing_is_confirmed_without_a_plan_and_a_state(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    preview = send(teacher, as_json(an_item(own_app)))
    before = rows(own_app, without=KEEPS)

    assert confirm(teacher, preview, digest="").status_code == 422
    assert confirm(teacher, preview, state="approved").status_code == 422
    assert confirm(teacher, preview, digest="0" * 64).status_code == 409
    assert rows(own_app, without=KEEPS) == before


def test_a16_a_kept_file_is_found_by_its_account_alone_for_an_hour(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    other = signed_in(own_app, email="jean@school.example")
    preview = send(teacher, as_json(an_item(own_app)), "../../../etc/passwd")
    address = preview.request.path
    folder = Path(own_app.instance_path) / "imports"
    (file,) = folder.iterdir()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    account = query(own_app, "SELECT id FROM account WHERE email = :email", email=teacher.email)[0].id
    assert file.name.startswith(f"{account}.")
    assert teacher.get(address).status_code == 200
    assert other.get(address).status_code == 404
    for name in ("..%2F..%2Fquiz.db", "%00", "A" * 22, "A" * 5000):
        assert teacher.get(f"/admin/exchange/imports/{name}").status_code == 404
    os.utime(file, (time.time() - 3601, time.time() - 3601))
    assert teacher.get(address).status_code == 404
    send(teacher, as_json(an_item(own_app)))
    assert not file.exists()


def test_an_account_keeps_three_files(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    for _ in range(5):
        send(teacher, as_json(an_item(own_app)))

    assert len(list((Path(own_app.instance_path) / "imports").iterdir())) == 3


def test_without_a_file_it_asks_for_one(app: Flask) -> None:
    answer = signed_in(app).post(IMPORT)

    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_a_file_in_another_encoding_is_told_so(app: Flask) -> None:
    answer = send(signed_in(app), as_csv(a_row()).decode().encode("latin-1"))

    assert faults(answer.text)[0][0] == "2"
    assert "CSV UTF-8" in answer.text
    assert send(signed_in(app), as_csv(a_row()).decode().encode("utf-16")).status_code == 422


def test_a21_a_file_that_is_too_large_is_refused(app: Flask) -> None:
    teacher = signed_in(app)
    begun = time.monotonic()

    assert send(teacher, b'"' + b"e" * MOST_BYTES).status_code == 422
    assert send(teacher, b"e" * (MOST_BYTES + 200_000)).status_code == 413
    assert teacher.post("/admin/exchange/export", {"list": "e" * 70_000}).status_code == 413
    assert time.monotonic() - begun < 5


def test_a13_what_a_file_says_is_shown_as_text(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    evil = '<script>alert(1)</script><b hx-post="/x">'
    item = json.loads(exported(teacher).data)["items"][0]
    changed = item | {"explanation": evil}
    row = a_row(stem=evil, option_2_text=evil, topic=evil)

    for data in (
        as_json(changed, an_item(own_app, stem=evil)),
        as_csv(row),
        as_csv({evil: "1", "stem": "x"}),
    ):
        page = send(teacher, data).text
        assert "<script>alert" not in page
        assert "<b hx-post" not in page
        assert "&lt;script&gt;" in page


def test_a17_importers_open_no_connection(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("it connects")

    monkeypatch.setattr("socket.socket.connect", refuse)
    words = proof(app) | {"document": "http://127.0.0.1:1/"}
    item = an_item(app, evidence=[words], stem="http://127.0.0.1:1/ =WEBSERVICE(1)")

    assert send(signed_in(app), as_json(item)).status_code == 422


def test_a39_an_import_stands_in_the_log(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    confirm(teacher, send(teacher, as_json(an_item(own_app))))

    entry = query(own_app, "SELECT * FROM audit_entry WHERE action = 'import'")[0]
    details = entry.details if isinstance(entry.details, dict) else json.loads(entry.details)
    assert entry.actor == teacher.email
    assert details | {"sha256": ""} == {
        "format": "JSON", "sha256": "", "new": 1, "changed": 0, "there": 0, "state": "draft",
    }  # fmt: skip
    assert len(details["sha256"]) == 64


def test_a_new_question_has_its_findings(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    confirm(teacher, send(teacher, as_csv(a_row(stem="Which is not no town?"))))

    assert query(own_app, "SELECT 1 FROM item_finding WHERE item_id = (SELECT max(id) FROM item)")


def test_a_second_teacher_has_to_look_at_what_was_approved(own_app: Flask) -> None:
    own_app.config["QUESTIONS_NEED_SECOND_TEACHER"] = True
    teacher = signed_in(own_app)
    item = json.loads(exported(teacher).data)["items"][0] | {"explanation": "New words."}

    confirm(teacher, send(teacher, as_json(item)))

    state = query(own_app, "SELECT state FROM item WHERE uid = :uid", uid=item["uid"])[0].state
    assert state == "in_review"


def test_an_entry_that_is_another_teachers_is_not_told(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    done = confirm(teacher, send(teacher, as_json(an_item(own_app))))
    other = signed_in(own_app, email="jean@school.example")

    assert "Imported:" not in other.get(target(done)).text
    assert "Imported:" not in teacher.get("/admin/exchange?entry=99999999").text


def test_a_preview_is_still_there_after_a_while(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    preview = send(teacher, as_json(an_item(own_app)))

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=50)):
        assert confirm(teacher, preview).status_code == 303


def test_nothing_is_left_to_do_when_somebody_else_did_it(own_app: Flask) -> None:
    teacher, other = signed_in(own_app), signed_in(own_app, email="jean@school.example")
    data = as_json(an_item(own_app))
    preview = send(teacher, data)
    confirm(other, send(other, data))

    answer = confirm(teacher, preview)

    assert answer.status_code == 409
    assert "There is nothing to import" in answer.text


def test_every_kind_of_change_is_shown(app: Flask) -> None:
    teacher = signed_in(app)
    item = json.loads(exported(teacher).data)["items"][0]
    words = proof(app)
    item["options"].pop()
    item |= {"ordered": not item["ordered"], "speaker": "somebody", "facts": [], "evidence": [words]}
    for option in item["options"]:
        option["correct"], option["reason"] = option is item["options"][0], ""

    page = send(teacher, as_json(item)).text

    assert "Options keep their order" in page
    assert '<ins lang="en">somebody</ins>' in page
    assert "A¶1: " in page
    assert "Option 1, right" in page
    assert "Option 4, text" in page
    assert '<ins lang="en">–</ins>' in page


def test_a_file_of_faults_is_not_read_to_its_end(app: Flask) -> None:
    answer = send(signed_in(app), as_csv(*(a_row(topic="cooking", stem=f"Why {n}?") for n in range(700))))

    assert answer.status_code == 422
    assert len(faults(answer.text)) == 500


def test_a_file_without_questions_is_told_so(app: Flask) -> None:
    assert "There is no question in this file." in send(signed_in(app), b'{"items": []}').text


def test_what_there_is_no_time_for_is_imported_all_the_same(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.services.import_writing.LOOKED_AT", -1.0)
    teacher = signed_in(own_app)

    assert confirm(teacher, send(teacher, as_json(an_item(own_app)))).status_code == 303


def test_while_the_seeds_have_faults_nothing_is_said_of_questions(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise SeedFaultsError(())

    monkeypatch.setattr("quizapp.services.import_writing.get_fact_base", broken)
    teacher = signed_in(own_app)

    assert confirm(teacher, send(teacher, as_json(an_item(own_app)))).status_code == 303


def test_a_plan_that_does_nothing_leaves_no_entry(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    item = an_item(own_app)
    preview = send(teacher, as_json(item))
    address = preview.request.path
    confirm(teacher, send(teacher, as_json(item)))
    now = teacher.get(address)
    assert "There is nothing to import" in now.text
    read = read_file(as_json(item))
    with own_app.app_context(), reading() as session:
        digest = make_plan(session, read).digest
    before = rows(own_app, without=KEEPS)

    done = teacher.post(address, {"digest": digest, "state": "draft"})

    assert done.status_code == 303
    assert rows(own_app, without=KEEPS) == before


def test_so_many_changes_at_once_would_keep_others_waiting(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.services.import_plan.MOST_CHANGES", 1)
    teacher = signed_in(app)
    items = [item | {"explanation": "Other."} for item in json.loads(exported(teacher).data)["items"][:2]]

    assert send(teacher, as_json(items[0])).status_code == 200
    answer = send(teacher, as_json(*items))
    assert answer.status_code == 422
    assert "Split the file." in answer.text
