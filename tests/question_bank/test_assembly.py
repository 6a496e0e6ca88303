"""Assembly: no two questions of a quiz clash, topics are balanced and mixed, and a seed retraces a quiz."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.assembly import CAMPS, MET, NEW, OTHER_FORM, Candidate, assemble, mix
from question_bank.build import Build

TOPICS = ("referendum", "kanak-settler-history", "pacific-geopolitics")
SUBSETS = [subset for size in (1, 2, 3) for subset in combinations(TOPICS, size)]
SEEDS = 200

NAMES = st.integers(0, 40).map("n{}".format)


@st.composite
def pools(draw: st.DrawFn) -> list[Candidate]:
    """Any candidates; enemies need not be mutual, and facts and families are shared now and then."""
    size = draw(st.integers(0, 40))
    return [
        Candidate(
            id=number,
            uid=f"n{number}",
            topic=draw(st.sampled_from(TOPICS)),
            family=draw(NAMES),
            facts=draw(st.frozensets(NAMES, min_size=1, max_size=3)),
            enemies=draw(st.frozensets(NAMES, max_size=3)) - {f"n{number}"},
            camp=draw(st.sampled_from([None, None, *sorted(CAMPS)])),
        )
        for number in range(size)
    ]


TOPIC_LISTS = st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique=True)
LENGTHS = st.sampled_from([1, 5, 10, 20])
SEEDED = st.integers(0, 2**31)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - not for secrets


def clashes(quiz: tuple[Candidate, ...]) -> list[tuple[str, str]]:
    return [(one.uid, other.uid) for one, other in combinations(quiz, 2) if one.clashes(other)]


@given(pools(), TOPIC_LISTS, LENGTHS, SEEDED)
def test_no_two_clash(pool: list[Candidate], topics: list[str], length: int, seed: int) -> None:
    quiz = assemble(pool, topics, length, seeded(seed))

    assert clashes(quiz) == []
    assert len(quiz) <= length
    assert {candidate.topic for candidate in quiz} <= set(topics)


@given(pools(), TOPIC_LISTS, LENGTHS, SEEDED)
def test_nothing_that_fits_is_left_out(
    pool: list[Candidate], topics: list[str], length: int, seed: int
) -> None:
    quiz = assemble(pool, topics, length, seeded(seed))

    fitting = [one for one in pool if one.topic in topics and not any(one.clashes(other) for other in quiz)]
    assert len(quiz) == length or fitting == []


@given(pools(), TOPIC_LISTS, LENGTHS, SEEDED)
def test_a_seed_and_a_pool_give_one_quiz(
    pool: list[Candidate], topics: list[str], length: int, seed: int
) -> None:
    quiz = assemble(pool, topics, length, seeded(seed))

    assert assemble(reversed(pool), topics, length, seeded(seed)) == quiz


@given(pools(), SEEDED)
def test_mixing_keeps_every_item(pool: list[Candidate], seed: int) -> None:
    assert sorted(one.uid for one in mix(pool, seeded(seed))) == sorted(one.uid for one in pool)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=3), SEEDED)
def test_a_third_of_a_topic_in_a_row_comes_only_where_nothing_else_is_left(
    counts: list[int], seed: int
) -> None:
    chosen = [
        candidate(f"{topic}{n}", topic)
        for topic, size in zip(TOPICS, counts, strict=False)
        for n in range(size)
    ]

    topics = [one.topic for one in mix(chosen, seeded(seed))]

    avoidable = max(counts) <= 2 * (sum(counts) - max(counts) + 1)
    in_a_row = any(len(set(topics[place : place + 3])) == 1 for place in range(len(topics) - 2))
    assert not (in_a_row and avoidable)


def candidate(uid: str, topic: str, **more: object) -> Candidate:
    """A candidate that clashes with none of another name."""
    fields = {"family": uid, "facts": frozenset({uid}), "enemies": frozenset(), **more}
    return Candidate(id=hash(uid), uid=uid, topic=topic, **fields)


def test_enemies_are_kept_apart_whichever_names_the_other() -> None:
    names = candidate("a", "referendum", enemies=frozenset({"b"}))
    named = candidate("b", "referendum")

    for seed in range(20):
        assert len(assemble([names, named], ["referendum"], 2, seeded(seed))) == 1


@pytest.mark.parametrize("shared", ["family", "facts"])
def test_what_shares_a_fact_or_a_family_is_kept_apart(shared: str) -> None:
    common = {"family": "x"} if shared == "family" else {"facts": frozenset({"x"})}
    pool = [candidate(uid, "referendum", **common) for uid in "abc"]

    assert len(assemble(pool, ["referendum"], 3, seeded(1))) == 1


def test_a_quiz_that_lets_one_camp_speak_lets_the_other_speak() -> None:
    pool = [candidate(f"n{n}", "referendum") for n in range(9)]
    pool += [candidate("i", "referendum", camp="independence"), candidate("f", "referendum", camp="france")]

    for seed in range(50):
        camps = {one.camp for one in assemble(pool, ["referendum"], 10, seeded(seed))} & CAMPS
        assert camps in (set(), CAMPS)


def test_nothing_comes_of_nothing() -> None:
    assert assemble([], TOPICS, 5, seeded(1)) == ()


# --- the bank that ships


@pytest.fixture(scope="module")
def bank(build: Build) -> list[Candidate]:
    return [
        Candidate(
            id=number,
            uid=item.uid,
            topic=item.topic,
            family=item.family,
            facts=frozenset(item.facts),
            enemies=frozenset(item.enemies),
            camp=item.camp,
        )
        for number, item in enumerate(build.items)
    ]


@pytest.mark.parametrize("topics", SUBSETS, ids="+".join)
def test_the_bank_fills_the_longest_quiz(bank: list[Candidate], topics: tuple[str, ...]) -> None:
    for seed in range(SEEDS):
        quiz = assemble(bank, topics, 20, seeded(seed))
        assert len(quiz) == 20
        assert clashes(quiz) == []


@pytest.mark.parametrize("length", [5, 10, 20])
@pytest.mark.parametrize("topics", SUBSETS, ids="+".join)
def test_the_banks_topics_are_balanced_and_mixed(
    bank: list[Candidate], topics: tuple[str, ...], length: int
) -> None:
    for seed in range(SEEDS):
        quiz = assemble(bank, topics, length, seeded(seed))
        counts = Counter(one.topic for one in quiz)
        assert max(counts[topic] for topic in topics) - min(counts[topic] for topic in topics) <= 1
        if len(topics) > 1:
            rows = zip(quiz, quiz[1:], quiz[2:], strict=False)
            assert all(len({one.topic for one in row}) > 1 for row in rows)


@pytest.mark.parametrize("length", [10, 20])
@pytest.mark.parametrize("topics", SUBSETS, ids="+".join)
def test_the_banks_quizzes_let_both_camps_speak_or_neither(
    bank: list[Candidate], topics: tuple[str, ...], length: int
) -> None:
    for seed in range(SEEDS):
        camps = {one.camp for one in assemble(bank, topics, length, seeded(seed))} & CAMPS
        assert camps in (set(), CAMPS)


def test_every_item_of_the_bank_is_asked_sooner_or_later(bank: list[Candidate]) -> None:
    asked = {one.uid for seed in range(SEEDS) for one in assemble(bank, TOPICS, 20, seeded(seed))}

    assert {one.uid for one in bank} - asked == set()


def test_learners_meet_different_quizzes(bank: list[Candidate]) -> None:
    quizzes = [{one.uid for one in assemble(bank, TOPICS, 10, seeded(seed))} for seed in range(SEEDS)]

    assert max(len(one & other) for one, other in pairwise(quizzes)) <= 6


def test_ten_thousand_quizzes_hold_no_clash_and_all_topics(bank: list[Candidate]) -> None:
    for seed in range(10_000):
        quiz = assemble(bank, TOPICS, 10, seeded(seed))
        facts = [fact for one in quiz for fact in one.facts]
        uids = {one.uid for one in quiz}
        assert len(quiz) == 10
        assert len(facts) == len(set(facts))
        assert all(uids.isdisjoint(one.enemies) for one in quiz)
        assert {one.topic for one in quiz} == set(TOPICS)


def test_what_the_learner_has_not_met_comes_first(bank: list[Candidate]) -> None:
    met = {one.uid for one in assemble(bank, TOPICS, 20, seeded(1))}
    facts = frozenset(fact for one in bank if one.uid in met for fact in one.facts)
    known = [replace(one, novelty=novelty(one, met, facts)) for one in bank]

    for seed in range(SEEDS):
        counts = Counter(one.novelty for one in assemble(known, TOPICS, 10, seeded(seed)))
        assert counts[NEW] >= 9  # to let both camps speak one may return
        assert counts[MET] == 0


def test_a_known_fact_is_asked_in_another_form_before_the_same_question_returns(
    bank: list[Candidate],
) -> None:
    known = [replace(one, novelty=MET if number % 2 else OTHER_FORM) for number, one in enumerate(bank)]

    for seed in range(SEEDS):
        assert {one.novelty for one in assemble(known, TOPICS, 5, seeded(seed))} == {OTHER_FORM}


def novelty(one: Candidate, met: set[str], facts: frozenset[str]) -> int:
    if one.uid in met:
        return MET
    return NEW if one.facts.isdisjoint(facts) else OTHER_FORM
