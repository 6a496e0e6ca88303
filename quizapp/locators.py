"""Locators in texts, such as A¶7 or B¶10–11, as links that say where they lead."""

from __future__ import annotations

import re

from flask import Flask, current_app, url_for
from markupsafe import Markup, escape

from quizapp.services.sources import DocumentName, list_document_names
from quizapp.transactions import reading

_LOCATOR = re.compile(r"\b([A-Z])¶(\d+)((?:[–-]\d+)?)")
_KEPT = "document_names"


def init_app(app: Flask) -> None:
    """Give templates the filter ``locators``."""
    app.jinja_env.filters["locators"] = link_locators


def document_names() -> dict[str, DocumentName]:
    """The documents by letter, read once a process: a rebuild may change their facts, hardly ever their names."""
    names: dict[str, DocumentName] = current_app.extensions.get(_KEPT, {})
    if not names:
        with reading() as session:
            names = {document.letter: document for document in list_document_names(session)}
        current_app.extensions[_KEPT] = names
    return names


def link_locators(text: str) -> Markup:
    """The text, escaped, with every locator a link to its paragraph: "report ¶7", "article ¶10–11"."""
    pieces: list[Markup] = []
    last = 0
    for match in _LOCATOR.finditer(text):
        pieces += [escape(text[last : match.start()]), _link(match)]
        last = match.end()
    return Markup("").join([*pieces, escape(text[last:])])


def _link(match: re.Match[str]) -> Markup:
    letter, paragraph, rest = match.groups()
    document = document_names().get(letter)
    if document is None:
        return escape(match.group())
    return Markup(
        '<a class="locator" href="{href}" aria-label="{short} ¶{n}: {name}, paragraph {n}">{short} ¶{n}</a>'
    ).format(
        href=url_for("sources.show_source", document=document.id, _anchor=f"p{paragraph}"),
        name=document.name,
        short=document.short,
        n=f"{paragraph}{rest}",
    )
