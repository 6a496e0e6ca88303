"""Drafting: a question while it is being written, and the content that it makes once what was left open is guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import explain, key_option, speaker_label, told_by
from question_bank.items import KEY
from question_bank.wording import render
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.services.editing import TEACHER_MODEL
from quizapp.services.evidence import facts_of, facts_shown
from quizapp.services.problems import VersionNotFoundError
from quizapp.services.versions import Content, OptionContent, Quote, content_of_row

USUAL_OPTIONS = 4
FEWEST_OPTIONS = 2
MOST_OPTIONS = 6

# A prior in logits for each choice; a question that has a finer one keeps it while the choice stays.
DIFFICULTIES = {"easy": -1.0, "medium": 0.0, "hard": 1.0}
_FAR = 0.5

CONTRADICTED = "contradicted"
NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class DraftOption:
    """An option as typed; an empty ``reason`` and no ``evidence`` are guessed."""

    text: str = ""
    rationale: str = ""
    reason: str = ""
    evidence: tuple[Quote, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into it."""
        return not (self.text or self.rationale or any(quote.quote for quote in self.evidence))


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as typed. Empty ``topic``, ``stance``, ``speaker`` and ``facts`` are guessed from the evidence."""

    stem: str = ""
    explanation: str = ""
    options: tuple[DraftOption, ...] = (DraftOption(),) * USUAL_OPTIONS
    key: int | None = 0  # the place of the right option
    evidence: tuple[Quote, ...] = ()
    no_source: bool = False
    facts: tuple[str, ...] = ()
    topic: str = ""
    bloom: str = "remember"
    stance: str = ""
    speaker: str = ""
    ordered: bool = False
    difficulty: str = "medium"

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The evidence that has words."""
        return () if self.no_source else tuple(quote for quote in self.evidence if quote.quote)

    @property
    def written(self) -> tuple[int, ...]:
        """The places of the options in which something stands; the others are left out."""
        return tuple(n for n, option in enumerate(self.options) if not option.is_blank)


def level_of(difficulty: float) -> str:
    """The choice that is nearest to a prior."""
    if abs(difficulty) < _FAR:
        return "medium"
    return "hard" if difficulty > 0 else "easy"


def draft_of(content: Content) -> Draft:
    """A question that there is, to be edited."""
    keys = [n for n, option in enumerate(content.options) if option.correct]
    return Draft(
        stem=content.stem,
        explanation=content.explanation,
        options=tuple(
            DraftOption(option.text, option.rationale, option.reason, option.evidence)
            for option in content.options
        ),
        key=keys[0] if len(keys) == 1 else None,
        evidence=content.evidence,
        no_source=content.is_unsourced,
        facts=content.facts,
        topic=content.topic,
        bloom=content.bloom,
        stance=content.stance,
        speaker=content.speaker or "",
        ordered=content.ordered,
        difficulty=level_of(content.difficulty),
    )


def from_fact(draft: Draft, fact: Fact, base: FactBase) -> Draft:
    """The draft with what a fact gives: its words as evidence, the right answer, why, and an explanation.

    What the teacher has written stays; only empty places are filled. The question itself is the teacher's to ask.
    """
    told = told_by(fact, base)
    key = key_option(render(fact.value, base), told, claim=None)  # type: ignore[arg-type]  # only its words are used
    place = draft.key or 0
    options = [*draft.options, *(DraftOption(),) * (place + 1 - len(draft.options))]
    if options[place].is_blank:
        options[place] = DraftOption(key.text, key.rationale, KEY)
    return replace(
        draft,
        options=tuple(options),
        key=place,
        evidence=draft.quotes or (Quote(fact.document, fact.paragraph, fact.evidence),),
        no_source=False,
        facts=tuple(dict.fromkeys((*draft.facts, fact.id))),
        explanation=draft.explanation or explain(fact, base),
    )


def finished(
    draft: Draft, base: FactBase, before: Content | None = None, near: tuple[str, int] | None = None
) -> Content:
    """The content that a draft makes; ``before`` is what an edited question said until now.

    ``near`` is the passage that it is written on, which tells the topic until there is evidence.
    What a form has no field for stays as it was. Blank options are left out.
    """
    facts = draft.facts
    if not facts and (before is None or before.evidence != draft.quotes):
        facts = tuple(fact.id for fact in facts_shown(draft.quotes, base))
    about = next((base.facts[name] for name in facts if name in base.facts), None)
    stance = draft.stance or (about.stance if about else "fact")
    speaker = draft.speaker or (speaker_label(about, base) if about and not draft.stance else None)
    return Content(
        topic=draft.topic or _topic(about, draft, near, base),
        model=before.model if before else TEACHER_MODEL,
        stem=draft.stem,
        options=tuple(_option(draft, n) for n in draft.written),
        explanation=draft.explanation,
        evidence=draft.quotes,
        facts=facts,
        bloom=draft.bloom,
        stance=stance,
        speaker=speaker,
        ordered=draft.ordered,
        difficulty=_difficulty(draft, before),
        design=before.design if before else "",
        since_then=before.since_then if before else None,
    )


def content_of_version(session: Session, uid: str, number: int) -> Content:
    """What a version of a question said; VersionNotFoundError where there is none."""
    row = session.scalars(
        select(ItemVersionRow)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(ItemRow.uid == uid, ItemVersionRow.number == number)
    ).first()
    if row is None:
        raise VersionNotFoundError
    return content_of_row(row)


def _option(draft: Draft, n: int) -> OptionContent:
    """An option with its reason: the key's own, the teacher's, or that the evidence of the question says otherwise."""
    option = draft.options[n]
    correct = n == draft.key
    given = tuple(quote for quote in option.evidence if quote.quote)
    evidence = given or (() if option.reason == NOT_STATED else draft.quotes)
    reason = KEY if correct else option.reason
    if not correct and reason in {"", KEY}:
        reason = CONTRADICTED if evidence else NOT_STATED
    return OptionContent(option.text, correct, option.rationale, reason, evidence)


def _topic(about: Fact | None, draft: Draft, near: tuple[str, int] | None, base: FactBase) -> str:
    """The topic of the fact, else of the first that the passages state; empty where nothing tells."""
    places = [(quote.document, quote.paragraph) for quote in draft.quotes]
    if near and not draft.no_source:
        places.append(near)
    nearby = [fact for place in places for fact in facts_of(*place, base)]
    return next((fact.topic for fact in (about, *nearby) if fact), "")


def _difficulty(draft: Draft, before: Content | None) -> float:
    if before and level_of(before.difficulty) == draft.difficulty:
        return before.difficulty
    return DIFFICULTIES[draft.difficulty]
