"""One contract for all item models, and what is particular to some."""

from __future__ import annotations

from collections import Counter

import pytest

from question_bank.fact_base import FactBase
from question_bank.item_models import ITEM_MODELS, ItemModel
from question_bank.items import Item, fingerprint
from question_bank.text import fold
from question_bank.truth import judge

every_model = pytest.mark.parametrize("model", ITEM_MODELS, ids=lambda model: model.id)


@pytest.fixture(scope="module")
def generated(base: FactBase) -> dict[str, tuple[Item, ...]]:
    return {model.id: tuple(model.generate(base)) for model in ITEM_MODELS}


@every_model
def test_it_makes_items(model: ItemModel, generated: dict[str, tuple[Item, ...]]) -> None:
    assert generated[model.id]


@every_model
def test_each_item_has_four_options_that_differ_and_one_key(
    model: ItemModel, generated: dict[str, tuple[Item, ...]]
) -> None:
    for item in generated[model.id]:
        assert len({fold(option.text) for option in item.options}) == 4, item.uid
        assert sum(option.correct for option in item.options) == 1, item.uid


@every_model
def test_the_sources_bear_out_the_key_and_no_distractor(
    model: ItemModel, generated: dict[str, tuple[Item, ...]], base: FactBase
) -> None:
    for item in generated[model.id]:
        for option in item.options:
            assert judge(option.claim, base).holds is option.correct, (item.uid, option.text)


@every_model
def test_each_option_says_why_and_shows_where(
    model: ItemModel, generated: dict[str, tuple[Item, ...]]
) -> None:
    for item in generated[model.id]:
        for option in item.options:
            assert len(option.rationale.split()) >= 3, (item.uid, option.text)
            assert option.evidence, (item.uid, option.text)


@every_model
def test_each_item_cites_its_facts_and_their_places(
    model: ItemModel, generated: dict[str, tuple[Item, ...]], base: FactBase
) -> None:
    for item in generated[model.id]:
        assert set(item.facts) <= set(base.facts)
        assert {quotation for name in item.facts for quotation in base.facts[name].quotations} <= set(
            item.evidence
        )


@every_model
def test_the_same_facts_make_the_same_items(
    model: ItemModel, generated: dict[str, tuple[Item, ...]], base: FactBase
) -> None:
    again = tuple(model.generate(base))

    assert [fingerprint(item) for item in again] == [fingerprint(item) for item in generated[model.id]]


def test_uids_are_unique_url_safe_slugs(generated: dict[str, tuple[Item, ...]]) -> None:
    uids = Counter(item.uid for items in generated.values() for item in items)

    assert uids.most_common(1)[0][1] == 1
    assert all(set(uid) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for uid in uids)


def test_there_are_five_hundred_candidates(generated: dict[str, tuple[Item, ...]]) -> None:
    assert sum(len(items) for items in generated.values()) >= 500


def test_all_topics_are_covered(generated: dict[str, tuple[Item, ...]], base: FactBase) -> None:
    assert {item.topic for items in generated.values() for item in items} == {
        topic.id for topic in base.topics
    }


def test_numbers_stand_in_ascending_order(generated: dict[str, tuple[Item, ...]]) -> None:
    turnout = next(item for item in generated["quantity"] if item.facts[0] == "NC-A01")

    assert turnout.ordered
    assert turnout.key.text == "More than 80%"


def test_two_options_name_each_side(generated: dict[str, tuple[Item, ...]]) -> None:
    for item in generated["pairing"]:
        sides = Counter(option.text.rpartition(": ")[2] for option in item.options)
        assert sorted(sides.values()) == [2, 2], item.uid


def test_a_two_by_two_holds_the_full_cross(generated: dict[str, tuple[Item, ...]]) -> None:
    for item in generated["cross"]:
        halves = [option.text.split(" and ") for option in item.options]
        assert len({left.lower() for left, _ in halves}) == 2, item.uid
        assert len({right.lower() for _, right in halves}) == 2, item.uid
