"""When an explanation takes up a wrong option: in full, by its number, or by words that only this option has."""

from __future__ import annotations

import pytest

from question_bank.addressing import addresses, can_be_told

STEM = "What effect of the vote was feared?"
KEY = "A rise in tension"


@pytest.mark.parametrize(
    ("explanation", "option", "taken_up"),
    [
        ("Tension was feared. Protests were elsewhere.", "A wave of protest", True),
        ("Tension was feared.", "A wave of protest", False),
        ("A rise in tension was feared, and no rise in prices.", "A rise in prices", True),
        ("A rise in tension was feared.", "A rise in tension in Paris", False),
        ("China has nothing to do with it.", "A handover of the islands to China by treaty", False),
        ("Nobody handed the islands to China.", "A handover of the islands to China by treaty", True),
        ("It was 80%, and 63% is a forecast.", "About 63%", True),
        ("It was 80%.", "About 63%", False),
        ("“The one thing” is not it.", "The one thing", True),
    ],
)
def test_an_option_is_taken_up(explanation: str, option: str, taken_up: bool) -> None:
    assert addresses(explanation, option, KEY, STEM) is taken_up


def test_a_number_of_the_question_tells_no_option() -> None:
    assert not addresses("Before 2022, then.", "In 2022", "In 2021", "What was possible before 2022?")


def test_an_option_made_of_the_key_cannot_be_told() -> None:
    assert not can_be_told("First: a fact; second: a view", "First: a view; second: a fact", STEM)
    assert can_be_told("A wave of protest", KEY, STEM)
