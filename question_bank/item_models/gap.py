"""M-GAP: what neither document tells, among things that they do tell."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.claims import StatedClaim
from question_bank.distractors import Answer, Candidate, by_length, choose, closeness_of_words, plausibility
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import Draft, finish, key_option, leaders, locators, random_for, slug
from question_bank.item_models.order import sentence
from question_bank.items import Item
from question_bank.vocabulary import Gap
from question_bank.wording import render

MODEL = "gap"
OFF_RANK = 0.05
LONGER = 1.5


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every gap of the vocabulary."""
    for gap in base.vocabulary.gap:
        try:
            yield _item(gap, base)
        except TooFewDistractorsError:
            continue


def _item(gap: Gap, base: FactBase) -> Item:
    uid = slug(MODEL, gap.subject.partition(":")[2], gap.relation)
    rng = random_for(uid)
    near = [base.facts[name] for name in gap.near]
    text = sentence(gap.label)
    claim = StatedClaim(subject=gap.subject, relation=gap.relation, stated=False)
    candidates = _candidates(gap, near[0], base)
    chosen = choose(Answer(text, None), candidates, base, rng, size=by_length, off_rank=OFF_RANK)
    explanation = f"{gap.because} The articles do tell {_told(chosen[:2])}."
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="evaluate",
            fact=near[0],
            stem=f"You write about {gap.about}. For which of these do you need a source beyond the two 2018 articles?",
            key=key_option(text, near, claim, gap.because),
            distractors=chosen,
            explanation=explanation,
            facts=near,
        ),
        base,
        rng,
    )


def _candidates(gap: Gap, near: Fact, base: FactBase) -> Iterator[Candidate]:
    for other in leaders(base):
        label = other.label
        if not label.startswith("the ") or other.topic != near.topic:
            continue
        if not 1 / LONGER <= len(label) / len(gap.label) <= LONGER:
            continue
        yield Candidate(
            sentence(label),
            "contradicted",
            f"An article tells it: {base.lowered(render(other.value, base))} ({locators([other])}).",
            other.quotations,
            StatedClaim(subject=other.subject, relation=other.relation, stated=False),
            plausibility(near, other, "contradicted", closeness_of_words(gap.label, label)),
        )


def _told(chosen: tuple[Candidate, ...]) -> str:
    return " and ".join(
        f"{one.text[0].lower()}{one.text[1:]} {one.rationale[one.rationale.rindex('(') :].rstrip('.')}"
        for one in chosen
    )
