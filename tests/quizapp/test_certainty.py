"""Certainty: asked for where it was wished, marked by a rule that is told first; what a sure error brings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.quizapp.visitors import Question, Visitor, execute, item, query, questions, response_to, rows

SURE = {"certainty": "3"}


def said(visitor: Visitor, public_id: str, position: int, token: str, certainty: str) -> int:
    fields = {"option": token, "certainty": certainty}
    return visitor.post(response_to(public_id, position), fields).status_code


@pytest.mark.every_database
def test_it_is_kept_with_the_answer_where_it_was_asked_for(app: Flask, visitor: Visitor) -> None:
    asking, plain = visitor.start(certainty="y"), visitor.start()
    for public_id in (asking, plain):
        said(visitor, public_id, 1, questions(app, public_id)[1].key, "2")

    kept = """SELECT r.certainty FROM response r JOIN attempt_item i ON i.id = r.attempt_item_id
        JOIN attempt a ON a.id = i.attempt_id WHERE a.public_id = :id"""
    assert [row.certainty for row in query(app, kept, id=asking)] == [2]
    assert [row.certainty for row in query(app, kept, id=plain)] == [None]
    assert 'name="certainty"' not in visitor.get(item(plain, 2)).text
    assert "You said: fairly sure. That makes +2 marks." in visitor.get(item(asking, 1)).text


def test_the_rule_is_open_until_it_was_used(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start(certainty="y")
    asked = questions(app, public_id)[1]

    first = visitor.get(item(public_id, 1)).text
    refused = visitor.post(response_to(public_id, 1), {"option": asked.key}).text
    said(visitor, public_id, 1, asked.key, "1")
    second = visitor.get(item(public_id, 2)).text

    assert "<details open>" in first
    assert "<details open>" in refused
    assert "<details>" in second
    for page in (first, second):
        cells = re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td><td>([^<]+)</td>', page)
        assert cells == [("Not sure", "+1", "0"), ("Fairly sure", "+2", "−2"), ("Sure", "+3", "−6")]


@pytest.mark.every_database
@pytest.mark.parametrize("certainty", ["", "0", "4", "-1", "1e9", "٣", "\0", "x" * 10_000, ["1", "2"], None])
def test_what_is_missing_or_none_of_the_three_is_refused_and_the_choice_kept(
    app: Flask, visitor: Visitor, certainty: str | list[str] | None
) -> None:
    public_id = visitor.start(certainty="y")
    token = questions(app, public_id)[1].tokens[1]
    before = rows(app)

    answer = visitor.post(
        response_to(public_id, 1),
        {"option": token, **({} if certainty is None else {"certainty": certainty})},
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{token}" checked' in answer.text
    assert rows(app) == before


def test_that_it_is_missing_is_said_first_of_all_and_where_it_is_to_be_chosen(
    app: Flask, visitor: Visitor
) -> None:
    public_id = visitor.start(certainty="y")

    page = visitor.post(response_to(public_id, 1), {"option": questions(app, public_id)[1].key}).text

    title = (
        "<title>Error: Question 1 of 5 · " if not visitor.htmx else 'data-title="Error: Question 1 of 5 · '
    )
    told = '<a href="#choose-certainty">Say how sure you are, too.</a>'
    group = '<fieldset class="certainty" id="certainty" aria-describedby="certainty-error">'
    words = '<p class="message" id="certainty-error">Say how sure you are, too.</p>'
    field = 'id="choose-certainty" aria-describedby="certainty-error" data-arrive name="certainty"'
    places = [page.index(part) for part in (title, told, "<h1", group, words, field)]
    assert places == sorted(places)
    assert page.count("data-arrive") == 1
    assert "data-arrive" not in page[page.index("<h1") : page.index("</h1>")]


def test_certainty_without_an_answer_is_kept_too(reader: Visitor) -> None:
    answer = reader.post(response_to(reader.start(certainty="y"), 1), SURE)

    assert answer.status_code == 422
    assert 'name="certainty" value="3" checked' in answer.text


def test_the_wish_is_remembered_and_can_be_taken_back(reader: Visitor) -> None:
    wished = r'name="certainty" value="y" checked'
    assert not re.search(wished, reader.get("/").text)
    reader.start(certainty="y")
    assert re.search(wished, reader.get("/").text)
    reader.start()
    assert not re.search(wished, reader.get("/").text)


@pytest.mark.every_database
def test_marks_stand_in_the_result_and_change_no_score(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start(certainty="y")
    plan = [(True, "3"), (False, "3"), (True, "2"), (False, "1"), (True, "1")]
    for (position, asked), (right, certainty) in zip(questions(app, public_id).items(), plan, strict=True):
        said(visitor, public_id, position, asked.key if right else asked.wrong[0], certainty)

    page = visitor.get(f"/attempts/{public_id}/result").text

    assert "3 of 5 right" in page
    assert "By how sure you were: 0 of at most +15 marks." in page
    assert page.count(">Sure</span>") == 2


# --- an error made for sure


def test_both_answers_stand_side_by_side_with_their_places(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start(certainty="y", second_try="y")
    asked = questions(app, public_id)[1]
    said(visitor, public_id, 1, asked.wrong[0], "3")

    page = html.unescape(visitor.get(item(public_id, 1)).text)

    card = page[page.index('id="contrast"') : page.index("</section>", page.index('id="contrast"'))]
    for token in (asked.wrong[0], asked.key):
        assert asked.texts[asked.tokens.index(token)] in card
    assert card.count('class="proof" href="/sources/') >= 2


def order(app: Flask, public_id: str) -> list[int]:
    return [question.item for question in questions(app, public_id).values()]


def facts(app: Flask, item_id: int) -> set[str]:
    return {
        row.fact_id for row in query(app, "SELECT fact_id FROM item_fact WHERE item_id = :id", id=item_id)
    }


def until_asked_again(
    app: Flask, visitor: Visitor, position: int
) -> Iterator[tuple[str, list[int], Question]]:
    """Quizzes of twenty in which the answer at ``position`` was sure and wrong: the order before, and that question."""
    for _ in range(8):
        public_id = visitor.start(length=20, certainty="y")
        before, asked = order(app, public_id), questions(app, public_id)[position]
        said(visitor, public_id, position, asked.wrong[0], "3")
        yield public_id, before, asked


@pytest.mark.every_database
def test_the_fact_comes_back_in_another_form_six_to_ten_questions_later(app: Flask, visitor: Visitor) -> None:
    gaps = []
    for public_id, before, asked in until_asked_again(app, visitor, 1):
        after = order(app, public_id)
        new = [one for one in after if one not in before]
        if not new:  # no other form, or none that fits beside the others
            assert after == before
            continue
        assert len(new) == 1
        assert facts(app, new[0]) & facts(app, asked.item)
        assert [one for one in after if one not in new] == before
        gaps.append(after.index(new[0]) - 1)
        assert "Question 2 of 21" in visitor.get(f"/attempts/{public_id}").text
        # Once is enough: an error in the form that came back does not bring a third.
        place = after.index(new[0]) + 1
        said(visitor, public_id, place, questions(app, public_id)[place].wrong[0], "3")
        again = [one for one in order(app, public_id) if facts(app, one) & facts(app, asked.item)]
        assert again == [asked.item, new[0]]

    assert gaps
    assert {6, 7, 8, 9, 10}.issuperset(gaps)


def test_it_does_not_where_too_few_questions_are_left_or_nobody_was_sure(app: Flask, reader: Visitor) -> None:
    for public_id, before, _asked in until_asked_again(app, reader, 15):
        assert order(app, public_id) == before
    public_id = reader.start(length=10, certainty="y")
    before = order(app, public_id)
    asked = questions(app, public_id)
    said(reader, public_id, 1, asked[1].wrong[0], "2")
    said(reader, public_id, 2, asked[2].key, "3")
    assert order(app, public_id) == before
    test = reader.start(length=10, certainty="y", mode="test")
    before = order(app, test)
    said(reader, test, 1, questions(app, test)[1].wrong[0], "3")
    assert order(app, test) == before


def test_a_question_that_moved_meanwhile_still_takes_its_answer(own_app: Flask, own_reader: Visitor) -> None:
    """Another window knows its old place: the key of its form says which question it is."""
    for public_id, before, _asked in until_asked_again(own_app, own_reader, 1):
        after = order(own_app, public_id)
        moved = [n for n, one in enumerate(before, start=1) if after.index(one) + 1 != n]
        if moved:
            break
    old = moved[-1]
    question = questions(own_app, public_id)[old + 1]
    key = query(
        own_app, "SELECT key FROM attempt_item WHERE item_id = :id ORDER BY id DESC", id=question.item
    )[0].key

    fields = {"option": question.key, "certainty": "1", "key": key}
    answer = own_reader.post(response_to(public_id, old), fields)

    assert answer.headers["Location"] == item(public_id, old + 1)
    assert "Your answer, right" in own_reader.get(item(public_id, old + 1)).text


def test_a_form_that_left_the_bank_is_not_asked(own_app: Flask, own_reader: Visitor) -> None:
    public_id = own_reader.start(length=10, certainty="y")
    execute(own_app, "UPDATE item SET state = 'retired'")
    before = order(own_app, public_id)

    said(own_reader, public_id, 1, questions(own_app, public_id)[1].wrong[0], "3")

    assert order(own_app, public_id) == before
