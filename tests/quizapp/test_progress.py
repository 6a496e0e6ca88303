"""Progress: what the page says of a learner is what the stored answers say, counted anew and otherwise."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from quizapp.asking.again import again
from quizapp.extensions import db
from quizapp.learning.certainty import Share
from quizapp.learning.levels import FactLevel, Level, Need
from quizapp.learning.memory import Memory
from quizapp.progress.days import DaysView
from quizapp.progress.pages import ProgressPage
from quizapp.services import progress
from quizapp.services.progress import Day, Fact, find_progress
from quizapp.services.reviewing import DueToday
from quizapp.transactions import reading
from tests.quizapp.my_data.people import learner_of
from tests.quizapp.visitors import (
    TOPICS,
    Visitor,
    execute,
    found,
    query,
    questions,
    response_to,
    target,
    without_form_tokens,
)

ADDRESS = "/progress"
START = dt.datetime(2026, 3, 2, 18, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LEVEL_NAMES = ("Secure", "Learning", "New")


def begin(visitor: Visitor, mode: str = "practice", length: int = 5, *, certainty: bool = False) -> str:
    fields: dict[str, Any] = {"topic": TOPICS, "length": str(length), "mode": mode}
    answer = visitor.post("/attempts", fields | ({"certainty": "y"} if certainty else {}))
    return target(answer).rpartition("/")[2]


def play(
    app: Flask, visitor: Visitor, public_id: str, right: Sequence[int] = (), sure: int | None = None
) -> None:
    """Answer every question, those at these positions rightly; what is wrong and sure brings others in."""
    for position in questions(app, public_id):
        question = questions(app, public_id)[position]
        token = question.key if position in right else question.wrong[0]
        fields = {"option": token} | ({"certainty": str(sure)} if sure else {})
        answer = visitor.post(response_to(public_id, position), fields)
        assert answer.status_code < 400, answer.text


@contextmanager
def on_day(day: float) -> Iterator[dt.datetime]:
    now = START + day * DAY
    with time_machine.travel(now, tick=False):
        yield now


def page_of(visitor: Visitor, **headers: str) -> str:
    """The page without what is new in it each time."""
    answer = visitor.get(ADDRESS, **headers)
    assert answer.status_code == 200
    return re.sub(r'name="ticket" value="[^"]*"', "", without_form_tokens(answer.text))


def table(page: str, caption: str) -> dict[str, list[str]]:
    """The rows of a table by their heading."""
    inner = found(rf"(?s)<caption[^>]*>{re.escape(caption)}</caption>(.*?)</table>", page)
    rows = re.findall(r'<tr><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', inner, re.DOTALL)
    return {re.sub(r"<[^>]*>", "", name): re.findall(r"<td>(.*?)</td>", cells) for name, cells in rows}


def part(page: str, name: str) -> str:
    """A section of the page."""
    return found(rf'(?s)<section class="progress-part" id="{name}">(.*?)</section>', page)


def statements(page: str) -> list[str]:
    return [html.unescape(words) for words in re.findall(r'<p lang="en">(.*?)</p>', page)]


@dataclass
class Recount:
    """What the rows say, by a way of counting that is not the application's."""

    level: dict[str, str] = field(default_factory=dict)
    by_day: dict[str, list[int]] = field(default_factory=dict)
    wrong_now: set[str] = field(default_factory=set)

    def by_topic(self, facts: Mapping[str, Any], asked: set[str]) -> dict[str, list[str]]:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for fact in asked | set(self.level):
            counts[facts[fact].title][self.level.get(fact, "New")] += 1
        return {topic: [str(one[name]) for name in LEVEL_NAMES] for topic, one in counts.items()}


def recount(app: Flask, learner: str | None) -> Recount:
    told = Recount()
    history: dict[str, list[tuple[int, bool, int | None]]] = defaultdict(list)
    for row in query(app, _ANSWERS, learner=learner):
        facts = row.facts if isinstance(row.facts, list) else json.loads(row.facts)
        day = str(row.responded_at)[:10]
        total, right = told.by_day.get(day, [0, 0])
        told.by_day[day] = [total + 1, right + bool(row.correct)]
        for fact in facts:
            history[fact].append((row.item_id, bool(row.correct), row.certainty))
    for fact, answers in history.items():
        honest = [one for one in answers if one[1:] != (True, 1)]
        right_in = {item for item, correct, _ in honest if correct}
        secure = len(right_in) > 1 and honest[-1][1]
        told.level[fact] = "Secure" if secure else "Learning"
        if not answers[-1][1]:
            told.wrong_now.add(fact)
    return told


