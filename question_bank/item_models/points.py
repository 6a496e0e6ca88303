"""What the item models share that ask for one point of a document beside a statement: the point, and three others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from question_bank.claims import AnyClaim
from question_bank.distractors import Answer, Candidate, by_length, choose, closeness_of_words, plausibility
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import (
    Draft,
    finish,
    key_option,
    leaders,
    locators,
    quotations,
    random_for,
    slug,
    source_of,
    told_by,
)
from question_bank.items import Bloom, Item
from question_bank.text import content_words

WRITTEN = "2018"  # both documents; a statement that names the year need not be dated twice

OFF_RANK = 0.05
SAME_SUBJECT = 0.1  # a point on the same matter tempts
ECHO = 0.15  # and so does one that uses the statement's words: for each of them, so that the key is not told by its own
MOST_ECHOED = 2
UNLIKE = 0.1  # a point that is built otherwise than the key makes the key stand out
LONGER = 1.4  # no wrong option is longer than the key by more than this, nor shorter


@dataclass(frozen=True, slots=True)
class PointAsked:
    """A question about ``statement``, a fact, that the headline of ``key`` answers; ``claim`` says so of any fact."""

    model: str
    bloom: Bloom
    statement: Fact
    key: Fact
    stem: str
    explanation: str
    claim: Callable[[Fact], AnyClaim]
    also: str = ""  # what tells questions about the same two facts apart


def point_items(asked: Iterable[PointAsked], base: FactBase) -> Iterator[Item]:
    """An item for each question with three points that could be taken for its key."""
    for one in asked:
        try:
            yield _item(one, base)
        except TooFewDistractorsError:
            continue


def where_of(key: Fact, statement: Fact, base: FactBase) -> str:
    """How the stem names the document of the point; its date is left out where the statement gives the year."""
    return f"the {base.document_of(key).name}" if WRITTEN in statement.statement else source_of(key, base)


def _item(asked: PointAsked, base: FactBase) -> Item:
    uid = slug(asked.model, asked.statement.id, asked.key.id, *([asked.also] if asked.also else []))
    rng = random_for(uid)
    text = asked.key.headline or ""
    told = (*told_by(asked.key, base), *told_by(asked.statement, base))
    return finish(
        Draft(
            uid=uid,
            model=asked.model,
            bloom=asked.bloom,
            fact=asked.statement,
            stem=asked.stem,
            key=key_option(text, told, asked.claim(asked.key), asked.explanation),
            distractors=choose(
                Answer(text, None),
                _candidates(asked, base),
                base,
                rng,
                size=by_length,
                off_rank=OFF_RANK,
            ),
            explanation=asked.explanation,
            facts=told,
        ),
        base,
        rng,
    )


def _candidates(asked: PointAsked, base: FactBase) -> Iterator[Candidate]:
    """Other points of the key's document that do not bear on the statement in any way that the seeds know."""
    key = asked.key
    bearing = base.same_statement(asked.statement.id) | {
        other for name in base.same_statement(asked.statement.id) for other in base.contrasting(name)
    }
    bearing |= set(asked.statement.attributes.values())
    length = len(key.headline or "")
    for other in leaders(base):
        text = other.headline
        if text is None or other.document != key.document or base.same_statement(other.id) & bearing:
            continue
        if not 1 / LONGER <= len(text) / length <= LONGER or asked.statement.id in other.attributes.values():
            continue
        closeness = closeness_of_words(key.headline or "", text)
        akin = SAME_SUBJECT * (other.subject in {asked.statement.subject, key.subject})
        echoed = len(content_words(text) & content_words(asked.statement.statement))
        unlike = UNLIKE * (_has_article(text) is not _has_article(key.headline or ""))
        yield Candidate(
            text,
            "other_referent",
            f"{other.statement.removesuffix('.')} ({locators([other])}). That is another matter.",
            quotations([other]),
            asked.claim(other),
            plausibility(asked.statement, other, "other_referent", closeness)
            + akin
            + ECHO * min(echoed, MOST_ECHOED)
            - unlike,
            lesson=f"“{text}” is told there too, but on another matter ({locators([other])}).",
        )


def _has_article(text: str) -> bool:
    return text.startswith(("A ", "An "))
