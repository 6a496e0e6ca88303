"""Evidence: a quote is exact and unique, or the teacher is told what to do instead."""

from __future__ import annotations

import pytest

from question_bank.fact_base import FactBase
from question_bank.loader import SEEDS_DIR, load
from quizapp.services.evidence import Passage, facts_of, facts_shown, trouble_with
from quizapp.services.versions import Quote

PASSAGES = {
    passage.place: passage
    for passage in (
        Passage(
            "a.txt", "A", "report", 1, "The vote was calm. The vote — “a first” — was\u00a0held on Sunday."
        ),
        Passage("a.txt", "A", "report", 2, "Goa spoke; then Goa left. Nobody’s vote counted twice."),
        Passage(
            "b.txt", "B", "article", 1, "A vote had been planned since 1998. Straße and İzmir are names."
        ),
    )
}


def trouble(words: str, paragraph: int = 1, document: str = "a.txt") -> tuple[str, Quote | None] | None:
    found = trouble_with(Quote(document, paragraph, words), PASSAGES)
    return (found.message, found.instead) if found else None


@pytest.mark.parametrize("words", ["was calm", "“a first”", "The vote — “", "held on Sunday."])
def test_an_exact_and_unique_piece_is_evidence(words: str) -> None:
    assert trouble(words) is None


def test_what_stands_twice_needs_more_words() -> None:
    found = trouble("The vote")

    assert found == (
        "These words stand twice in ¶1. Take a word or two more, so that they stand there once.",
        None,
    )


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ('"a first"', "“a first”"),
        ("the vote - 'a", None),
        ("THE VOTE was  calm", "The vote was calm"),
        ("was held on\nSunday", "was\u00a0held on Sunday"),
    ],
)
def test_other_marks_and_spaces_are_only_suggested(typed: str, exact: str | None) -> None:
    found = trouble(typed)

    assert found is not None
    assert (found[1].quote if found[1] else None) == exact


@pytest.mark.parametrize("words", ["had been planned", "Had been  PLANNED"])
def test_another_paragraph_is_named(words: str) -> None:
    found = trouble(words)

    assert found is not None
    assert found[0] == "These words are not in ¶1. Did you mean ¶1 of the article?"
    assert found[1] == Quote("b.txt", 1, "had been planned")


@pytest.mark.parametrize("words", ["calm vote", "…", "Strasse", "i", "vote was kalm"])
def test_likeness_is_no_evidence(words: str) -> None:
    found = trouble(words, document="b.txt")

    assert found is not None


def test_words_that_stand_nowhere_are_to_be_copied() -> None:
    found = trouble("no such words")

    assert found == (
        "These words stand neither in ¶1 nor in another paragraph. Copy them from the passage as they are.",
        None,
    )


def test_long_quotes_and_paragraphs_that_there_are_not() -> None:
    long, nowhere = trouble("x" * 161), trouble("calm", 9)

    assert long is not None
    assert long[0].startswith("These are 161 characters.")
    assert nowhere is not None
    assert nowhere[0].startswith("There is no such paragraph.")


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(SEEDS_DIR)


def test_each_fact_is_shown_by_its_own_words(base: FactBase) -> None:
    for fact in base.item_grade:
        shown = facts_shown([Quote(fact.document, fact.paragraph, fact.evidence)], base)

        assert fact in shown
        assert fact in facts_of(fact.document, fact.paragraph, base)


def test_words_beside_a_fact_show_nothing(base: FactBase) -> None:
    fact = base.facts["NC-A15"]

    assert facts_shown([Quote(fact.document, fact.paragraph, "")], base) == ()
    assert facts_shown([Quote(fact.document, fact.paragraph, "not there")], base) == ()
    assert fact not in facts_shown([Quote(fact.document, fact.paragraph, "Opinion polls")], base)