_ANSWERS = """
    SELECT r.responded_at, r.correct, r.certainty, i.item_id, v.facts
    FROM response r
    JOIN attempt_item i ON i.id = r.attempt_item_id
    JOIN item_version v ON v.id = i.item_version_id
    JOIN attempt a ON a.id = i.attempt_id
    WHERE a.learner = :learner AND (a.mode <> 'test' OR a.closed_at IS NOT NULL)
    ORDER BY r.responded_at, i.id
"""
_FACTS = "SELECT f.id, f.statement, t.title FROM fact f JOIN topic t ON t.id = f.topic_id"
_ASKED = (
    "SELECT DISTINCT f.fact_id FROM item_fact f JOIN item i ON i.id = f.item_id WHERE i.state = 'approved'"
)


@pytest.mark.every_database
def test_the_page_says_what_the_answers_say(app: Flask, reader: Visitor) -> None:
    """Four days of practice, mistakes, reviews and tests, recounted from the rows."""
    for day, mode, right in (
        (0, "practice", range(1, 11, 2)),
        (1, "mistakes", (1, 2, 3)),
        (4, "due", range(1, 12)),
        (5, "test", (1, 4, 5)),
    ):
        with on_day(day):
            play(app, reader, begin(reader, mode, 10), right)
    with on_day(5.1):
        page = page_of(reader)

    told = recount(app, learner_of(reader))
    facts = {row.id: row for row in query(app, _FACTS)}
    asked = {row.fact_id for row in query(app, _ASKED)}
    assert {"Secure", "Learning"} == set(told.level.values())
    assert table(page, "Facts by topic") == told.by_topic(facts, asked)
    days = re.findall(
        r'datetime="([\d-]+)">[^<]*</time></th><td>(\d+)</td><td>(\d+)</td>', part(page, "days")
    )
    assert days == [(day, str(one[0]), str(one[1])) for day, one in sorted(told.by_day.items(), reverse=True)]
    secure = sum(level == "Secure" for level in told.level.values())
    assert f"{secure} of {len(asked | set(told.level))} facts are secure." in page
    assert f"{len(told.wrong_now & asked)} facts that you last answered wrong" in page
    assert sorted(statements(part(page, "facts"))) == sorted(facts[one].statement for one in told.level)
    assert set(statements(page)) == {facts[one].statement for one in told.level}
    assert sum(int(cells[0]) for cells in table(page, "Facts by the day they are due").values()) == len(
        asked & set(told.level)
    )
    assert re.findall(r"<title>(.*?)</title>", part(page, "days")) == [
        f"{int(day[-2:])} Mar 2026: {right} of {total} right" for day, (total, right) in told.by_day.items()
    ]


def test_before_the_first_answer_it_says_what_will_stand_here(visitor: Visitor) -> None:
    empty = page_of(visitor)
    begin(visitor)

    for page in (empty, page_of(visitor)):
        assert "Once you have answered a question, this page shows" in page
        assert 'href="/">Choose a quiz</a>' in page
        assert "<svg" not in page
        assert "<form method" not in page


