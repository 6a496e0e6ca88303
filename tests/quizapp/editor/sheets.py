"""A teacher at the form: reads what it holds, types into it, and presses its buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from quizapp.services.editing import Question, get_question
from quizapp.transactions import reading
from tests.quizapp.teachers import SignedIn
from tests.quizapp.visitors import query, target

NEW = "/admin/questions/new"
CHECK = "/admin/questions/check"
REPORT = "000_1a7ee3f22d7662d0.txt"
PARAGRAPH = 7
POLLS = "Opinion polls before the referendum had predicted a larger win for the No side"

Fields = dict[str, Any]


@dataclass
class Sheet(HTMLParser):
    """The fields of the question's form as a browser would send them; ``texts`` are what stands between tags."""

    page: str
    fields: Fields = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = False
        self._choosing = ""
        self._area: str | None = None
        self.feed(self.page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = found.get("id") == "question-form"
        elif self._inside and tag in {"input", "button", "select", "option", "textarea"}:
            getattr(self, f"_{tag}")(found)

    def _input(self, found: dict[str, str]) -> None:
        if found.get("type") not in {"checkbox", "radio"} or "checked" in found:
            self._add(found["name"], found.get("value", ""))

    def _button(self, found: dict[str, str]) -> None:
        self.buttons.append(found.get("value", ""))

    def _select(self, found: dict[str, str]) -> None:
        self._choosing = found["name"]

    def _option(self, found: dict[str, str]) -> None:
        if "selected" in found or self._choosing not in self.fields:
            self.fields[self._choosing] = found["value"]

    def _textarea(self, found: dict[str, str]) -> None:
        self._area = found["name"]
        self.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data.removeprefix("\n") if not self.fields[self._area] else data

    def _add(self, name: str, value: str) -> None:
        if name == "facts":
            self.fields.setdefault(name, []).append(value)
        else:
            self.fields[name] = value


def question(**changes: Any) -> Fields:
    """A whole new question as a teacher fills it in; names with double underscores stand for dashes."""
    fields: Fields = {
        "passage": f"{REPORT} {PARAGRAPH}",
        "evidence-0-document": REPORT,
        "evidence-0-paragraph": str(PARAGRAPH),
        "evidence-0-quote": POLLS,
        "stem": "Which side did the opinion polls of 2018 favour, according to the post-vote report?",
        "correct": "0",
        "explanation": "The polls had forecast a larger win for No than the one that came (A¶7).",
        "difficulty": "hard",
    }
    for n, text in enumerate(
        ("The side of No", "The side of Yes", "Neither of the sides", "The side of Sako")
    ):
        fields[f"options-{n}-text"] = text
        fields[f"options-{n}-rationale"] = f"The polls had forecast a larger win for No than came: {text}."
    return fields | {name.replace("__", "-"): value for name, value in changes.items()}


def press(teacher: SignedIn, do: str, fields: Fields, address: str = NEW) -> TestResponse:
    return teacher.post(address, {**fields, "do": do})


def saved(app: Flask, answer: TestResponse) -> Question:
    """The question that the answer leads to."""
    uid = target(answer).rpartition("/")[2]
    with app.app_context(), reading() as session:
        return get_question(session, uid)


def questions(app: Flask) -> int:
    return int(query(app, "SELECT count(*) FROM item")[0][0])


def said(page: str, name: str) -> str:
    """What stands beside a field."""
    _, _, rest = page.partition(f'id="said-{name}"')
    return rest.partition('<div class="said"')[0][:3000]
