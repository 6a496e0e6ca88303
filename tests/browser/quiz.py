"""How the browser tests take a quiz, and what they ask the database about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, AttemptRow, ResponseRow
from quizapp.models.bank import ItemVersionRow
from quizapp.transactions import reading, writing

DOCUMENT = "000_1a7ee3f22d7662d0.txt"
ROWS = """rows => rows.map(row => {
    const box = row.getBoundingClientRect();
    return [box.x, box.y + window.scrollY, box.width, box.height];
})"""


@dataclass(frozen=True)
class Quiz:
    """A quiz in a tab."""

    page: Page
    url: str
    app: Flask

    def start(
        self,
        length: int = 5,
        *,
        mode: str = "practice",
        second_try: bool = False,
        certainty: bool = False,
        minutes: str = "",
    ) -> None:
        page = self.page
        page.goto(self.url)
        page.locator(".start label", has=page.locator(f"[name=length][value='{length}']")).click()
        page.locator(".start label", has=page.locator(f"[name=mode][value='{mode}']")).click()
        page.locator(".more summary").click()
        if mode == "test":
            page.locator(".start label", has=page.locator(f"[name=minutes][value='{minutes}']")).click()
        else:
            page.locator(".start [name=second_try]").set_checked(second_try)
        page.locator(".start [name=certainty]").set_checked(certainty)
        page.locator(".start .button").click()
        page.wait_for_selector("#item")

    def choose(self, *, right: bool, certainty: int | None = None) -> None:
        """Choose the key, or the first distractor that is open."""
        page = self.page
        keys = self.keys()
        radios = page.locator("input[name=option]:enabled")
        values = [str(radio.get_attribute("value")) for radio in radios.all()]
        wanted = next(value for value in values if (value in keys) is right)
        page.locator("label", has=page.locator(f"input[value='{wanted}']")).click()
        if certainty:
            page.locator("label", has=page.locator(f"[name=certainty][value='{certainty}']")).click()

    def send(self) -> None:
        self.page.locator("form.response .actions .button").first.click()

    def check(self) -> None:
        self.send()
        self.page.wait_for_selector("#feedback")

    def answer(self, *, right: bool = True) -> None:
        self.choose(right=right)
        self.check()

    def go_on(self) -> None:
        before = self.page.url
        self.page.locator(".is-next").click()
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_selector("#item, #result")

    def hand_in(self) -> None:
        self.page.locator(".hand-in summary").click()
        self.page.locator(".hand-in .button").click()
        self.page.wait_for_selector("#result")

    def rows(self) -> Any:
        """Where the rows of options are on the page, and their sizes."""
        return self.page.eval_on_selector_all(".option", ROWS)

    def stem(self) -> str:
        return self.page.inner_text(".stem")

    def keys(self) -> set[str]:
        """The tokens of the right options of all attempts."""
        query = (
            select(AttemptOptionRow.token, AttemptOptionRow.option, ItemVersionRow.options)
            .join(AttemptItemRow, AttemptItemRow.id == AttemptOptionRow.attempt_item_id)
            .join(ItemVersionRow, ItemVersionRow.id == AttemptItemRow.item_version_id)
        )
        with self.app.app_context(), reading() as session:
            return {row.token for row in session.execute(query) if row.options[row.option]["correct"]}

    def responses(self) -> list[str]:
        """The tokens of all stored responses."""
        with self.app.app_context(), reading() as session:
            tokens = list(session.scalars(select(ResponseRow.token)))
            db.session.remove()
        return tokens

    def let_time_pass(self, minutes: int) -> None:
        """As if every test had begun so much earlier."""
        earlier = dt.timedelta(minutes=minutes)
        with self.app.app_context(), writing() as session:
            for attempt in session.scalars(select(AttemptRow).where(AttemptRow.deadline.is_not(None))):
                attempt.deadline = attempt.deadline - earlier if attempt.deadline else None

    def attempts(self) -> int:
        with self.app.app_context(), reading() as session:
            return len(session.scalars(select(AttemptRow.id)).all())


def screens(quiz: Quiz) -> Iterator[str]:
    """Walk through every screen; the name of each as it stands open."""
    page = quiz.page
    page.goto(quiz.url)
    yield "home"
    quiz.start()
    yield "question"
    quiz.answer(right=False)
    yield "feedback on a wrong answer"
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    yield "feedback with every reason open"
    quiz.go_on()
    quiz.answer(right=True)
    yield "feedback on a right answer"
    page.locator(".report summary").click()
    yield "a report being written"
    page.locator(".report-reason").first.click()
    page.wait_for_selector(".report [role=status]")
    yield "a report that arrived"
    page.locator("#proof figcaption a").first.click()
    page.wait_for_url("**/sources/**")
    yield "source with a proof"
    # That the link leads back when it is pressed is asked in test_feedback; this page may still be scrolling.
    page.goto(quiz.url + str(page.locator(".way-back a").get_attribute("href")))
    for _ in range(3):
        quiz.go_on()
        quiz.answer(right=False)
    quiz.go_on()
    yield "result"
    yield from screens_of_practice(quiz)
    yield from screens_of_a_test(quiz)
    page.goto(quiz.url)
    yield "home of somebody who comes back"
    page.goto(f"{quiz.url}/sources")
    yield "sources"


def screens_of_practice(quiz: Quiz) -> Iterator[str]:
    """With certainty and second tries."""
    page = quiz.page
    quiz.start(certainty=True, second_try=True)
    yield "a question that asks for certainty"
    quiz.choose(right=False, certainty=1)
    quiz.send()
    page.wait_for_selector("#second-try")
    yield "a second try"
    quiz.answer(right=True)
    yield "a second try that was right"
    quiz.go_on()
    quiz.choose(right=False, certainty=3)
    quiz.check()
    yield "an error made for sure"


def screens_of_a_test(quiz: Quiz) -> Iterator[str]:
    """With a limit, up to its end."""
    page = quiz.page
    quiz.start(mode="test", minutes="5")
    first = page.url
    page.locator(".hand-in summary").click()
    yield "a question of a test"
    quiz.choose(right=True)
    quiz.send()
    page.wait_for_url("**/items/2")
    page.goto(first)
    page.wait_for_selector("#saved")
    yield "a saved answer"
    quiz.let_time_pass(6)
    page.locator(".is-next").click()
    page.wait_for_selector("#over")
    yield "time is over"
    page.locator(".is-next").click()
    page.wait_for_selector("#result")
    yield "the result of a test that was not finished"