def test_a_fact_is_secure_after_two_forms_and_one_slip_undoes_only_that(
    own_app: Flask, own_reader: Visitor
) -> None:
    forms = query(
        own_app,
        "SELECT f.fact_id, min(f.item_id) AS one, max(f.item_id) AS other FROM item_fact f"
        " JOIN item i ON i.id = f.item_id WHERE i.state = 'approved'"
        " GROUP BY f.fact_id HAVING count(*) = 2 ORDER BY f.fact_id LIMIT 1",
    )[0]
    statement = query(own_app, "SELECT statement FROM fact WHERE id = :id", id=forms.fact_id)[0].statement

    def after(day: int, item: int, *, right: bool, others: bool = True) -> str:
        execute(own_app, "UPDATE item SET state = 'retired'")
        execute(own_app, "UPDATE item SET state = 'approved' WHERE id = :id", id=item)
        with on_day(day):
            play(own_app, own_reader, begin(own_reader), (1,) if right else ())
            if others:
                execute(own_app, "UPDATE item SET state = 'approved'")
            page = page_of(own_reader)
        entry = found(
            rf'(?s){re.escape(html.escape(statement, quote=False))}</p>\s*<p class="small">(.*?)</p>', page
        )
        return " ".join(re.sub(r"<[^>]*>", "", entry).split())

    assert after(0, forms.one, right=True, others=False).endswith(
        "Nothing is missing: there is no other question on it."
    )
    again = after(5, forms.one, right=True)
    assert again.startswith("Learning · 2 of 2 right · last asked on 7 Mar 2026")
    assert again.endswith("A right answer in another question is missing.")
    assert after(6, forms.other, right=True) == "Secure · 3 of 3 right · last asked on 8 Mar 2026"
    slip = after(7, forms.one, right=False)
    assert slip.startswith("Learning · 3 of 4 right")
    assert slip.endswith("A right answer is missing: the last one was wrong.")
    assert after(8, forms.one, right=True).startswith("Secure")


def test_a02_an_open_test_shows_nowhere(own_app: Flask, own_reader: Visitor) -> None:
    """Whichever answers are right, and whatever was chosen, the same bytes; once it is handed in, it counts."""
    with on_day(0):
        only_a_test = Visitor(own_app.test_client())
        empty = page_of(only_a_test)
        play(own_app, own_reader, begin(own_reader), (1, 2))
    with on_day(1):
        before = page_of(own_reader)
        open_tests = [begin(one, "test") for one in (own_reader, only_a_test)]
        for visitor, public_id in zip((own_reader, only_a_test), open_tests, strict=True):
            asked = questions(own_app, public_id)
            visitor.answer(public_id, 1, asked[1].key)
            visitor.answer(public_id, 2, asked[2].wrong[0])
        assert page_of(own_reader) == before
        assert page_of(only_a_test) == empty
        execute(
            own_app,
            "UPDATE response SET correct = NOT correct WHERE responded_at > '2026-03-03'",
        )
        for row in query(own_app, "SELECT id, options FROM item_version"):
            turned = [option | {"correct": not option["correct"]} for option in json.loads(row.options)]
            execute(
                own_app,
                "UPDATE item_version SET options = :options WHERE id = :id",
                id=row.id,
                options=json.dumps(turned),
            )
        assert page_of(own_reader) == before
        assert page_of(only_a_test) == empty
        own_reader.post(f"/attempts/{open_tests[0]}/hand-in")
        assert page_of(own_reader) != before


def test_certainty_is_told_from_thirty_answers_on(app: Flask, reader: Visitor) -> None:
    with on_day(0):
        play(app, reader, begin(reader))
        assert "sureness" not in page_of(reader)
        play(app, reader, begin(reader, length=20, certainty=True), sure=3)
        page = page_of(reader)
        assert "Say how sure you are of 10 more answers" in part(page, "sureness")
        assert "<svg" not in part(page, "sureness")
    with on_day(1):
        play(app, reader, begin(reader, "mistakes", certainty=True), range(1, 21), sure=1)
        page = part(page_of(reader), "sureness")

    assert "You tend to be surer than your answers bear out." in page
    rows = table(page, "Right answers by how sure you were")
    assert rows["Sure"][:2] == ["20", "0%"]
    assert rows["Not sure"][1] == "100%"
    assert rows["Fairly sure"] == ["0", "–", "–", "73%"]
    assert rows["Sure"][2:] == ["0%–16%", "90%"]  # Wilson's interval of none in 20
    asked_again, right = came_back(app, learner_of(reader))
    assert asked_again > right > 0
    assert f"{asked_again} times you were sure and wrong" in page
    assert f"asked again since: {right} of {asked_again} right." in page


