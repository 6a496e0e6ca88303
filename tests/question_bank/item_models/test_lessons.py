"""Explanations of generated items answer the wrong option that tempts most."""

from __future__ import annotations

from collections import Counter

import pytest

from question_bank.addressing import addresses, can_be_told
from question_bank.claims import SpeakerClaim
from question_bank.distractors import Candidate
from question_bank.fact_base import FactBase
from question_bank.item_models import ITEM_MODELS, ItemModel
from question_bank.item_models.lessons import most_tempting, with_lesson

STEM, KEY = "What was feared after the vote?", "A rise in tension"


def candidate(text: str, plausibility: float, lesson: str = "") -> Candidate:
    claim = SpeakerClaim(who="person:goa", fact="NC-B70")
    rationale = "The march was another matter (B¶15); it had its own reasons."
    return Candidate(text, "misconception", rationale, (), claim, plausibility, lesson=lesson)


def test_what_has_a_lesson_comes_before_what_is_plausible() -> None:
    judged = candidate("A march", 0.4, "Marches came before.")

    assert most_tempting([candidate("A wave of protest", 0.9), judged]) is judged
    assert most_tempting([candidate("A march", 0.4), candidate("A wave", 0.9)]).text == "A wave"


def test_the_lesson_is_the_last_sentence() -> None:
    told = with_lesson("Tension was feared.", [candidate("A march", 0.4, "Marches came before.")], KEY, STEM)

    assert told == "Tension was feared. Marches came before."


def test_without_a_lesson_the_option_is_named_with_half_its_rationale() -> None:
    told = with_lesson("Tension was feared.", [candidate("A march", 0.4)], KEY, STEM)

    assert told == "Tension was feared. As to “A march”: the march was another matter (B¶15)."


def test_what_is_taken_up_already_is_not_taken_up_twice() -> None:
    explanation = "Tension was feared, not marches."

    assert with_lesson(explanation, [candidate("A march", 0.4)], KEY, STEM) == explanation


@pytest.mark.parametrize("model", ITEM_MODELS, ids=lambda model: model.id)
def test_every_explanation_takes_up_a_wrong_option(model: ItemModel, base: FactBase) -> None:
    for item in model.generate(base):
        key, stem = item.key.text, item.stem
        wrong = [one.text for one in item.distractors]
        told = any(addresses(item.explanation, text, key, stem) for text in wrong)
        assert told or item.design or not all(can_be_told(text, key, stem) for text in wrong), item.uid


def test_a_fact_has_one_lesson_at_most(base: FactBase) -> None:
    lessons = Counter(
        fact.id for fact in base.facts.values() for wrong in fact.misconceptions if wrong.lesson
    )

    assert set(lessons.values()) == {1}
