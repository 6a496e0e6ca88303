"""Suggestions: wrong, tempting, of the right kind, each with why and the words that show it."""

from __future__ import annotations

import pytest

from question_bank.fact_base import FactBase
from question_bank.items import REASONS
from question_bank.loader import SEEDS_DIR, load
from question_bank.text import fold, norm
from question_bank.values import Phrase
from question_bank.wording import render
from quizapp.services.suggestions import MOST, suggest

KNOWN_TO_BE_SHORT = 3  # a fact of a rare kind may have no more


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(SEEDS_DIR)


def test_every_fact_has_some_and_all_are_whole(base: FactBase) -> None:
    for fact in base.item_grade:
        found = suggest(fact, base)

        assert 2 <= len(found) <= MOST, fact.id
        for one in found:
            assert one.text
            assert one.rationale
            assert one.reason in REASONS
            for quote in one.evidence:
                assert base.passage(quote.document, quote.paragraph).text.count(quote.quote) == 1
        assert all(one.evidence for one in found), fact.id


def test_most_facts_have_enough_for_a_question(base: FactBase) -> None:
    enough = sum(len(suggest(fact, base)) >= KNOWN_TO_BE_SHORT for fact in base.item_grade)

    assert enough / len(base.item_grade) > 0.9


def test_none_says_what_the_fact_says(base: FactBase) -> None:
    for fact in base.item_grade:
        true = {fold(norm(render(fact.value, base)))}
        if isinstance(fact.value, Phrase):
            true |= {fold(norm(words)) for words in fact.value.variants}

        assert not true & {fold(norm(one.text)) for one in suggest(fact, base)}


def test_what_is_there_already_is_not_suggested_again(base: FactBase) -> None:
    fact = base.facts["NC-A15"]
    first, *others = suggest(fact, base)

    after = suggest(fact, base, [first.text.upper()])

    assert first.text not in {one.text for one in after}
    assert after[: len(others)] == tuple(others)


def test_misreadings_come_before_what_merely_stands_elsewhere(base: FactBase) -> None:
    assert suggest(base.facts["NC-A05"], base)[0].reason == "misconception"