def came_back(app: Flask, learner: str | None) -> tuple[int, int]:
    """How many answers were sure and wrong and had a fact asked again, and how many were right then."""
    answers = [
        (set(row.facts if isinstance(row.facts, list) else json.loads(row.facts)), row)
        for row in query(app, _ANSWERS, learner=learner)
    ]
    following = [
        next((later for facts, later in answers[place + 1 :] if facts & missed), None)
        for place, (missed, row) in enumerate(answers)
        if row.certainty == 3 and not row.correct
    ]
    return sum(row is not None for row in following), sum(bool(row and row.correct) for row in following)


def test_the_buttons_start_what_they_say(app: Flask, reader: Visitor) -> None:
    with on_day(0):
        play(app, reader, begin(reader, length=10, certainty=True), (1, 2, 3), sure=2)
        forms = re.findall(r"(?s)<form method.*?</form>", page_of(reader))
        assert "Review 4 questions" in forms[0]
        assert "Ask them again" in forms[1]
        modes = []
        for form in forms:
            fields = dict(re.findall(r'name="(mode|certainty)" value="(\w+)"', form))
            public_id = target(reader.post(found(r'action="([^"]+)"', form), fields)).rpartition("/")[2]
            modes.append(
                tuple(
                    query(
                        app, "SELECT mode, asks_certainty FROM attempt WHERE public_id = :id", id=public_id
                    )[0]
                )
            )
    assert [(mode, bool(asks)) for mode, asks in modes] == [("due", True), ("mistakes", True)]


def test_what_a_day_leaves_over_waits_until_tomorrow(app: Flask, reader: Visitor) -> None:
    with on_day(0):
        play(app, reader, begin(reader, length=20))
    with on_day(1):
        play(app, reader, begin(reader, "due"), range(1, 16))
        page = page_of(reader)
    due = int(table(page, "Facts by the day they are due")["Today"][0])
    assert due
    assert f"Done for today: {due} fact" in page
    with on_day(2):
        assert "Done for today" not in page_of(reader)


def test_every_fact_leads_to_its_words(app: Flask, reader: Visitor) -> None:
    with on_day(0):
        play(app, reader, begin(reader, length=20))
        links = set(re.findall(r'<a class="proof" href="([^"]+)"', page_of(reader)))
    assert len(links) >= 20
    for link in links:
        assert "<mark" in reader.get(html.unescape(link)).text, link


