"""A quiz on paper: two forms of the same questions from a seed, and keys that fit them."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from flask import Flask

from tests.quizapp.exchange.files import a_row, as_csv, confirm, send
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.visitors import TOPICS, execute, query, target, without_form_tokens

KEY = re.compile(
    r'<p class="solved-stem">(\d+)\. <span lang="en">(.*?)</span></p>\s*'
    r'<p class="solved-key"><b>(.)</b> <span lang="en">(.*?)</span></p>'
)
ASKED = re.compile(
    r'<span class="asked-number">(\d+)\.</span> <span lang="en">(.*?)</span></p>(.*?)</ol>', re.DOTALL
)
OPTION = re.compile(r'<span class="asked-letter">(.)</span> <span lang="en">(.*?)</span>')


def make(teacher: SignedIn, more: str = "", length: int = 10, seed: int = 7) -> str:
    """The address of the sheets."""
    topics = "".join(f"&topic={topic}" for topic in TOPICS)
    return target(teacher.get(f"/admin/paper?length={length}&seed={seed}{more or topics}"))


def forms(page: str) -> list[dict[str, dict[str, str]]]:
    """For each sheet its questions in order, each with its options by letter."""
    return [
        {
            html.unescape(stem): {letter: html.unescape(text) for letter, text in OPTION.findall(options)}
            for _, stem, options in ASKED.findall(leaf)
        }
        for leaf in page.split('class="leaf"')[1:]
    ]


def keys(page: str) -> list[list[tuple[str, ...]]]:
    return [
        [tuple(map(html.unescape, found)) for found in KEY.findall(leaf)]
        for leaf in page.split('class="leaf"')[1:]
    ]


@pytest.mark.every_database
def test_the_same_seed_gives_the_same_paper(app: Flask) -> None:
    teacher = signed_in(app)

    address = make(teacher)

    assert make(signed_in(app, email="jean@school.example")) == address
    assert make(teacher, seed=8) != address
    assert teacher.get(address).text == teacher.get(address).text


def test_without_a_seed_another_paper_is_drawn(app: Flask) -> None:
    teacher = signed_in(app)
    addresses = {target(teacher.get("/admin/paper?length=5&topic=referendum&seed=")) for _ in range(3)}

    assert len(addresses) == 3


def test_both_forms_ask_the_same_in_another_order(app: Flask) -> None:
    teacher = signed_in(app)
    first, second = forms(teacher.get(make(teacher)).text)
    ordered = {row.stem: row.ordered for row in query(app, "SELECT stem, ordered FROM item_version")}

    assert len(first) == 10
    assert sorted(first) == sorted(second)
    assert list(first) != list(second)
    for stem, options in first.items():
        assert sorted(options.values()) == sorted(second[stem].values())
        assert (list(options.values()) == list(second[stem].values())) is bool(ordered[stem])


@pytest.mark.every_database
def test_the_key_fits_both_forms_and_shows_the_evidence(app: Flask) -> None:
    teacher = signed_in(app)
    sheets = teacher.get(make(teacher)).text
    page = teacher.get(make(teacher).replace("/sheets", "/key")).text
    right = {
        row.stem: next(option["text"] for option in options_of(row) if option["correct"])
        for row in query(app, "SELECT stem, options FROM item_version")
    }

    for asked, solved in zip(forms(sheets), keys(page), strict=True):
        assert [int(number) for number, *_ in solved] == list(range(1, 11))
        assert [stem for _, stem, *_ in solved] == list(asked)
        for _, stem, letter, text in solved:
            assert asked[stem][letter] == text == right[stem]
    assert page.count("This question has no source.") == 0
    assert page.count('<p class="solved-proof">') >= 20
    for page_ in (sheets, page):
        assert page_.count("Seed 7") >= 2
        assert page_.count("Build ") >= 2


def options_of(row: Any) -> list[dict[str, Any]]:

    return row.options if isinstance(row.options, list) else json.loads(row.options)


def test_a1_sheets_do_not_tell_the_key(own_app: Flask) -> None:
    """They are the same, whichever option is right, and whatever is explained."""
    teacher = signed_in(own_app)
    address = make(teacher)
    before = without_form_tokens(teacher.get(address).text)
    for row in query(own_app, "SELECT id, options FROM item_version"):
        options = options_of(row)
        turned = [option | {"correct": n == 0, "rationale": "Other"} for n, option in enumerate(options)]

        execute(
            own_app,
            "UPDATE item_version SET options = :options, explanation = 'Other' WHERE id = :id",
            options=json.dumps(turned),
            id=row.id,
        )

    assert without_form_tokens(teacher.get(address).text) == before


def test_no_two_questions_clash_and_topics_are_balanced(app: Flask) -> None:
    teacher = signed_in(app)
    versions = re.findall(r"\d+", make(teacher, length=12).partition("v=")[2])
    rows = query(
        app,
        f"SELECT uid, family, topic_id, enemies FROM item WHERE id IN (SELECT item_id FROM item_version"  # noqa: S608
        f" WHERE id IN ({','.join(versions)}))",
    )

    assert len({row.family for row in rows}) == 12
    assert sorted([row.topic_id for row in rows].count(topic) for topic in TOPICS) == [4, 4, 4]
    uids = {row.uid for row in rows}
    assert not any(uid in str(row.enemies) for row in rows for uid in uids - {row.uid})


def test_it_is_made_from_a_list_of_which_the_approved_ones_are_printed(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    confirm(teacher, send(teacher, as_csv(a_row(stem="Asked by nobody?"))))
    page = teacher.get("/admin/paper?from=list&topic=referendum").text
    assert "From what your list shows" in page
    assert 'name="topic" value="referendum"' in page

    sheets = teacher.get(make(teacher, "&from=list&topic=referendum", length=60)).text
    nothing = teacher.get("/admin/paper?from=list&state=draft&length=5")

    stems = set(forms(sheets)[0])
    known = {
        row.stem
        for row in query(
            own_app,
            "SELECT stem FROM item_version v JOIN item i ON i.id = v.item_id WHERE topic_id = 'referendum'",
        )
    }
    assert stems <= known - {"Asked by nobody?"}
    assert nothing.status_code == 422
    assert "None of these questions is approved" in nothing.text


def test_a_paper_stays_what_it_was_after_an_edit(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    address = make(teacher)
    before = forms(teacher.get(address).text)
    version = address.partition("v=")[2].partition(".")[0]
    uid = query(
        own_app,
        "SELECT uid FROM item WHERE id = (SELECT item_id FROM item_version WHERE id = :id)",
        id=int(version),
    )[0].uid

    confirm(teacher, send(teacher, as_csv({"uid": uid, "stem": "What does it ask now, in 2018?"})))

    page = teacher.get(address).text
    assert forms(page) == before
    assert "1 of the questions has been changed or taken out since" in page


@pytest.mark.parametrize(
    "what", ["length=0", "length=61", "length=x", "length=", "length=5&seed=-1", "length=5&seed=x"]
)
def test_what_cannot_be_meant_is_told_beside_its_field(app: Flask, what: str) -> None:
    answer = signed_in(app).get(f"/admin/paper?topic=referendum&{what}")

    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_without_a_topic_it_asks_for_one(app: Flask) -> None:
    for topics in ("", "&topic=cooking"):
        answer = signed_in(app).get(f"/admin/paper?length=5{topics}")
        assert answer.status_code == 422
        assert "Choose at least one topic." in answer.text


@pytest.mark.parametrize(
    "what",
    ["", "?seed=7", "?v=1", "?seed=x&v=1", "?seed=7&v=0", "?seed=7&v=999999999", "?seed=7&v=1..2",
     "?seed=7&v=" + ".".join(map(str, range(1, 63))), "?seed=7&v=99999999999999999999"],
)  # fmt: skip
def test_an_address_that_names_no_paper_has_none(app: Flask, what: str) -> None:
    teacher = signed_in(app)

    assert teacher.get(f"/admin/paper/sheets{what}").status_code == 404
    assert teacher.get(f"/admin/paper/key{what}").status_code == 404


def test_a_paper_of_one_question(app: Flask) -> None:
    teacher = signed_in(app)
    first, second = forms(teacher.get(make(teacher, length=1)).text)

    assert list(first) == list(second)
