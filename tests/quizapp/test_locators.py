"""Locators in explanations are links to their paragraphs; all else is text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from quizapp.locators import link_locators


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_a_locator_leads_to_its_paragraph() -> None:
    linked = link_locators("As it says (A¶7).")

    assert 'href="/sources/000_1a7ee3f22d7662d0.txt#p7"' in linked
    assert linked.startswith("As it says (<a ")
    assert linked.endswith("</a>).")


def test_a_range_leads_to_its_first_paragraph() -> None:
    assert 'href="/sources/003_d0322ff640151e06.txt#p10"' in link_locators("B¶10–11")
    assert "¶10–11" in link_locators("B¶10–11")


@pytest.mark.parametrize("text", ["Z¶1", "¶7", "A 7", "XA¶7", ""])
def test_what_names_no_document_stays_as_it_is(text: str) -> None:
    assert link_locators(text) == text


def test_text_around_it_is_escaped() -> None:
    linked = link_locators('<b>A¶1</b> & "B¶2"')

    assert "<b>" not in linked
    assert linked.count("<a ") == 2
    assert "&amp;" in linked
