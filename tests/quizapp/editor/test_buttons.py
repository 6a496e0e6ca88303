"""The buttons inside the form: they change nothing in the bank, and lose nothing that was typed."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.quizapp.editor.sheets import PARAGRAPH, POLLS, REPORT, Sheet, press, question
from tests.quizapp.teachers import signed_in


def test_answers_come_and_go(app: Flask) -> None:
    teacher = signed_in(app)

    fields = Sheet(press(teacher, "add-option", question()).text).fields
    assert "options-4-text" in fields
    fields = Sheet(press(teacher, "remove-option-0", fields | {"correct": "1"}).text).fields
    assert "options-4-text" not in fields
    assert (fields["options-0-text"], fields["correct"]) == ("The side of Yes", "0")
    fields = Sheet(press(teacher, "remove-option-0", fields).text).fields
    assert "correct" not in fields  # the right one is gone, and no other takes its place unasked
    fields = Sheet(press(teacher, "remove-option-0", fields).text).fields
    sheet = Sheet(press(teacher, "remove-option-0", fields).text)
    assert "options-1-text" in sheet.fields
    assert "remove-option-0" not in sheet.buttons


def test_there_are_no_more_than_six(app: Flask) -> None:
    teacher, fields = signed_in(app), question()
    for _ in range(4):
        sheet = Sheet(press(teacher, "add-option", fields).text)
        fields = sheet.fields

    assert "options-5-text" in fields
    assert "options-6-text" not in fields
    assert "add-option" not in sheet.buttons


def test_evidence_comes_and_goes(app: Flask) -> None:
    teacher, fields = signed_in(app), question()
    for _ in range(7):
        fields = Sheet(press(teacher, "add-evidence", fields).text).fields

    assert "evidence-5-quote" in fields
    assert "evidence-6-quote" not in fields
    left = Sheet(press(teacher, "remove-evidence-0", fields).text).fields
    assert left["evidence-0-quote"] == ""
    assert "evidence-5-quote" not in left


def test_another_passage_is_shown_and_rows_without_words_follow(app: Flask) -> None:
    teacher = signed_in(app)
    blank = {name: value for name, value in question().items() if not name.startswith("evidence")}

    chosen = Sheet(press(teacher, "passage", blank | {"passage": f"{REPORT} 9"}).text).fields
    following = Sheet(press(teacher, f"show-{REPORT} 10", chosen).text).fields
    kept = Sheet(press(teacher, f"show-{REPORT} 10", question()).text).fields

    assert chosen["evidence-0-paragraph"] == "9"
    assert following["evidence-0-paragraph"] == "10"
    assert (kept["evidence-0-paragraph"], kept["passage"]) == (str(PARAGRAPH), f"{REPORT} 10")


def test_words_that_differ_in_signs_only_are_put_right_at_a_button(app: Flask) -> None:
    teacher = signed_in(app)
    fields = question(
        evidence__0__quote="opinion  polls before", options__1__evidence__0__quote="More than 70 People died",
        options__1__evidence__0__document=REPORT, options__1__evidence__0__paragraph="7",
    )  # fmt: skip

    sheet = Sheet(press(teacher, "check", fields).text)
    assert {"exact-evidence-0", "exact-options-1-evidence-0"} <= set(sheet.buttons)
    fields = Sheet(press(teacher, "exact-evidence-0", sheet.fields).text).fields
    fields = Sheet(press(teacher, "exact-options-1-evidence-0", fields).text).fields

    assert fields["evidence-0-quote"] == "Opinion polls before"
    assert fields["options-1-evidence-0-quote"] == "More than 70 people died"
    assert fields["options-1-evidence-0-paragraph"] == "4"


@pytest.mark.parametrize(
    "do",
    [
        "exact-evidence-7",
        "exact-options-7-evidence-0",
        "remove-option-99",
        "fact-NC-Z99",
        "take-0123456789",
        "x",
    ],
)
def test_a_button_that_there_is_not_changes_nothing(app: Flask, do: str) -> None:
    teacher = signed_in(app)
    before = Sheet(press(teacher, "check", question()).text).fields
    after = Sheet(press(teacher, do, question()).text).fields

    assert after | {"csrf_token": ""} == before | {"csrf_token": ""}


def test_wrong_answers_are_suggested_and_taken(app: Flask) -> None:
    teacher = signed_in(app)
    start = Sheet(press(teacher, "fact-NC-A15", {"passage": f"{REPORT} 7"}).text).fields

    sheet = Sheet(press(teacher, "suggest", start).text)
    takes = [button for button in sheet.buttons if button.startswith("take-")]
    fields = sheet.fields
    for take in takes:
        fields = Sheet(press(teacher, take, fields).text).fields

    assert len(takes) >= 4
    texts = [fields[f"options-{n}-text"] for n in range(6)]
    assert texts[0] == "Between 63% and 75%"
    assert len(set(texts)) == 6
    assert all(fields[f"options-{n}-rationale"] and fields[f"options-{n}-reason"] for n in range(1, 6))
    assert all(fields[f"options-{n}-evidence-0-quote"] for n in range(1, 6))
    assert (
        press(teacher, "check", fields | {"stem": "What did polls forecast for No in 2018?"}).status_code
        == 200
    )


def test_a_suggestion_goes_into_the_first_empty_place(app: Flask) -> None:
    teacher = signed_in(app)
    gap = question(options__1__text="", options__1__rationale="", suggesting="1")
    sheet = Sheet(press(teacher, "fact-NC-A15", gap).text)
    take = next(button for button in sheet.buttons if button.startswith("take-"))

    fields = Sheet(press(teacher, take, sheet.fields).text).fields

    assert fields["options-1-text"]
    assert fields["options-1-reason"]
    assert [fields[f"options-{n}-text"] for n in (0, 2, 3)] == [
        question()[f"options-{n}-text"] for n in (0, 2, 3)
    ]
    assert "options-4-text" not in fields


def test_without_a_fact_there_is_nothing_to_suggest(app: Flask) -> None:
    answer = press(signed_in(app), "suggest", question(no_source="y"))

    assert "No fact of the documents is chosen yet" in answer.text


def test_a_fact_fills_only_what_is_empty(app: Flask) -> None:
    fields = Sheet(press(signed_in(app), "fact-NC-A15", question()).text).fields

    assert fields["options-0-text"] == "The side of No"
    assert fields["evidence-0-quote"] == POLLS
    assert fields["explanation"] == question()["explanation"]
    assert fields["facts"] == ["NC-A15"]
