"""Also true? A wrong answer that another fact bears out is named with it; one whose reason deals with it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from question_bank.build import Build
from question_bank.fact_base import FactBase
from quizapp.services.also_true import find_also_true
from quizapp.services.versions import Content, OptionContent, Quote, content_of_item


@pytest.fixture(scope="module")
def base(build: Build) -> FactBase:
    return build.base


def asking(base: FactBase, fact_id: str, *texts: str, stem: str = "What was it?") -> Content:
    """A question on a fact, with these wrong answers."""
    fact = base.facts[fact_id]
    proof = (Quote(fact.document, fact.paragraph, fact.evidence),)
    options = (OptionContent("The right one", True, "…", "key", proof),)
    options += tuple(OptionContent(text, False, "…", "contradicted", proof) for text in texts)
    return Content(
        topic=fact.topic, model="teacher", stem=stem, options=options, explanation="", evidence=proof,
        facts=(fact.id,), bloom="remember", stance="fact", speaker=None, ordered=False, difficulty=0.0,
    )  # fmt: skip


def test_the_value_of_the_fact_itself_in_other_words(base: FactBase) -> None:
    found = find_also_true(asking(base, "NC-A15", "70%", "81%", "From 63% to 75%"), base)

    assert [(one.option, one.text, one.fact.id, one.is_same_question) for one in found] == [
        (1, "70%", "NC-A15", True),
        (3, "From 63% to 75%", "NC-A15", True),
    ]


def test_a_variant_of_the_key_is_found(base: FactBase) -> None:
    fact = base.facts["NC-A05"]

    found = find_also_true(asking(base, fact.id, fact.value.variants[0]), base)  # type: ignore[union-attr]

    assert [one.fact.id for one in found] == ["NC-A05"]


def test_the_facts_are_those_of_the_evidence_where_none_is_named(base: FactBase) -> None:
    content = replace(asking(base, "NC-A15", "70%"), facts=())

    assert [one.fact.id for one in find_also_true(content, base)] == ["NC-A15"]


def test_what_stands_in_another_statement_on_the_same_subject(base: FactBase) -> None:
    fact = base.facts["NC-A01"]
    other = next(
        one for one in base.facts.values() if one.subject == fact.subject and one.relation != fact.relation
        and (one.document, one.paragraph) != (fact.document, fact.paragraph)
    )  # fmt: skip
    words = " ".join(other.statement.split()[1:4])

    found = find_also_true(asking(base, fact.id, words), base)
    asked = find_also_true(asking(base, fact.id, words, stem=f"What of {words}?"), base)

    assert [one.is_same_question for one in found] == [False]
    assert words in found[0].fact.statement
    assert asked == ()  # the question itself says it


def test_an_answer_whose_own_evidence_deals_with_it_is_left_alone(base: FactBase) -> None:
    fact = base.facts["NC-A01"]
    content = asking(base, fact.id, "…")
    places = {(one.document, one.paragraph) for one in base.facts.values() if one.subject == fact.subject}
    other = next(one for one in base.facts.values() if one.subject == fact.subject and one.id != fact.id)
    words = " ".join(other.statement.split()[1:4])
    own = tuple(Quote(*place, "…") for place in places)
    wrong = replace(content.options[1], text=words, evidence=own)

    assert find_also_true(replace(content, options=(content.options[0], wrong)), base) == ()


def test_short_words_and_empty_ones_prove_nothing(base: FactBase) -> None:
    assert find_also_true(asking(base, "NC-A01", "", "a", "No"), base) == ()


def test_the_bank_itself_gives_little_cause(build: Build, base: FactBase) -> None:
    """A warning that comes with every question is not read: at most one built question in ten has one."""
    warned = [item.uid for item in build.items if find_also_true(content_of_item(item), base)]

    assert len(warned) <= len(build.items) / 10, warned
