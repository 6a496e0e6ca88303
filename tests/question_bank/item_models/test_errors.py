"""Mistakes that a sentence makes and does not make, and names that could be taken for the speaker's."""

from __future__ import annotations

import pytest

from question_bank.build import Build
from question_bank.fact_base import FactBase
from question_bank.item_models import error, speaker
from question_bank.items import Item


@pytest.fixture(scope="module")
def made(base: FactBase) -> dict[str, Item]:
    return {item.uid: item for model in (error, speaker) for item in model.generate(base)}


def test_the_wrong_options_are_the_mistakes_that_the_seeds_tell_it_from(
    made: dict[str, Item], base: FactBase
) -> None:
    item = made["error-nc-b10-analysts-as-macron"]
    [wrong] = [one for one in base.facts["NC-B10"].misconceptions if one.id == "m-analysts-as-macron"]

    assert {option.rationale for option in item.distractors} == set(wrong.unlike.values())


def test_without_such_words_a_wrong_option_names_what_the_sentence_is_about(made: dict[str, Item]) -> None:
    item = made["error-nc-a33-vanuatu-after-accord"]

    assert all("The sentence is about" in option.rationale for option in item.distractors)


def test_who_takes_a_point_for_both_articles_has_read_both(made: dict[str, Item]) -> None:
    assert made["error-nc-b27-trauma-in-both"].stem.startswith("After reading both 2018 articles, a student")
    assert made["error-nc-a11-possible-as-certain"].stem.startswith("After reading both 2018 articles")
    assert made["error-nc-b32-nationalists-camp"].stem.startswith("After reading the pre-vote article")


def test_no_two_wrong_mistakes_in_the_bank_are_explained_in_the_same_words(build: Build) -> None:
    items = [item for item in build.items if item.model == "error" and item.origin == "generated"]
    told = [option.rationale for item in items for option in item.distractors]

    assert len(told) == len(set(told))


def test_the_likeliest_other_speaker_is_offered_and_answered(made: dict[str, Item]) -> None:
    item = made["speaker-nc-b54"]

    assert "Emmanuel Macron" in {option.text for option in item.distractors}
    assert item.explanation.endswith("but the email is by Gomès.")


def test_other_speakers_are_told_apart_by_their_side(made: dict[str, Item]) -> None:
    assert "stood on the same side, but" in made["speaker-nc-b53"].explanation


def test_who_could_be_taken_for_a_speaker_is_somebody_else(base: FactBase) -> None:
    for fact in base.facts.values():
        assert set(fact.taken_for) <= set(base.entities) - {fact.speaker}, fact.id


def test_a_sentence_is_told_from_mistakes_that_it_does_not_make(base: FactBase) -> None:
    for fact in base.facts.values():
        for wrong in fact.misconceptions:
            assert set(wrong.unlike) <= set(base.errors) - {wrong.error}, wrong.id
