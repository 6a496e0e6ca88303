"""M-SPEAKER: who said it; the wrong options are people who spoke on other matters."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from question_bank.claims import SpeakerClaim
from question_bank.distractors import Answer, Candidate, by_length, choose, closeness_of_words, plausibility
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import EntityRecord, Fact
from question_bank.item_models.framing import (
    Draft,
    explain,
    finish,
    framed,
    key_option,
    leaders,
    locators,
    random_for,
    slug,
    told_by,
)
from question_bank.items import Item

MODEL = "speaker"
SIDES = frozenset({"independence", "france"})
CHANCE = 0.3  # how much of the choice among few voices is left to chance, so that not all items show the same
TEMPTS_MOST = 1.0  # what a voice gains that somebody has judged to be the likeliest mistake


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every statement that can be asked for with "Who …?"."""
    for fact in leaders(base):
        speaker = base.entities.get(fact.speaker or "")
        if fact.who and speaker:
            try:
                yield _item(fact, speaker, base)
            except TooFewDistractorsError:
                continue


def _item(fact: Fact, speaker: EntityRecord, base: FactBase) -> Item:
    uid = slug(MODEL, fact.id)
    rng = random_for(uid)
    told = told_by(fact, base)
    chosen = choose(
        Answer(speaker.label, None), _candidates(fact, speaker, base, rng), base, rng, size=by_length
    )
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="remember",
            fact=fact,
            stem=framed(f"Who {fact.who}", fact, base),
            key=key_option(speaker.label, told, SpeakerClaim(who=speaker.id, fact=fact.id)),
            distractors=chosen,
            explanation=explain(fact, base),
            facts=told,
            alphabetical=True,
        ),
        base,
        rng,
    )


def _candidates(fact: Fact, speaker: EntityRecord, base: FactBase, rng: Random) -> Iterator[Candidate]:
    """Other voices; where the speaker takes a side, others who take one tempt most, and chance varies the rest."""
    luck: dict[str, float] = {}
    for other in base.facts.values():
        voice = base.entities.get(other.speaker or "")
        if voice is None or voice.id == speaker.id or voice.private or not other.who:
            continue
        if voice.type != speaker.type:
            continue
        tempting = plausibility(fact, other, "speaker_swap", closeness_of_words(speaker.label, voice.label))
        tempting += luck.setdefault(voice.id, rng.uniform(0, CHANCE))
        if speaker.camp in SIDES and voice.camp in SIDES:
            tempting += CHANCE / 2
        judged = fact.taken_for.get(voice.id, "")
        if judged:
            tempting += TEMPTS_MOST
        yield Candidate(
            voice.label,
            "speaker_swap",
            f"{voice.label} {other.who} ({locators([other])}).",
            other.quotations,
            SpeakerClaim(who=voice.id, fact=fact.id),
            tempting,
            lesson=judged or _lesson(speaker, voice, other) * (not fact.taken_for),
        )


def _lesson(speaker: EntityRecord, voice: EntityRecord, other: Fact) -> str:
    """What sets another voice apart where nobody has written it: its side, and what it did say."""
    said = f"{other.who} ({locators([other])})."
    if speaker.camp not in SIDES or voice.camp not in SIDES:
        return f"The words of {voice.label} are about another matter: {voice.label} {said}"
    side = "the same side, but" if voice.camp == speaker.camp else "the other side, and"
    return f"{voice.label} stood on {side} {said}"
