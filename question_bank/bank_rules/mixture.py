"""Is the mixture fair? Both camps, all levels, views beside facts, passages put together, and quizzes that hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from question_bank.assembly import CAMPS, Candidate, assemble
from question_bank.bank_rules.report import Bank, Measure, bounded
from question_bank.enemies import with_enemies
from question_bank.items import Item

CAMP_GAP = 0.10
LEAST_KANAK = 1 / 3
LEVELS = {  # name: Bloom levels, least and most
    "remember": (("remember",), 0.0, 0.35),
    "understand": (("understand",), 0.25, 0.35),
    "apply": (("apply",), 0.10, 0.15),
    "analyse or evaluate": (("analyse", "evaluate"), 0.25, 1.0),
}
PLAIN = frozenset({"fact", "contrast"})
LEAST_VIEWS = 0.25
LEAST_JOINED = 0.15
FORMS = 200
FORM_LENGTH = 10
_SEED = 1998


def measure_enemies(bank: Bank) -> Iterator[Measure]:
    """L34: all that give each other away are known, and no quiz holds two of them."""
    found = {item.uid: item.enemies for item in with_enemies(bank.items)}
    unknown = [item.uid for item in bank.items if not set(found[item.uid]) <= set(item.enemies)]
    pairs = sum(len(enemies) for enemies in found.values()) // 2
    yield Measure("pairs", f"{pairs} pairs of enemies", f"not known of {unknown}" if unknown else None)
    met = sum(any(one.uid in found[other.uid] for one in form for other in form) for form in _forms(bank))
    told = f"in {met} of {FORMS} quizzes two of them met"
    yield Measure("quizzes", told, "a quiz gives its own answers away" if met else None)


def measure_camps(bank: Bank) -> Iterator[Measure]:
    """L35: both camps are heard equally, in every quiz of ten too, and Kanak voices in a third of it at least."""
    camps = Counter(item.camp for item in bank.items if item.camp in CAMPS)
    independence, france = camps["independence"], camps["france"]
    unfair = abs(independence - france) > max(2, CAMP_GAP * (independence + france))
    told = f"{independence} items on voices for independence, {france} on voices against it"
    yield Measure("camps", told, "one camp is heard more than the other" if unfair else None)
    forms = [{one.camp for one in form} & CAMPS for form in _forms(bank)]
    one_sided = sum(len(heard) == 1 for heard in forms)
    told = f"{one_sided} of {FORMS} quizzes of {FORM_LENGTH} let one camp speak only"
    yield Measure("quizzes", told, "a quiz lets one camp speak only" if one_sided else None)
    voices = max(1, independence + france)
    told = "of the items on voices of the two camps give a voice of the Kanak independence movement"
    share = independence / voices if camps else 1.0
    yield bounded("Kanak voices", told, share, low=LEAST_KANAK)


def measure_levels(bank: Bank) -> Iterator[Measure]:
    """G10: some to remember, to understand and to apply, a quarter or more to analyse and evaluate."""
    for name, (levels, low, high) in LEVELS.items():
        share = bank.share(item for item in bank.items if item.bloom in levels)
        yield bounded(name, f"of the items ask to {name}", share, low=low, high=high)


def measure_views(bank: Bank) -> Iterator[Measure]:
    """G11: a quarter of the items on views, all attributed; 15 % put two passages or both documents together."""
    views = [item for item in bank.items if item.stance not in PLAIN]
    told = "of the items are on claims, opinions, forecasts or estimates"
    yield bounded("views", told, bank.share(views), low=LEAST_VIEWS)
    nameless = [
        item.uid for item in views if any(finding.rule == "L09" for finding in bank.findings[item.uid])
    ]
    yield Measure("attributed", f"{len(nameless)} of them do not say whose", ", ".join(nameless) or None)
    joined = (item for item in bank.items if len(_passages(item)) > 1)
    yield bounded("passages", "of the items join two passages", bank.share(joined), low=LEAST_JOINED)
    across = bank.share(item for item in bank.items if len(item.documents) > 1)
    yield Measure("documents", f"{across:.1%} of the items join both documents")


def _passages(item: Item) -> frozenset[tuple[str, int]]:
    return frozenset((quotation.document, quotation.paragraph) for quotation in item.evidence)


def _forms(bank: Bank) -> Iterator[tuple[Candidate, ...]]:
    """Seeded quizzes of ten, put together as learners get them."""
    pool = [_candidate(n, item) for n, item in enumerate(bank.items)]
    rng = Random(_SEED)  # noqa: S311 - a simulation
    topics = [topic.id for topic in bank.base.topics]
    for _ in range(FORMS):
        yield assemble(pool, topics, FORM_LENGTH, rng)


def _candidate(number: int, item: Item) -> Candidate:
    return Candidate(
        id=number,
        uid=item.uid,
        topic=item.topic,
        family=item.family,
        facts=frozenset(item.facts),
        enemies=frozenset(item.enemies),
        camp=item.camp,
    )
