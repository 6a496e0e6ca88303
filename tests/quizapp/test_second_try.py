"""The second try: after a wrong answer in practice, once, with a hint that tells nothing more."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Mapping

import pytest
from flask import Flask

from quizapp.services.meetings import meetings_of
from quizapp.transactions import reading
from tests.quizapp.test_secrecy import FLIP, bare
from tests.quizapp.visitors import (
    HTMX,
    Fields,
    Question,
    Visitor,
    execute,
    item,
    query,
    questions,
    rows,
    target,
)


def again(public_id: str, position: int = 1) -> str:
    return f"{item(public_id, position)}/second-try"


def missed(app: Flask, visitor: Visitor, **manner: str) -> tuple[str, Question]:
    """A quiz whose first question was answered wrong, and that question; it has four options."""
    while True:
        public_id = visitor.start(second_try="y", **manner)
        asked = questions(app, public_id)[1]
        if len(asked.tokens) >= 4:
            fields = {"option": asked.wrong[0], **({"certainty": "1"} if manner.get("certainty") else {})}
            visitor.post(f"{item(public_id, 1)}/response", fields)
            return public_id, asked


def struck(page: str) -> list[str]:
    return re.findall(r'name="option" value="([^"]+)" disabled', page)


@pytest.mark.every_database
def test_a_wrong_answer_gets_a_hint_and_one_more_choice(app: Flask, visitor: Visitor) -> None:
    public_id, asked = missed(app, visitor)

    page = visitor.get(item(public_id, 1)).text

    assert asked.wrong[0] in struck(page)
    assert len(struck(page)) == 2
    assert asked.key not in struck(page)
    assert "Your answer, not right" in page
    assert '<a href="#choose-option">Choose again</a>' in page
    first = next(token for token in asked.tokens if token not in struck(page))
    assert f'id="choose-option" name="option" value="{first}">' in page
    assert "Not this one either" in page
    assert re.search(
        r'href="/sources/[^"?]+\?attempt=[^"]+&amp;item=1#p\d+"', page
    )  # where, and not which words
    row = query(app, "SELECT options, explanation FROM item_version WHERE id = :id", id=asked.version)[0]
    words = [row.explanation, *(option["rationale"] for option in as_list(row.options))]
    assert [text for text in words if text in html.unescape(page)] == []
    assert "Something is wrong with this question?" not in page


def tagged(page: str) -> list[tuple[str, str]]:
    """The options that carry a word, from the top, with that word."""
    rows = re.findall(
        r'<span class="tag">([^<]+)</span>.*?<span class="letter">\w</span>\s*<span>(.*?)</span>',
        page,
        re.DOTALL,
    )
    return [(html.unescape(words), tag) for tag, words in rows]


def reviews(result: str) -> list[str]:
    return re.findall(r'<li class="review .*?</dl>.*?</div>\s*</li>', result, re.DOTALL)


def shown_answers(review: str) -> list[tuple[str, str]]:
    """What the result says was answered, and what was right."""
    pairs = re.findall(r"<dt>([^<]+)</dt>\s*<dd[^>]*>(.*?)</dd>", review, re.DOTALL)
    return [(name, html.unescape(re.sub(r"<[^>]+>", "", words))) for name, words in pairs]


def as_list(options: object) -> list[dict[str, str]]:
    known: list[dict[str, str]] = json.loads(options) if isinstance(options, str) else options  # type: ignore[assignment]
    return known


def test_of_three_options_none_is_struck_out(own_app: Flask, own_reader: Visitor) -> None:
    """Else the hint would leave nothing but the answer."""
    execute(own_app, "UPDATE item_version SET options = json_remove(options, '$[4]')")
    execute(own_app, "UPDATE item_version SET options = json_remove(options, '$[3]')")
    execute(
        own_app,
        """UPDATE item SET state = 'retired' WHERE id IN (SELECT item_id FROM item_version v WHERE NOT EXISTS
        (SELECT 1 FROM json_each(v.options) o WHERE json_extract(o.value, '$.correct')))""",
    )
    public_id = own_reader.start(second_try="y")
    asked = questions(own_app, public_id)[1]

    own_reader.answer(public_id, 1, asked.wrong[0])

    page = own_reader.get(item(public_id, 1)).text
    assert struck(page) == [asked.wrong[0]]
    assert "struck out" not in page


def test_the_page_is_the_same_whichever_open_option_is_right(own_app: Flask, own_reader: Visitor) -> None:
    """Pages that strike out the same option are equal to the byte, with every word about the key turned round."""
    public_id, asked = missed(own_app, own_reader)
    row = query(own_app, "SELECT options, evidence FROM item_version WHERE id = :id", id=asked.version)[0]
    shown = query(
        own_app, "SELECT token, option FROM attempt_option WHERE token IN (SELECT token FROM response)"
    )
    chosen = next(one.option for one in shown if one.token == asked.wrong[0])
    pages: Mapping[str, set[tuple[int, str, bytes]]] = defaultdict(set)
    for key in {*range(len(json.loads(row.options)))} - {chosen}:
        options = [
            {**option, "correct": n == key, "rationale": "!" * 100 * (n == key)}
            for n, option in enumerate(json.loads(row.options))
        ]
        values = {
            "explanation": "?" * 1000 * key,
            "evidence": row.evidence,
            "difficulty": key,
            "model": f"m{key}",
        }
        execute(own_app, FLIP, id=asked.version, options=json.dumps(options), **values)
        for headers in ({}, HTMX):
            answers = (
                own_reader.get(item(public_id, 1), **headers),
                own_reader.post(again(public_id), {"option": "forged"}, **headers),
            )
            for n, answer in enumerate(answers):
                pages[f"{n} {headers} {struck(own_reader.get(item(public_id, 1)).text)}"].add(bare(answer))

    assert {len(same) for same in pages.values()} == {1}
    assert len(pages) < 3 * 2 * 2  # some struck out the same


@pytest.mark.every_database
def test_the_second_choice_counts_a_third_and_says_nothing_of_what_is_known(
    app: Flask, visitor: Visitor
) -> None:
    public_id, asked = missed(app, visitor)
    learnt = rows(app, without=["second_try"])

    answer = visitor.post(again(public_id), {"option": asked.key})

    assert answer.status_code == (200 if visitor.htmx else 303)
    assert rows(app, without=["second_try"]) == learnt  # no count, no statistics, no second response
    page = visitor.get(item(public_id, 1)).text
    assert "facing is-mended" in page
    assert "Right at the second try" in page
    assert {tag for _text, tag in tagged(page)} == {"Your answer", "Second try, right"}
    assert "Something is wrong with this question?" in page
    with visitor.client.session_transaction() as session, app.app_context(), reading() as database:
        assert [one.correct for one in meetings_of(database, session["learner"])] == [False]
    for position, question in questions(app, public_id).items():
        visitor.answer(public_id, position, question.key)
    result = visitor.get(f"/attempts/{public_id}/result").text
    assert "4 of 5 right" in result
    assert "1 more at the second try: 4.33 points, since that one counts a third." in result
    review = reviews(result)[0]
    assert 'class="review is-mended"' in review
    assert '<p class="review-verdict">Right at the second try</p>' in review
    first, second = asked.text(asked.wrong[0]), asked.text(asked.key)
    assert shown_answers(review) == [("First answer", first), ("Second try", second)]
    assert review.count('class="why-not"') == 1


@pytest.mark.every_database
@pytest.mark.parametrize("choice", ["wrong", "nothing"])
def test_a_second_miss_and_giving_up_show_the_answer(app: Flask, visitor: Visitor, choice: str) -> None:
    public_id, asked = missed(app, visitor)
    open_wrong = [token for token in asked.wrong if token not in struck(visitor.get(item(public_id, 1)).text)]
    fields: Fields = {"option": open_wrong[0]} if choice == "wrong" else {"give_up": "y", "option": asked.key}

    answer = visitor.post(again(public_id), fields)
    before = rows(app)
    repeated = visitor.post(again(public_id), fields)
    late = visitor.post(again(public_id), {"option": asked.key})

    assert answer.status_code == (200 if visitor.htmx else 303)
    assert (repeated.status_code, late.status_code) == (answer.status_code, 409)
    assert "The first answer counts." in late.text
    assert rows(app) == before
    page = visitor.get(item(public_id, 1)).text
    assert "Not this one" in page
    tags = {asked.wrong[0]: "Your answer", asked.key: "Right answer"}
    if choice == "wrong":
        tags[open_wrong[0]] = "Second try, not right"
    assert tagged(page) == [(asked.text(token), tags[token]) for token in asked.tokens if token in tags]
    assert page.count('<details class="chosen') == len(tags) - 1  # the reason of each wrong choice is open
    visitor.finish(app, public_id, right=range(2, 6))
    review = reviews(visitor.get(f"/attempts/{public_id}/result").text)[0]
    assert '<p class="review-verdict">Not right</p>' in review
    names = ["First answer", "Second try"] if choice == "wrong" else ["Your answer"]
    assert [name for name, _text in shown_answers(review)] == [*names, "Right answer"]
    assert review.count('class="why-not"') == len(names)


@pytest.mark.every_database
def test_no_other_choice_is_taken(app: Flask, visitor: Visitor, stranger: Visitor) -> None:
    public_id, asked = missed(app, visitor)
    second = questions(app, public_id)[2]
    visitor.answer(public_id, 2, second.key)
    stranger.start()
    before = rows(app)

    for option in (
        *struck(visitor.get(item(public_id, 1)).text),
        second.key,
        "forged",
        "\0",
        "x" * 10_000,
        "٣",
    ):
        assert visitor.post(again(public_id), {"option": option}).status_code == 422
    empty = visitor.post(again(public_id), {})
    assert '<a href="#choose-option">Choose an answer first.</a>' in empty.text
    assert '"Error: Not this one:' in empty.text or "<title>Error: Not this one:" in empty.text
    assert empty.status_code == 422
    assert visitor.post(again(public_id), {"option": list(asked.tokens)}).status_code == 422
    for position in (2, 3):  # right, and not answered
        assert visitor.post(again(public_id, position), {"give_up": "y"}).status_code == 422
    assert visitor.post(again(public_id, 9), {"give_up": "y"}).status_code == 404
    assert stranger.post(again(public_id), {"option": asked.key}).status_code == 404
    assert rows(app) == before


def test_the_quiz_is_not_done_and_nothing_is_reported_before(app: Flask, reader: Visitor) -> None:
    public_id, _asked = missed(app, reader)
    for position, question in questions(app, public_id).items():
        reader.answer(public_id, position, question.key)

    assert target(reader.get(f"/attempts/{public_id}/result")) == f"/attempts/{public_id}"
    assert "A hint: look here" in reader.get(f"/attempts/{public_id}").text
    assert reader.post(f"{item(public_id, 1)}/report", {"reason": "key"}).status_code == 422
    assert "Go on with your quiz: question 1 of 5" in reader.get("/").text
    reader.post(again(public_id), {"give_up": "y"})
    assert "4 of 5 right" in reader.get(f"/attempts/{public_id}/result").text
    assert "Go on with your quiz" not in reader.get("/").text
    assert reader.post(f"{item(public_id, 1)}/report", {"reason": "key"}).status_code == 303


def test_there_is_none_where_it_was_not_wished_or_the_answer_was_sure_or_corrected(
    own_app: Flask, own_reader: Visitor
) -> None:
    plain = own_reader.start()
    own_reader.answer(plain, 1, questions(own_app, plain)[1].wrong[0])
    assert "The answer is" in own_reader.get(item(plain, 1)).text
    sure = own_reader.start(second_try="y", certainty="y")
    fields = {"option": questions(own_app, sure)[1].wrong[0], "certainty": "3"}
    own_reader.post(f"{item(sure, 1)}/response", fields)
    assert "You were sure: look at both" in own_reader.get(item(sure, 1)).text
    corrected, asked = missed(own_app, own_reader)
    execute(
        own_app,
        """INSERT INTO key_correction (item_version_id, replaced_by, key, marks, corrected_at, corrected_by)
        VALUES (:id, :id, 0, 'left', '2026-11-22 09:00:00', 'x')""",
        id=asked.version,
    )
    assert "The answer is" in own_reader.get(item(corrected, 1)).text
