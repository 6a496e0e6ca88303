"""How the browser tests take a quiz, and what they ask the database about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, AttemptRow, ResponseRow
from quizapp.models.bank import ItemVersionRow
from quizapp.transactions import reading

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

    def start(self, length: int = 5) -> None:
        self.page.goto(self.url)
        self.page.locator(".segments label", has_text=str(length)).click()
        self.page.get_by_role("button", name="Start the quiz").click()
        self.page.wait_for_selector("#item")

    def choose(self, *, right: bool) -> None:
        """Choose the key, or the first distractor."""
        keys = self.keys()
        radios = self.page.locator("input[name=option]")
        values = [str(radio.get_attribute("value")) for radio in radios.all()]
        wanted = next(value for value in values if (value in keys) is right)
        self.page.locator("label", has=self.page.locator(f"input[value='{wanted}']")).click()

    def check(self) -> None:
        self.page.get_by_role("button", name="Check answer").click()
        self.page.wait_for_selector("#feedback")

    def answer(self, *, right: bool = True) -> None:
        self.choose(right=right)
        self.check()

    def go_on(self) -> None:
        before = self.page.url
        self.page.locator(".is-next").click()
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_selector("#item, #result")

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
    page.locator("#proof figcaption a").first.click()
    page.wait_for_selector(".way-back")
    yield "source with a proof"
    page.locator(".way-back a").click()
    for _ in range(3):
        quiz.go_on()
        quiz.answer(right=False)
    quiz.go_on()
    yield "result"
    page.goto(f"{quiz.url}/sources")
    yield "sources"