def test_four_statements_read_it_all(app: Flask, reader: Visitor) -> None:
    with on_day(0):
        play(app, reader, begin(reader, length=20))
    sent: list[str] = []
    with app.app_context(), reading() as session:
        event.listen(db.engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
        assert find_progress(session, learner_of(reader), START)
        assert find_progress(session, None, START) is None
    assert len(sent) == 4, sent


def test_charts_are_pictures_with_words(app: Flask, reader: Visitor) -> None:
    """Each is named and told for those who do not see it, in ids that a page has only once; nothing is inline."""
    with on_day(0):
        play(app, reader, begin(reader, length=20, certainty=True), range(1, 16), sure=3)
        play(app, reader, begin(reader, length=20, certainty=True), range(1, 16), sure=2)
        page = page_of(reader)
    charts = re.findall(r"(?s)<svg.*?</svg>", page)
    assert len(charts) == 4
    for chart in charts:
        assert 'role="img"' in chart
        for name in found(r'aria-labelledby="([^"]+)"', chart).split():
            assert found(rf'(?s)id="{name}">(.*?)</', chart).strip()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert " style=" not in page
    assert set(re.findall(r"url\(#([\w-]+)\)", page)) <= set(ids)
    counts = table(page, "Facts by the day they are due")
    assert "; ".join(f"{name}: {cells[0]}" for name, cells in counts.items()) in page


def test_in_french_everything_is_french_but_the_facts(app: Flask, reader: Visitor) -> None:
    with on_day(0):
        play(app, reader, begin(reader, length=20, certainty=True), range(1, 4), sure=2)
        page = page_of(reader, Accept_Language="fr")
    assert "20 réponses" in page
    assert re.search(r"<b>Acquis</b>|<b>En cours</b> · 0 juste sur 1", page)
    main = found(r"(?s)(<main.*</main>)", page)
    main = re.sub(r"(?s)<desc.*?</desc>", "", main)  # names the topics in English, and nothing can mark it
    shown = re.sub(r'(?s)<(p|text|th|span|a)\b[^>]*(lang="en"|class="proof")[^>]*>.*?</\1>', "", main)
    words = set(re.findall(r"[a-z]+", re.sub(r"(?s)<[^>]*>", " ", shown).lower()))
    assert not words & {"the", "of", "and", "right", "wrong", "answers", "due", "facts", "you"}


def a_fact(
    name: str,
    level: Level,
    need: Need | None = None,
    *,
    right: int = 2,
    answered: int = 2,
    lasting: float = 0.9,
) -> Fact:
    told = FactLevel(name, level, need, right, answered, START)
    return Fact(name, "a.txt", "report", 1, "words", told, START, lasting)


def test_weak_facts_are_those_wrong_last_and_most_often() -> None:
    learning = Level.LEARNING
    facts = [
        a_fact("right in one question", learning, Need.OTHER_FORM, answered=2),
        a_fact("wrong once, mended", learning, Need.OTHER_FORM, answered=3, lasting=0.5),
        a_fact("wrong once", learning, Need.RIGHT_ANSWER, answered=3, lasting=0.8),
        a_fact("wrong once, longer ago", learning, Need.RIGHT_ANSWER, answered=3, lasting=0.4),
        a_fact("wrong twice", learning, Need.RIGHT_ANSWER, answered=4),
        a_fact("guessed", learning, Need.NO_GUESS),
        a_fact("secure, once wrong", Level.SECURE, answered=3),
    ]
    assert [fact.statement for fact in progress._weakest(facts)] == [
        "wrong twice",
        "wrong once, longer ago",
        "wrong once",
        "wrong once, mended",
        "guessed",
    ]
    assert len(progress._weakest(facts * 3)) == 5


def test_strong_facts_are_secure_ones_that_last() -> None:
    facts = [a_fact(str(n), Level.SECURE, lasting=n / 10) for n in range(1, 8)]
    unsure = a_fact("lasting, not secure", Level.LEARNING, Need.MORE_QUESTIONS, lasting=1.0)
    assert [fact.statement for fact in progress._strongest([unsure, *facts])] == ["7", "6", "5", "4", "3"]


def test_what_is_due_falls_on_days_as_reviews_count_them() -> None:
    hours = (-50, 0, 12, 12.1, 36, 36.1, 7.5 * 24 - 0.1, 7.5 * 24, 60 * 24)
    memories = [Memory(1, 5, START, START + DAY * hour / 24, proved=True) for hour in hours]

    told = progress._outlook(memories, START)

    assert (told.today, told.tomorrow, told.week, told.later) == (3, 1, 3, 2)
    assert [memory.is_due(START) for memory in memories].count(True) == told.today


def test_the_latest_thirty_days_are_told(app: Flask) -> None:
    days = [Day(START.date() + n * DAY, Share(n % 3, 3)) for n in range(3)]
    with app.test_request_context(ADDRESS):
        one, several = DaysView.of(days[:1]).chart, DaysView.of(days).chart
    assert one.span == "2 Mar 2026"
    assert several.span == "2 Mar 2026 – 4 Mar 2026"
    assert [column.right_height for column in several.columns] == ["0.00em", "2.00em", "4.00em"]
    assert (
        several.told == "2 Mar 2026 – 4 Mar 2026. 3 days with answers, 9 in all. Right on a day: 0% to 67%."
    )


def test_a_topic_without_questions_is_an_empty_bar(app: Flask, reader: Visitor) -> None:
    with on_day(0):
        play(app, reader, begin(reader))
        with app.app_context(), reading() as session:
            known = find_progress(session, learner_of(reader), START)
    assert known is not None
    empty = progress.TopicProgress("Whales", Counter(), ())
    with app.test_request_context(ADDRESS):
        page = ProgressPage.of(replace(known, topics=(empty,)), asks_certainty=False)
    assert page.learned is not None
    assert page.learned.secure == "0 of 0 facts are secure."
    assert page.learned.chart.bars[0].strokes == ()
    assert page.learned.lists == ()


def test_where_nothing_can_be_asked_no_button_says_so(app: Flask) -> None:
    with app.test_request_context(ADDRESS):
        due, mistakes = again(DueToday(due=0, asked=0, next_due=None), 0)
    assert (due.button, mistakes.button) == (None, None)
    assert due.means.startswith("What you are about to forget")
