"""A new question: the fewest fields that make one, what keeps it from being saved, and the buttons inside the form."""

from __future__ import annotations

import html

import pytest
from flask import Flask

from quizapp.services.drafting import CONTRADICTED, NOT_STATED
from tests.quizapp.editor.sheets import (
    NEW,
    POLLS,
    REPORT,
    Sheet,
    press,
    question,
    questions,
    said,
    saved,
)
from tests.quizapp.teachers import EMAIL, signed_in
from tests.quizapp.visitors import rows, target


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("button", "state"), [("draft", "draft"), ("review", "in_review"), ("publish", "approved")]
)
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_it_is_saved_with_what_follows_from_the_evidence(
    own_app: Flask, button: str, state: str, htmx: bool
) -> None:
    answer = press(signed_in(own_app, htmx=htmx), button, question())

    assert answer.status_code == (204 if htmx else 303)
    made = saved(own_app, answer)
    assert (made.state, made.origin, made.made_by) == (state, "teacher", EMAIL)
    content = made.content
    assert (content.topic, content.model, content.bloom, content.difficulty) == (
        "referendum", "teacher", "remember", 1.0,
    )  # fmt: skip
    assert content.facts == ("NC-A14",)
    assert (content.stance, content.speaker) == ("forecast", "Opinion polls")
    assert [option.reason for option in content.options] == ["key", *[CONTRADICTED] * 3]
    assert all(option.evidence == content.evidence for option in content.options)
    assert content.key.text == "The side of No"


def test_the_question_page_says_that_it_is_saved(own_app: Flask) -> None:
    teacher = signed_in(own_app)

    page = teacher.get(target(press(teacher, "publish", question()))).text

    assert "Published. Students meet it in quizzes from now on." in page


def test_blank_answers_are_left_out(own_app: Flask) -> None:
    answer = press(signed_in(own_app), "draft", question(options__2__text="", options__2__rationale=""))

    assert len(saved(own_app, answer).content.options) == 3


def test_without_a_source_it_says_so_and_has_a_topic_of_the_teachers_choice(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    fields = question(no_source="y", topic="pacific-geopolitics")

    content = saved(own_app, press(teacher, "publish", fields)).content

    assert content.is_unsourced
    assert [option.reason for option in content.options] == ["key", *[NOT_STATED] * 3]
    assert content.topic == "pacific-geopolitics"
    nothing_tells = press(teacher, "draft", question(no_source="y"))
    assert nothing_tells.status_code == 422
    assert "Topic: Choose a topic" in nothing_tells.text


FAULTS = [
    ({"stem": ""}, "stem", "Write the question."),
    ({"stem": " \t "}, "stem", "Write the question."),
    ({"stem": "x" * 501}, "stem", "too long: 500 characters at most"),
    ({"stem": "What\0?"}, "stem", "characters that cannot be shown"),
    ({"stem": "Who \u202eis it?"}, "stem", "characters that cannot be shown"),
    ({"correct": ""}, "options-0-text", "Mark the one answer that is right."),
    ({"correct": "9"}, "options-0-text", "Mark the one answer that is right."),
    ({"correct": "²"}, "options-0-text", "Mark the one answer that is right."),
    ({"options__0__text": "", "options__0__rationale": ""}, "options-0-text", "Write the right answer."),
    ({"options__1__text": ""}, "options-1-text", "This answer has no words."),
    ({"options__1__text": "x" * 301}, "options-1-text", "too long"),
    ({"options__1__text": " the  SIDE of no."}, "options-1-text", "This says the same as answer 1."),
    (
        {"options__0__text": "12 deaths", "options__3__text": "Twelve deaths"},
        "options-3-text",
        "This says the same as answer 1.",
    ),
    ({"options__1__reason": "because"}, "options-1-reason", "This is none of the choices."),
    ({"evidence__0__quote": "the"}, "evidence-0-quote", "These words stand"),
    ({"evidence__0__quote": "Nothing like it"}, "evidence-0-quote", "neither in ¶7 nor in another paragraph"),
    ({"evidence__0__paragraph": "99"}, "evidence-0-quote", "There is no such paragraph."),
    ({"evidence__0__paragraph": "٣"}, "evidence-0-quote", "There is no such paragraph."),
    ({"evidence__0__document": "../etc/passwd"}, "evidence-0-quote", "There is no such paragraph."),
    ({"options__1__evidence__0__quote": "no"}, "options-1-evidence-0-quote", "There is no such paragraph."),
    ({"topic": "cooking"}, "topic", "Choose a topic"),
    ({"bloom": "dream"}, "bloom", "This is none of the choices."),
    ({"difficulty": "7"}, "difficulty", "This is none of the choices."),
    (
        {f"options__{n}__text": f"Answer number {n}" for n in range(4, 8)},
        "options-6-text",
        "6 answers at most",
    ),
]


@pytest.mark.parametrize(("changes", "name", "message"), FAULTS)
def test_what_cannot_be_asked_is_not_even_a_draft(
    app: Flask, changes: dict[str, str], name: str, message: str
) -> None:
    before = rows(app, without=["account", "account_role", "account_session", "role"])
    fields = question(**changes)

    answer = press(signed_in(app), "draft", fields)

    assert answer.status_code == 422
    assert message in html.unescape(said(answer.text, name))
    assert f'href="#{name}"' in answer.text
    assert rows(app, without=["account", "account_role", "account_session", "role"]) == before


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"evidence__0__quote": ""}, "evidence-0-quote"),
        ({"options__2__rationale": ""}, "options-2-rationale"),
        ({"explanation": ""}, "explanation"),
    ],
)
def test_a_draft_may_lack_what_students_must_not_miss(
    own_app: Flask, changes: dict[str, str], name: str
) -> None:
    teacher = signed_in(own_app)

    for button in ("publish", "review"):
        refused = press(teacher, button, question(**changes))
        assert refused.status_code == 422
        assert f'href="#{name}"' in refused.text

    assert press(teacher, "draft", question(**changes)).status_code == 303


