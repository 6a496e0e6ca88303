"""What must hold across the seed files once each is well-formed: references, evidence, symmetry, privacy.

Each rule yields ``(file name, line, message)``. Numbers in brackets name the rules of the fact schema.
"""

from __future__ import annotations

import contextlib
import math
from collections import Counter
from collections.abc import Iterator

from question_bank.fact_base import FactBase
from question_bank.facts import Document, Fact, Quotation
from question_bank.quantities import numbers
from question_bank.values import Entity, Level, Phrase, Quantity

Complaint = tuple[str, int, str]

LONGEST_QUOTE = 12  # words of an original


def faults_of(base: FactBase) -> Iterator[Complaint]:
    """Every complaint of every rule."""
    yield from _unique_ids(base)
    for document in base.documents:
        name = document.id.rpartition(".")[0] + ".toml"
        for line, message in _document_faults(document):
            yield name, line, message
        for fact in document.facts:
            for message in _fact_faults(fact, document, base):
                yield name, fact.line, f"{fact.id}: {message}"


def _unique_ids(base: FactBase) -> Iterator[Complaint]:
    kinds = {
        "entity": [entity.id for entity in base.vocabulary.entity],
        "relation": [relation.id for relation in base.vocabulary.relation],
        "scale": [scale.id for scale in base.vocabulary.scale],
        "error": [error.id for error in base.vocabulary.error],
    }
    for kind, ids in kinds.items():
        for name, times in Counter(ids).items():
            if times > 1:
                yield "vocabulary.toml", 0, f"{kind} {name} stands there {times} times"
    for document in base.documents:
        for name, times in Counter(fact.id for fact in document.facts).items():
            if times > 1:
                yield document.id.rpartition(".")[0] + ".toml", 0, f"fact {name} stands there {times} times"


def _document_faults(document: Document) -> Iterator[tuple[int, str]]:
    for expected, passage in enumerate(document.passage, start=1):
        if passage.n != expected:
            yield passage.line, f"passage {passage.n} stands where passage {expected} belongs"
        if not passage.fact and not passage.no_facts_because:
            yield passage.line, f"passage {passage.n} has no facts and no_facts_because does not say why"


def _fact_faults(fact: Fact, document: Document, base: FactBase) -> Iterator[str]:
    if fact.id[3] != document.letter:
        yield f"its id names document {fact.id[3]}, but it stands in document {document.letter}"
    yield from _reference_faults(fact, base)
    for quotation in fact.quotations:
        yield from quotation_faults(quotation, base)
    yield from _wording_faults(fact, base)
    yield from _number_faults(fact, base)
    if fact.stance == "generalisation" and fact.use == "item":
        yield "a generalisation about people is no matter for an item; use context or never [F8]"


def _reference_faults(fact: Fact, base: FactBase) -> Iterator[str]:
    subject, relation = base.entities.get(fact.subject), base.relations.get(fact.relation)
    if subject is None:
        yield f"subject {fact.subject} is not in the vocabulary"
    if relation is None:
        yield f"relation {fact.relation} is not in the vocabulary"
    if subject and relation and subject.type not in relation.subjects:
        yield f"relation {relation.id} does not take a subject of type {subject.type}"
    if relation and fact.value.type not in relation.values:
        yield f"relation {relation.id} does not take a value of type {fact.value.type}"
    if fact.speaker and fact.speaker != "document" and fact.speaker not in base.entities:
        yield f"speaker {fact.speaker} is not in the vocabulary"
    yield from _value_faults(fact, base)
    yield from _link_faults(fact, base)


def _link_faults(fact: Fact, base: FactBase) -> Iterator[str]:
    for field, others in (("echoes", fact.echoes), ("contrasts", fact.contrasts)):
        for other in others:
            if other not in base.facts:
                yield f"{field} names {other}, which is no fact"
            elif other == fact.id:
                yield f"{field} names the fact itself"
    for misconception in fact.misconceptions:
        if misconception.error and misconception.error not in base.errors:
            yield f"misconception {misconception.id} names error {misconception.error}, which is not in the vocabulary"


def _value_faults(fact: Fact, base: FactBase) -> Iterator[str]:
    value = fact.value
    if isinstance(value, Entity) and value.id not in base.entities:
        yield f"value {value.id} is not in the vocabulary"
    if isinstance(value, Level):
        scale = base.scales.get(value.scale)
        if scale is None:
            yield f"scale {value.scale} is not in the vocabulary"
        elif value.level not in {level.id for level in scale.level}:
            yield f"scale {value.scale} has no level {value.level}"


def quotation_faults(quotation: Quotation, base: FactBase) -> Iterator[str]:
    """Complaints unless the quote is an exact and unique piece of the passage that it names."""
    place = f"{quotation.document} ¶{quotation.paragraph}"
    if quotation.document not in base.document_by_id:
        yield f"there is no document {quotation.document}"
        return
    try:
        text = base.passage(quotation.document, quotation.paragraph).text
    except KeyError:
        yield f"there is no passage {place}"
        return
    times = text.count(quotation.quote)
    if times != 1:
        yield f"“{quotation.quote}” stands {times} times in the passage {place}, not once"


def _number_faults(fact: Fact, base: FactBase) -> Iterator[str]:
    """A stated number stands in a passage that the fact cites, so that a figure cannot drift from its proof [F5]."""
    value = fact.value
    if not isinstance(value, Quantity) or fact.inference != "none":
        return
    texts = [*fact.from_elsewhere]
    for quotation in fact.quotations:
        with contextlib.suppress(KeyError):
            texts.append(base.passage(quotation.document, quotation.paragraph).text)
    told = frozenset().union(*(numbers(text) for text in texts))
    for number in (value.n, value.lo, value.hi):
        if number is not None and not any(math.isclose(number, other) for other in told):
            yield f"its value {number:g} stands in none of the passages that it cites"


def _wording_faults(fact: Fact, base: FactBase) -> Iterator[str]:
    for field in ("ask", "who"):
        text = getattr(fact, field)
        if text and text.endswith(("?", ".")):
            yield f"{field} carries its own end mark; the item model adds it"
    if fact.wording and len(fact.wording.split()) > LONGEST_QUOTE:
        yield "wording quotes more than 12 words of the original"
    texts = [fact.statement, fact.label, fact.headline or "", fact.ask or "", fact.note or ""]
    if isinstance(fact.value, Phrase):
        texts.append(fact.value.text)
    for entity in base.entities.values():
        if entity.private:
            names = {alias for alias in entity.aliases if any(alias in text for text in texts)}
            yield from (f"names the private person {name} [F10]" for name in names)
