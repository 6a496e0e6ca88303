"""Drafting: a draft keeps all that a question says, and guesses only what was left open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from question_bank.build import Build
from question_bank.fact_base import FactBase
from quizapp.services.drafting import Draft, DraftOption, draft_of, finished, from_fact, level_of
from quizapp.services.versions import Quote, content_of_item


@pytest.fixture(scope="module")
def base(build: Build) -> FactBase:
    return build.base


def test_every_question_of_the_bank_outlives_the_form(build: Build, base: FactBase) -> None:
    for item in build.items:
        content = content_of_item(item)

        assert finished(draft_of(content), base, content) == content, item.uid


@pytest.mark.parametrize(
    ("difficulty", "level"),
    [(-4, "easy"), (-0.5, "easy"), (-0.4, "medium"), (0.4, "medium"), (0.5, "hard"), (4, "hard")],
)
def test_difficulty_is_one_of_three(difficulty: float, level: str) -> None:
    assert level_of(difficulty) == level


def test_a_finer_difficulty_stays_while_the_choice_stays(build: Build, base: FactBase) -> None:
    content = replace(content_of_item(build.items[0]), difficulty=0.3)

    assert finished(draft_of(content), base, content).difficulty == 0.3
    assert finished(replace(draft_of(content), difficulty="easy"), base, content).difficulty == -1.0


def test_facts_are_guessed_anew_only_with_new_evidence(build: Build, base: FactBase) -> None:
    fact = base.facts["NC-A15"]
    content = replace(content_of_item(build.items[0]), facts=())
    draft = draft_of(content)

    assert finished(draft, base, content).facts == ()
    moved = replace(draft, evidence=(Quote(fact.document, fact.paragraph, fact.evidence),))
    assert finished(moved, base, content).facts == ("NC-A15",)


def test_what_was_said_outright_is_not_guessed(base: FactBase) -> None:
    fact = base.facts["NC-A15"]
    draft = Draft(
        evidence=(Quote(fact.document, fact.paragraph, fact.evidence),),
        topic="pacific-geopolitics",
        stance="fact",
        facts=("NC-A14",),
    )

    content = finished(draft, base)

    assert (content.topic, content.stance, content.speaker, content.facts) == (
        "pacific-geopolitics", "fact", None, ("NC-A14",),
    )  # fmt: skip


def test_the_passage_tells_the_topic_where_no_fact_does(base: FactBase) -> None:
    fact = base.facts["NC-A15"]
    place = (fact.document, fact.paragraph)

    assert finished(Draft(), base, near=place).topic == fact.topic
    assert finished(Draft(evidence=(Quote(*place, "Opinion"),)), base).topic == fact.topic
    assert finished(Draft(no_source=True), base, near=place).topic == ""
    assert finished(Draft(), base).topic == ""


def test_an_option_has_the_evidence_of_the_question_unless_it_has_its_own(base: FactBase) -> None:
    own = (Quote("a.txt", 1, "own"), Quote("a.txt", 1, ""))
    draft = Draft(
        options=(
            DraftOption("a", "why"),
            DraftOption("b", "why", "key"),
            DraftOption("c", "why", "scope", own),
            DraftOption("d", "why", "not_stated"),
            DraftOption(),
        ),
        evidence=(Quote("a.txt", 2, "words"), Quote("a.txt", 2, "")),
    )

    options = finished(draft, base).options

    words = (Quote("a.txt", 2, "words"),)
    assert [(option.reason, option.evidence) for option in options] == [
        ("key", words), ("contradicted", words), ("scope", own[:1]), ("not_stated", ()),
    ]  # fmt: skip


def test_a_fact_fills_the_place_of_the_right_answer(base: FactBase) -> None:
    fact = base.facts["NC-A15"]

    draft = from_fact(Draft(options=(), key=2, no_source=True), fact, base)

    assert draft.options[2].text == "Between 63% and 75%"
    assert draft.key == 2
    assert not draft.no_source
    assert draft.quotes == (Quote(fact.document, fact.paragraph, fact.evidence),)
    assert from_fact(draft, fact, base) == draft


def test_a_question_with_two_keys_or_none_has_no_right_answer_yet(build: Build) -> None:
    content = content_of_item(build.items[0])
    none = replace(content, options=tuple(replace(option, correct=False) for option in content.options))

    assert draft_of(none).key is None
