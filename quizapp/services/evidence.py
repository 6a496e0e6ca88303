"""Evidence: whether quoted words stand in a passage exactly and once, and where they stand if it is elsewhere.

Likeness only ever makes a suggestion: what is stored is an exact piece of a passage, or it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from quizapp.marking import Sentence, mark
from quizapp.models.bank import DocumentRow, PassageRow
from quizapp.services.versions import Quote

LONGEST = 160  # characters: as the format of questions has it; short words prove best

_ALIKE = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "."}
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that can be quoted."""

    document: str
    letter: str
    name: str  # of the document, as running text has it
    n: int
    text: str

    @property
    def place(self) -> tuple[str, int]:
        """What quotes name it by."""
        return (self.document, self.n)


Passages = Mapping[tuple[str, int], Passage]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a quote, in words for a teacher, and the exact quote that was probably meant."""

    message: str
    instead: Quote | None = None


def load_passages(session: Session) -> dict[tuple[str, int], Passage]:
    """Every passage by its place, in the order of the documents."""
    rows = session.execute(
        select(DocumentRow.id, DocumentRow.letter, DocumentRow.name, PassageRow.n, PassageRow.text)
        .join(PassageRow, PassageRow.document_id == DocumentRow.id)
        .order_by(DocumentRow.letter, PassageRow.n)
    )
    return {(row.id, row.n): Passage(*row) for row in rows}


def trouble_with(quote: Quote, passages: Passages) -> Trouble | None:
    """What keeps the quote from being evidence; None where it is an exact and unique piece of its passage."""
    here = passages.get((quote.document, quote.paragraph))
    if here is None:
        return Trouble(
            mark("There is no such paragraph. Choose the document and the number of one that there is.")
        )
    if len(quote.quote) > LONGEST:
        told = mark("These are %(length)s characters. Take the %(most)s that prove it, or fewer.")
        return Trouble(Sentence(told, length=len(quote.quote), most=LONGEST))
    times = here.text.count(quote.quote)
    if times == 1:
        return None
    if times > 1:
        return Trouble(_too_often(times, here.n))
    return _meant_here(quote.quote, here) or _meant_elsewhere(quote.quote, here, passages) or _nowhere(here)


def facts_shown(quotes: Sequence[Quote], base: FactBase) -> tuple[Fact, ...]:
    """The facts whose own words the quotes share a piece of; of those, the ones that questions may ask for."""
    return tuple(
        fact
        for fact in base.item_grade
        if any(_meets(quote, fact, base) for quote in quotes if quote.document == fact.document)
    )


def facts_of(document: str, paragraph: int, base: FactBase) -> tuple[Fact, ...]:
    """What a passage states, as far as questions may ask for it."""
    return tuple(fact for fact in base.item_grade if (fact.document, fact.paragraph) == (document, paragraph))


def _too_often(times: int, paragraph: int) -> Sentence:
    told = mark(
        "These words stand %(times)s times in ¶%(paragraph)s. Take a word or two more, so that they stand there once."
    )
    if times == 2:  # noqa: PLR2004 - a word of its own
        told = mark(
            "These words stand twice in ¶%(paragraph)s. Take a word or two more, so that they stand there once."
        )
    return Sentence(told, times=times, paragraph=paragraph)


def _meant_here(words: str, here: Passage) -> Trouble | None:
    exact = _exact_words(words, here.text)
    if exact is None:
        return None
    return Trouble(
        mark("The passage has these words with other spaces, capitals, dashes or quotation marks."),
        Quote(here.document, here.n, exact),
    )


def _meant_elsewhere(words: str, here: Passage, passages: Passages) -> Trouble | None:
    for other in passages.values():
        exact = words if other.text.count(words) == 1 else _exact_words(words, other.text)
        if exact is not None and other.place != here.place:
            return Trouble(
                Sentence(
                    mark(
                        "These words are not in ¶%(paragraph)s. Did you mean ¶%(other)s of the %(document)s?"
                    ),
                    paragraph=here.n,
                    other=other.n,
                    document=other.name,
                ),
                Quote(other.document, other.n, exact),
            )
    return None


def _nowhere(here: Passage) -> Trouble:
    told = mark(
        "These words stand neither in ¶%(paragraph)s nor in another paragraph. Copy them from the passage as they are."
    )
    return Trouble(Sentence(told, paragraph=here.n))


def _exact_words(words: str, text: str) -> str | None:
    """The one piece of ``text`` that differs from ``words`` in spacing, capitals and kinds of marks only."""
    wanted, _ = _loose(words.strip())
    there, places = _loose(text)
    if not wanted or there.count(wanted) != 1:
        return None
    start = there.index(wanted)
    exact = text[places[start] : places[start + len(wanted) - 1] + 1]
    return exact if text.count(exact) == 1 and len(exact) <= LONGEST else None


def _loose(text: str) -> tuple[str, list[int]]:
    """The text with one kind of each mark and single spaces, and where each of its characters stands in it."""
    kept = list(_kept(text))
    return "".join(sign for sign, _ in kept), [place for _, place in kept]


def _kept(text: str) -> Iterator[tuple[str, int]]:
    after_space = True
    for place, sign in enumerate(text.translate(_ALIKE)):
        if not sign.isspace():
            lowered = sign.lower()
            yield (lowered if len(lowered) == 1 else sign), place
        elif not after_space:
            yield " ", place
        after_space = sign.isspace()


def _meets(quote: Quote, fact: Fact, base: FactBase) -> bool:
    """Whether the quote and the fact's own words overlap in the passage."""
    if (quote.document, quote.paragraph) != (fact.document, fact.paragraph) or not quote.quote:
        return False
    text = base.passage(fact.document, fact.paragraph).text
    mine, its = text.find(quote.quote), text.find(fact.evidence)
    return 0 <= mine < its + len(fact.evidence) and mine + len(quote.quote) > its >= 0
