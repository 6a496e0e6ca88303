"""A teacher at the form of a question in a real browser, who counts every click and every field typed into."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask
from playwright.sync_api import Page

from tests.quizapp.auth.people import EMAIL, PASSWORD, account
from tests.quizapp.editor.sheets import REPORT

SELECT = """([first, last]) => {
    const text = document.getElementById("passage-text");
    const at = text.textContent.indexOf(first);
    const end = text.textContent.indexOf(last) + last.length;
    const range = document.createRange();
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let passed = 0;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (passed <= at && at <= passed + node.length) range.setStart(node, at - passed);
        if (passed <= end && end <= passed + node.length) range.setEnd(node, end - passed);
        passed += node.length;
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@dataclass
class Desk:
    """A tab of a teacher who is signed in."""

    page: Page
    app: Flask
    done: list[str] = field(default_factory=list)  # every interaction

    def sign_in(self, email: str = EMAIL, *, new: bool = True) -> None:
        if new:
            account(self.app, email)
        self.page.goto("/teachers/sign-in")
        self.fill_in_sign_in(email)
        self.done.clear()

    def fill_in_sign_in(self, email: str = EMAIL) -> None:
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    def open_new(self, paragraph: int = 7) -> None:
        self.page.goto(f"/admin/questions/new?document={REPORT}&paragraph={paragraph}")

    def click(self, selector: str) -> None:
        self.done.append(f"click {selector}")
        self.page.locator(selector).first.click()

    def type(self, name: str, text: str) -> None:
        self.done.append(f"type {name}")
        self.page.fill(f"[name='{name}']", text)

    def select(self, first: str, last: str) -> None:
        """Select words in the passage, from ``first`` to ``last``, as a mouse or a finger does."""
        self.done.append("select words")
        self.page.evaluate(SELECT, [first, last])

    def press_and_wait(self, selector: str) -> None:
        """A button whose answer replaces the form."""
        self.page.evaluate("document.getElementById('editor').dataset.old = 'yes'")
        self.click(selector)
        self.page.wait_for_selector("#editor:not([data-old])")

    def checked(self) -> None:
        """Wait until what was typed last has been checked."""
        with self.page.expect_response("**/admin/questions/check"):
            pass

    def value(self, name: str) -> str:
        return self.page.input_value(f"[name='{name}']")

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.className"))


def whole_question(desk: Desk) -> None:
    """Everything but the evidence."""
    desk.type("stem", "Which side did the opinion polls of 2018 favour, according to the post-vote report?")
    for n, text in enumerate(
        ("The side of No", "The side of Yes", "Neither of the sides", "The side of Sako")
    ):
        desk.type(f"options-{n}-text", text)
        desk.type(f"options-{n}-rationale", f"The polls had put No at 63% and more: {text.lower()}.")
    desk.type("explanation", "The polls had put No at between 63% and 75% (A¶7).")
