"""Item models that set one point beside another: contrast, support, base, reconcile, qualify, and gap."""

from __future__ import annotations

from question_bank.fact_base import FactBase
from question_bank.item_models import base as bases
from question_bank.item_models import contrast, gap, qualify, reconcile, support
from question_bank.items import Item


def made(items: object, uid: str) -> Item:
    return next(item for item in items if item.uid == uid)  # type: ignore[attr-defined]


def test_a_fact_that_bears_a_claim_out(base: FactBase) -> None:
    item = made(support.generate(base), "support-nc-a31-nc-a32-borne")

    assert item.key.text == base.facts["NC-A32"].headline
    assert item.bloom == "evaluate"
    assert item.stem.endswith("supports that?")


def test_a_fact_that_calls_for_caution(base: FactBase) -> None:
    item = made(support.generate(base), "support-nc-a12-nc-a45-complicated")

    assert item.key.text == base.facts["NC-A45"].headline
    assert item.speaker == "Alosio Sako"


def test_a_contrast_offers_points_of_one_document(base: FactBase) -> None:
    for item in contrast.generate(base):
        documents = {quotation.document for option in item.distractors for quotation in option.evidence}
        assert len(documents) == 1, item.uid


def test_a_plain_fact_is_contrasted_with_the_other_document(base: FactBase) -> None:
    for item in contrast.generate(base):
        if item.stance == "fact":
            assert len(item.documents) == 2, item.uid


def test_each_of_two_shares_has_its_base(base: FactBase) -> None:
    item = made(bases.generate(base), "base-nc-a44-nc-b63")

    assert item.key.text == "First: voters; second: residents"


def test_the_full_cross_of_two_properties(base: FactBase) -> None:
    for model in (bases, reconcile, qualify):
        for item in model.generate(base):
            halves = [option.text.split("; second: ") for option in item.options]
            assert len({first for first, _ in halves}) == 2, item.uid
            assert len({second for _, second in halves}) == 2, item.uid


def test_two_figures_cover_different_things(base: FactBase) -> None:
    item = made(reconcile.generate(base), "reconcile-nc-a38-nc-a47")

    assert item.key.text == "First: 2006 to 2016; second: yearly"
    assert item.stem.startswith("The post-vote report (November 2018) gives two sums of money")


def test_a_forecast_beside_a_fact(base: FactBase) -> None:
    item = made(qualify.generate(base), "qualify-nc-a32-nc-a36")

    assert item.key.text == "First: as a plain fact; second: as Macron’s forecast"
    assert "from Macron" in item.explanation


def test_a_gap_is_what_no_fact_tells(base: FactBase) -> None:
    for told in base.vocabulary.gap:
        assert (told.subject, told.relation) not in base.by_relation, told.label


def test_what_the_articles_tell_is_no_gap(base: FactBase) -> None:
    item = made(gap.generate(base), "gap-nickel-price")

    assert item.key.text == "The price of nickel in dollars a tonne"
    assert all("An article tells it" in option.rationale for option in item.distractors)
