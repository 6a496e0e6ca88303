"""Truth: what the facts confirm, what they refute, and where they are silent."""

from __future__ import annotations

import pytest

from question_bank.claims import (
    AllClaim,
    AttributeClaim,
    DerivedClaim,
    OrderClaim,
    SpeakerClaim,
    StanceClaim,
    StatedClaim,
    ValueClaim,
)
from question_bank.fact_base import FactBase
from question_bank.truth import Standing, judge
from question_bank.values import Count, Duration, Level, Percent, Phrase, Year

VOTE = "event:vote-2018"


def turnout(op: str, n: float) -> ValueClaim:
    value = Percent(op=op, n=n, base="voters")  # type: ignore[arg-type]
    return ValueClaim(subject=VOTE, relation="turnout", value=value)


def test_a_stated_value_holds(base: FactBase) -> None:
    verdict = judge(turnout(">", 80), base)

    assert verdict.holds
    assert verdict.facts == ("NC-A01",)


def test_a_value_that_meets_the_stated_one_holds_too(base: FactBase) -> None:
    assert judge(turnout("=", 81), base).holds


def test_another_value_is_refuted_by_the_fact(base: FactBase) -> None:
    verdict = judge(turnout("~", 63), base)

    assert verdict.standing is Standing.REFUTED
    assert verdict.facts == ("NC-A01",)


def test_where_no_fact_speaks_the_sources_are_silent(base: FactBase) -> None:
    claim = ValueClaim(subject=VOTE, relation="vote_share", value=Percent(n=56, base="votes"))

    assert judge(claim, base).standing is Standing.NOT_STATED


def test_a_fact_of_the_other_document_counts(base: FactBase) -> None:
    claim = ValueClaim(subject="event:vanuatu-independence", relation="year", value=Year(n=1980))

    assert {name[3] for name in judge(claim, base).facts} == {"A", "B"}


def test_a_variant_of_the_words_is_as_true_as_the_words(base: FactBase) -> None:
    fact = next(fact for fact in base.item_grade if isinstance(fact.value, Phrase) and fact.value.variants)
    assert isinstance(fact.value, Phrase)
    wording = Phrase(type=fact.value.type, text=fact.value.variants[0])

    assert judge(
        ValueClaim(subject=fact.subject, relation=fact.relation, value=wording, about=fact.id), base
    ).holds


def test_only_the_speaker_said_it(base: FactBase) -> None:
    assert judge(SpeakerClaim(who="person:macron", fact="NC-A35"), base).holds
    assert not judge(SpeakerClaim(who="person:goa", fact="NC-A35"), base).holds


def test_events_hold_in_the_order_of_their_dates_only(base: FactBase) -> None:
    events = ("event:annexation", "event:vanuatu-independence", "event:ouvea-crisis")

    assert judge(OrderClaim(events=events), base).holds
    assert not judge(OrderClaim(events=events[::-1]), base).holds


@pytest.mark.parametrize(("years", "holds"), [(127, True), (117, False)])
def test_a_span_is_the_later_year_minus_the_earlier(base: FactBase, years: int, holds: bool) -> None:
    claim = DerivedClaim(operation="span", facts=("NC-A04", "NC-A33"), value=Duration(n=years, unit="years"))

    assert judge(claim, base).holds is holds


def test_a_sum_adds_its_parts(base: FactBase) -> None:
    claim = DerivedClaim(operation="sum", facts=("NC-B23", "NC-B23a"), value=Count(n=21, unit="deaths"))

    assert judge(claim, base).holds


def test_a_remainder_is_what_the_parts_leave_of_a_hundred(base: FactBase) -> None:
    value = Percent(op="~", n=29, base="residents")

    assert judge(DerivedClaim(operation="remainder", facts=("NC-B63", "NC-B64"), value=value), base).holds


def test_a_forecast_is_no_fact(base: FactBase) -> None:
    assert judge(StanceClaim(fact="NC-A15", stances=("forecast",)), base).holds
    assert not judge(StanceClaim(fact="NC-A15", stances=("fact",)), base).holds


def test_the_sources_state_turnout_but_no_final_share(base: FactBase) -> None:
    assert judge(StatedClaim(subject=VOTE, relation="turnout"), base).holds
    assert judge(StatedClaim(subject=VOTE, relation="vote_share", stated=False), base).holds


def test_all_of_it_holds_only_where_each_part_does(base: FactBase) -> None:
    assert judge(AllClaim(claims=(turnout(">", 80), turnout("=", 90))), base).holds
    assert judge(AllClaim(claims=(turnout(">", 80), turnout("=", 50))), base).standing is Standing.REFUTED


def test_an_attribute_that_no_fact_has_is_not_stated(base: FactBase) -> None:
    claim = AttributeClaim(fact="NC-A01", attribute="colour", value="blue")

    assert judge(claim, base).standing is Standing.NOT_STATED


def test_another_level_of_a_scale_is_refuted(base: FactBase) -> None:
    value = Level(scale="margin", level="larger")

    assert not judge(ValueClaim(subject=VOTE, relation="result_against_forecast", value=value), base).holds
