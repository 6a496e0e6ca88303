"""A question's content in the shape that the linter reads: as an item whose options claim what their words let guess.

Built items know what each option asserts; what a teacher wrote, or changed, does not. Rules ask a claim for the kind of
answer that it gives (a year is spaced otherwise than a sum), so that much is read off the words and the item model.
Whether a claim is true cannot be told from a guess: rule L24 is not to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from question_bank.claims import AnyClaim, ErrorClaim, StanceClaim, StatedClaim, ValueClaim
from question_bank.facts import Quotation
from question_bank.items import Item, Option
from question_bank.quantities import parse_date
from question_bank.values import Date, Phrase, Year
from quizapp.services.versions import Content, Quote

UNNAMED = "new"  # the uid of a question that has none yet

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def item_of(content: Content, uid: str = "") -> Item:
    """The content as an item; its literal fields may hold what rule L01 will complain of."""
    uid = uid or UNNAMED
    return Item(
        uid=uid,
        origin="teacher",
        topic=content.topic,
        model=content.model,
        family=uid,
        stem=content.stem,
        options=tuple(_options(content)),
        explanation=content.explanation,
        evidence=_quotations(content.evidence),
        facts=content.facts,
        bloom=content.bloom,  # type: ignore[arg-type]
        stance=content.stance,
        speaker=content.speaker,
        ordered=content.ordered,
        difficulty=content.difficulty,
        design=content.design,  # type: ignore[arg-type]
    )


def _options(content: Content) -> Iterator[Option]:
    read = _reader(content)
    for option in content.options:
        yield Option(
            text=option.text,
            correct=option.correct,
            rationale=option.rationale,
            reason=option.reason,  # type: ignore[arg-type]
            evidence=_quotations(option.evidence),
            claim=read(option.text),
        )


def _reader(content: Content) -> Callable[[str], AnyClaim]:
    """How the options of this question are to be read: all of them alike, as they have to be of one kind (L19)."""
    texts = [option.text.strip() for option in content.options]
    if all(_YEAR.fullmatch(text) for text in texts):
        return lambda text: _value(Year.model_construct(n=float(text)))
    if all(parse_date(text) for text in texts):
        return lambda _: _value(Date.model_construct(iso=""))
    return _BY_MODEL.get(content.model, _describes)


def _describes(text: str) -> AnyClaim:
    return _value(Phrase.model_construct(type="description", text=text))


def _states(text: str) -> AnyClaim:
    return _value(Phrase.model_construct(type="proposition", text=text))


def _judges(text: str) -> AnyClaim:
    del text
    return StatedClaim(subject="", relation="")


_BY_MODEL: dict[str, Callable[[str], AnyClaim]] = {
    "statement": _states,
    "stance": lambda _: StanceClaim.model_construct(fact="", stances=()),
    "error": lambda _: ErrorClaim.model_construct(fact="", misconception="", error=""),
    # Keys that judge what a source says: their explanations give what it says instead of the key (L30).
    **dict.fromkeys(("case", "contrast", "gap", "infer", "qualify", "support"), _judges),
}


def _value(value: Year | Date | Phrase) -> ValueClaim:
    return ValueClaim.model_construct(subject="", relation="", value=value)


def _quotations(quotes: tuple[Quote, ...]) -> tuple[Quotation, ...]:
    """Unchecked: what is no quotation at all is the form's to refuse, and rule L26 says whether it is a true one."""
    return tuple(
        Quotation.model_construct(document=quote.document, paragraph=quote.paragraph, quote=quote.quote)
        for quote in quotes
    )
