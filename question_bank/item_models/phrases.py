"""What the item models with options in words share: a fact's words beside the words of other facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from question_bank.claims import ValueClaim
from question_bank.distractors import (
    NEAR,
    Answer,
    Candidate,
    by_length,
    choose,
    closeness_of_words,
    plausibility,
)
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
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
from question_bank.items import Bloom, Item, Reason
from question_bank.values import Phrase

OFF_RANK = 0.1  # misconceptions come in several lengths, and a good one is worth more than the right place
NAMED = 0.3  # what is known to be mistaken for the key tempts more than what stands elsewhere
STRANGE = 0.35  # and what has nothing to do with the matter hardly at all
LONGER = 1.6  # no wrong option is longer than the key by more than this, nor shorter: length must not tell


@dataclass(frozen=True, slots=True)
class PhraseModel:
    """An item model over phrases of one type, and how it words why a sibling is wrong."""

    model: str
    bloom: Bloom
    type: str
    reason: Reason
    sibling_words: Callable[[Fact], str | None]
    rationale: Callable[[Fact, Fact, FactBase], str]


def generate_phrases(model: PhraseModel, base: FactBase) -> Iterator[Item]:
    """One item for each thing stated in the model's type of phrase, where three wrong options can be found."""
    for fact in leaders(base):
        if isinstance(fact.value, Phrase) and fact.value.type == model.type and fact.ask:
            try:
                yield _item(model, fact, fact.value, base)
            except TooFewDistractorsError:
                continue


def _item(model: PhraseModel, fact: Fact, value: Phrase, base: FactBase) -> Item:
    uid = slug(model.model, fact.id)
    rng = random_for(uid)
    chosen = choose(
        Answer(value.text, value),
        _candidates(model, fact, value, base),
        base,
        rng,
        size=by_length,
        off_rank=OFF_RANK,
    )
    told = told_by(fact, base)
    return finish(
        Draft(
            uid=uid,
            model=model.model,
            # What is no fact asks for who holds it as well as for what it is.
            bloom=model.bloom if fact.stance == "fact" else "understand",
            fact=fact,
            stem=framed(fact.ask or "", fact, base),
            key=key_option(value.text, told, _claim(fact, value)),
            distractors=chosen,
            explanation=explain(fact, base),
            facts=told,
        ),
        base,
        rng,
    )


def _candidates(model: PhraseModel, fact: Fact, value: Phrase, base: FactBase) -> Iterator[Candidate]:
    for other in _others(fact, base):
        words = model.sibling_words(other)
        if words is None or not 1 / LONGER <= len(words) / len(value.text) <= LONGER:
            continue
        wrong = Phrase(type=value.type, text=words)
        yield Candidate(
            words,
            model.reason,
            model.rationale(other, fact, base),
            other.quotations,
            _claim(fact, wrong),
            plausibility(fact, other, model.reason, closeness_of_words(value.text, words))
            - (0 if _akin(fact, other) else STRANGE),
            wrong,
            _on(words, model.rationale(other, fact, base)),
        )
    for misconception in fact.misconceptions:
        if isinstance(misconception.value, Phrase):
            wrong = misconception.value.model_copy(update={"type": value.type})
            yield Candidate(
                wrong.text,
                "misconception",
                misconception.because,
                fact.quotations,
                _claim(fact, wrong),
                plausibility(fact, None, "misconception", closeness_of_words(value.text, wrong.text)) + NAMED,
                wrong,
                misconception.lesson,
            )


def _akin(fact: Fact, other: Fact) -> bool:
    """Whether a reader may take one for the other: known to be confused, close together, or on the same subject."""
    near = fact.document == other.document and abs(fact.paragraph - other.paragraph) <= NEAR
    confused = other.id in fact.contrasts or fact.id in other.contrasts
    return confused or fact.subject == other.subject or (near and fact.topic == other.topic)


def _on(words: str, belongs: str) -> str:
    """A sibling's words and what they belong to, for an explanation."""
    if belongs.startswith("That is ") and "“" not in words:
        return f"“{words}” is {belongs.removeprefix('That is ')}"
    return "" if belongs.startswith("That is ") else belongs


def _others(fact: Fact, base: FactBase) -> Iterable[Fact]:
    """Facts that answer another question: no echo, nothing else that holds of the same subject in the same way."""
    same = base.same_matter(fact.id)
    for other in leaders(base):
        if other.id in same or other.use == "never" or fact.id in base.same_statement(other.id):
            continue
        if other.subject == fact.subject and other.relation == fact.relation:
            continue  # true of the same subject in the same way, so it might answer this question too
        yield other


def _claim(fact: Fact, value: Phrase) -> ValueClaim:
    return ValueClaim(subject=fact.subject, relation=fact.relation, value=value, about=fact.id)


def words_of(other: Fact, type_: str) -> str | None:
    """The words of a sibling that answers the same type of question."""
    return other.value.text if isinstance(other.value, Phrase) and other.value.type == type_ else None


def noun_phrase(other: Fact) -> str | None:
    """A sibling whose own words are a noun phrase, whatever kind of question it answers."""
    return other.value.text if isinstance(other.value, Phrase) and other.value.type in _NOUN_PHRASES else None


def belongs_to(other: Fact, fact: Fact, base: FactBase) -> str:
    """What the words really belong to."""
    del fact, base
    return f"That is {other.label} ({locators([other])})."


_NOUN_PHRASES = frozenset({"reason", "provision", "description", "term"})