def test_nothing_typed_is_lost_with_a_fault(app: Flask) -> None:
    fields = question(
        stem="", note="First try", speaker="Sako", bloom="apply", ordered="y", stance="claim",
        options__1__reason="modality", options__1__evidence__0__quote="no such words",
        options__1__evidence__0__document=REPORT, options__1__evidence__0__paragraph="7", facts=["NC-A15"],
    )  # fmt: skip

    kept = Sheet(press(signed_in(app), "publish", fields).text).fields

    assert {name: kept.get(name) for name in fields} == fields


def test_all_texts_together_have_a_limit(app: Flask) -> None:
    long = {f"evidence-{n}-quote": "x" * 2000 for n in range(6)}
    long |= {f"options-{n}-evidence-{m}-quote": "x" * 1999 for n in range(4) for m in range(6)}

    answer = press(signed_in(app), "draft", question() | long)

    assert answer.status_code == 422
    assert "All texts together are too long" in answer.text


def test_letters_are_composed_and_white_space_is_one_space(own_app: Flask) -> None:
    fields = question(explanation="Noume\u0301a.\r\nA¶7 says\rso.", options__0__text="  The  side\nof No ")

    content = saved(own_app, press(signed_in(own_app), "draft", fields)).content

    assert content.explanation == "Nouméa. A¶7 says so."
    assert content.key.text == "The side of No"


def test_a_second_teacher_can_be_asked_for(own_app: Flask) -> None:
    own_app.config["QUESTIONS_NEED_SECOND_TEACHER"] = True
    teacher = signed_in(own_app)
    before = questions(own_app)

    assert "publish" not in Sheet(teacher.get(NEW).text).buttons
    refused = press(teacher, "publish", question())

    assert refused.status_code == 422
    assert "A second teacher has to approve it." in refused.text
    assert questions(own_app) == before
    assert Sheet(refused.text).fields["stem"] == question()["stem"]


def test_names_of_fields_that_are_none_are_left_alone(own_app: Flask) -> None:
    junk = {
        "options-²-text": "x",
        "options-999-text": "x",
        "options--text": "x",
        "state": "approved",
        "origin": "curated",
    }

    made = saved(own_app, press(signed_in(own_app), "draft", question() | junk))

    assert (made.state, made.origin, len(made.content.options)) == ("draft", "teacher", 4)


@pytest.mark.parametrize("number", ["0", "-1", "1e9", "٣", "10000", "", "7 7", "\x00"])
def test_a_strange_address_shows_the_first_passage(app: Flask, number: str) -> None:
    answer = signed_in(app).client.get(
        NEW, query_string={"document": REPORT, "paragraph": number, "fact": number}
    )

    assert answer.status_code == 200
    assert Sheet(answer.text).fields["passage"].endswith(" 1")


def test_the_passage_of_the_address_is_on_show(app: Flask) -> None:
    sheet = Sheet(signed_in(app).get(f"{NEW}?document={REPORT}&paragraph=7").text)

    assert sheet.fields["passage"] == f"{REPORT} 7"
    assert (sheet.fields["evidence-0-document"], sheet.fields["evidence-0-paragraph"]) == (REPORT, "7")
    assert POLLS in html.unescape(sheet.page)


def test_the_fact_of_the_address_fills_in_what_it_gives(app: Flask) -> None:
    fields = Sheet(signed_in(app).get(f"{NEW}?fact=NC-A15").text).fields

    assert fields["passage"] == f"{REPORT} 7"
    assert fields["evidence-0-quote"]
    assert fields["options-0-text"] == "Between 63% and 75%"
    assert fields["options-0-rationale"]
    assert "63%" in fields["explanation"]
    assert fields["facts"] == ["NC-A15"]
    assert fields["stem"] == ""
