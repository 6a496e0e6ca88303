"""Marking quotes in a passage changes no letter of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizapp.services.sources import segments

PASSAGE = "Turnout was put above 80%, a high level for the vote."


def test_the_quote_is_marked_in_its_place() -> None:
    assert segments(PASSAGE, "above 80%") == (
        ("Turnout was put ", False),
        ("above 80%", True),
        (", a high level for the vote.", False),
    )


def test_two_quotes_are_marked_in_the_order_of_the_passage() -> None:
    marked = [piece for piece, is_marked in segments(PASSAGE, "the vote", "Turnout") if is_marked]
    assert marked == ["Turnout", "the vote"]


def test_quotes_that_overlap_are_marked_once() -> None:
    assert segments(PASSAGE, "put above", "above 80%")[1:3] == (("put above", True), (" 80%", True))


def test_a_quote_that_is_not_there_or_not_unique_marks_nothing() -> None:
    assert segments(PASSAGE, "63%", "t", "") == ((PASSAGE, False),)


@given(st.text(), st.lists(st.text()))
def test_no_letter_is_lost(text: str, quotes: list[str]) -> None:
    assert "".join(piece for piece, _ in segments(text, *quotes)) == text
