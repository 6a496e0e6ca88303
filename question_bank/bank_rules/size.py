"""Is there enough, on everything, and nothing asked too often? Size, coverage, load and notes on later events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from question_bank.bank_rules.report import Bank, Measure, bounded
from question_bank.facts import Fact
from question_bank.items import Item

LEAST_ITEMS = 150
LEAST_PER_TOPIC = 45
LEAST_COVERAGE = 0.95
MOST_PER_FACT = 3  # without a waiver that names the fact
LIMIT_PER_FACT = 5
MOST_PER_GROUP = 0.35
GROUP = 5  # paragraphs


def measure_size(bank: Bank) -> Iterator[Measure]:
    """G3: 150 items or more, and 45 or more on every topic."""
    count = len(bank.items)
    yield Measure("items", f"{count} items", _few(count, LEAST_ITEMS))
    topics = Counter(item.topic for item in bank.items)
    for topic in bank.base.topics:
        told = f"{topics[topic.id]} items on {topic.title}"
        yield Measure(topic.id, told, _few(topics[topic.id], LEAST_PER_TOPIC))


def measure_coverage(bank: Bank) -> Iterator[Measure]:
    """G2: of the facts that may become items, 95 % have one."""
    asked = {fact for item in bank.items for fact in item.facts}
    grade = [fact.id for fact in bank.base.item_grade]
    missing = [fact for fact in grade if fact not in asked]
    told = f"of {len(grade)} item-grade facts stand in an item; without one: {', '.join(missing) or 'none'}"
    yield bounded("facts", told, 1 - len(missing) / len(grade), low=LEAST_COVERAGE)


def measure_load(bank: Bank) -> Iterator[Measure]:
    """L31: three items on a fact, five with a reason; no group of five paragraphs gives over a third of the items."""
    load = Counter(fact for item in bank.items for fact in item.facts)
    heavy = sorted(
        fact
        for fact, times in load.items()
        if times > LIMIT_PER_FACT or (times > MOST_PER_FACT and (fact, "L31") not in bank.waivers)
    )
    fact, most = max(load.items(), key=lambda pair: pair[1], default=("none", 0))
    complaint = f"too many, or no reason why, on {', '.join(heavy)}" if heavy else None
    yield Measure("facts", f"at most {most} items on one fact ({fact})", complaint)
    groups = Counter(group for item in bank.items for group in _groups(item, bank))
    group, most = max(groups.items(), key=lambda pair: pair[1], default=("none", 0))
    share = most / max(1, len(bank.items))
    crowded = f"more than {MOST_PER_GROUP:.0%}" if share > MOST_PER_GROUP else None
    yield Measure(
        "paragraphs", f"at most {share:.0%} of the items on five paragraphs ({group})", crowded, "W"
    )


def measure_freshness(bank: Bank) -> Iterator[Measure]:
    """L37: what later events decided has a dated note, and the items on it show it, apart from the explanation.

    What looked ahead and has been decided by nothing yet has a waiver that says so instead.
    """
    noted = {fact.id for fact in bank.base.item_grade if fact.since_then}
    ahead = [fact.id for fact in bank.base.item_grade if fact.id not in noted and _lies_ahead(fact, bank)]
    bare = [fact for fact in ahead if (fact, "L37") not in bank.waivers]
    told = f"{len(noted)} facts that later events decided, {len(ahead)} that look ahead without a note"
    yield Measure("facts", told, f"no note for {', '.join(bare)}" if bare else None, "W")
    about = [item for item in bank.items if item.facts[0] in noted]
    silent = [item.uid for item in about if item.since_then is None]
    told = f"{len(about)} items first of all on such a fact"
    yield Measure("items", told, f"no note shown with {', '.join(silent)}" if silent else None, "W")
    mixed = [item.uid for item in about if item.since_then and item.since_then.text in item.explanation]
    yield Measure("apart", "notes stand apart from explanations", f"not in {mixed}" if mixed else None, "W")


def _few(count: int, least: int) -> str | None:
    return f"fewer than {least}" if count < least else None


def _groups(item: Item, bank: Bank) -> frozenset[str]:
    letters = {document.id: document.letter for document in bank.base.documents}
    firsts = {(letters[one.document], (one.paragraph - 1) // GROUP * GROUP + 1) for one in item.evidence}
    return frozenset(f"{letter}¶{first}–{first + GROUP - 1}" for letter, first in firsts)


def _lies_ahead(fact: Fact, bank: Bank) -> bool:
    """Whether what is told lay in the future when the document was written."""
    return fact.stance == "forecast" or (fact.event or "")[:7] > bank.base.document_of(fact).as_of
