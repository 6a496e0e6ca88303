"""What people decided: items written by hand, generated ones reworded, and rejections with their reasons.

The classes are the format of ``question_bank/curated/*.toml``. A curated option cites facts by id; their
quotations become its evidence, and its claim is proved like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from question_bank.claims import AnyClaim
from question_bank.errors import Fault
from question_bank.fact_base import FactBase
from question_bank.facts import FactId, Quotation, Record, SinceThen, Stance, Topic
from question_bank.item_models.framing import slug
from question_bank.items import Bloom, Design, Item, Option, Reason, replace
from question_bank.loader import read_source, validate
from question_bank.waivers import Placed, Waiver, twice_waived


class CuratedOption(Record):
    """One option of a hand-written item."""

    text: str
    correct: bool = False
    rationale: str
    reason: Reason
    evidence: tuple[FactId, ...] = ()
    claim: AnyClaim


class CuratedItem(Record):
    """A hand-written item; ``facts`` are what it tests, and their quotations prove its key."""

    uid: str = Field(pattern=r"^[a-z0-9-]+$")
    topic: Topic
    model: str
    bloom: Bloom
    stance: Stance = "fact"
    speaker: str | None = None
    facts: tuple[FactId, ...] = Field(min_length=1)
    stem: str
    explanation: str
    ordered: bool = False
    design: Design = ""
    difficulty: float = 0.0
    since_then: SinceThen | None = None
    option: tuple[CuratedOption, ...]
    line: int = 0

    @model_validator(mode="after")
    def _has_one_key(self) -> CuratedItem:
        if sum(option.correct for option in self.option) != 1:
            raise ValueError("needs exactly one option with correct = true")
        return self


class Reject(Record):
    """A generated item that is not to be used, and why."""

    uid: str
    reason: str = Field(min_length=8)
    line: int = 0


class Reword(Record):
    """Better words, or a better level, for a generated item; its key, claims and facts stay as generated."""

    uid: str
    because: str = Field(min_length=8)
    bloom: Bloom | None = None
    stem: str | None = None
    explanation: str | None = None
    line: int = 0


class CuratedFile(Record):
    """One file of decisions."""

    item: tuple[CuratedItem, ...] = ()
    reject: tuple[Reject, ...] = ()
    reword: tuple[Reword, ...] = ()
    waiver: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Curation:
    """All decisions, each with the file and line where it stands."""

    items: tuple[tuple[Item, Path, int], ...]
    rejects: dict[str, Reject]
    rewords: dict[str, Reword]
    places: dict[str, tuple[Path, int]]
    waivers: tuple[Placed, ...] = ()


def load_curation(folder: Path, base: FactBase, faults: list[Fault]) -> Curation:
    """Every decision of a folder; what is wrong is added to ``faults``."""
    items: list[tuple[Item, Path, int]] = []
    rejects: dict[str, Reject] = {}
    rewords: dict[str, Reword] = {}
    places: dict[str, tuple[Path, int]] = {}
    waivers: list[Placed] = []
    for path in sorted(folder.glob("*.toml")):
        for curated in _read(path, faults):
            where = (path, curated.line)
            if isinstance(curated, Waiver):
                waivers.append((curated, path))
                continue
            if curated.uid in places:
                faults.append(
                    Fault(
                        *where, f"{curated.uid} is decided a second time; first at {places[curated.uid][0]}"
                    )
                )
            places[curated.uid] = where
            if isinstance(curated, Reject):
                rejects[curated.uid] = curated
            elif isinstance(curated, Reword):
                rewords[curated.uid] = curated
            else:
                item, complaints = _item(curated, base)
                faults.extend(Fault(*where, complaint) for complaint in complaints)
                if item:
                    items.append((item, *where))
    faults.extend(twice_waived(waivers))
    return Curation(tuple(items), rejects, rewords, places, tuple(waivers))


def reworded(item: Item, curation: Curation) -> Item:
    """The item in the curator's words, where there are any."""
    better = curation.rewords.get(item.uid)
    if better is None:
        return item
    return replace(
        item,
        stem=better.stem or item.stem,
        explanation=better.explanation or item.explanation,
        bloom=better.bloom or item.bloom,
    )


def unused(curation: Curation, generated: Iterable[str]) -> Iterator[Fault]:
    """A fault for better words that find no item: they would be lost unseen."""
    for uid in sorted(curation.rewords.keys() - frozenset(generated)):
        yield Fault(*curation.places[uid], f"there is no generated item {uid} to reword")


def idle(curation: Curation, generated: Iterable[str]) -> Iterator[Fault]:
    """Rejections of items that are no longer generated: no harm, but they can go."""
    for uid in sorted(curation.rejects.keys() - frozenset(generated)):
        yield Fault(*curation.places[uid], f"there is no generated item {uid} to reject; the decision can go")


def _read(path: Path, faults: list[Fault]) -> tuple[CuratedItem | Reject | Reword | Waiver, ...]:
    source = read_source(path, faults)
    if source is None:
        return ()
    for kind in ("item", "reject", "reword", "waiver"):
        tables: Any = source.values.get(kind)
        for i, table in enumerate(tables if isinstance(tables, list) else ()):
            if isinstance(table, dict):
                table["line"] = source.line(kind, i)
    file = validate(source, CuratedFile, faults)
    return (*file.item, *file.reject, *file.reword, *file.waiver) if file else ()


def _item(curated: CuratedItem, base: FactBase) -> tuple[Item | None, tuple[str, ...]]:
    """The item, or complaints about the facts that it cites."""
    named = {*curated.facts, *(fact for option in curated.option for fact in option.evidence)}
    unknown = sorted(named - set(base.facts))
    if unknown:
        return None, tuple(f"{curated.uid} cites {fact}, which is no fact" for fact in unknown)
    facts = tuple(
        dict.fromkeys(name for fact in curated.facts for name in (fact, *sorted(base.same_statement(fact))))
    )
    speaker = base.entities.get(curated.speaker or "")
    item = Item(
        uid=curated.uid,
        origin="curated",
        topic=curated.topic,
        model=curated.model,
        family=slug(curated.model, *sorted(facts)),
        stem=curated.stem,
        options=tuple(_option(option, base) for option in curated.option),
        explanation=curated.explanation,
        evidence=_quotations(curated.facts, base),
        facts=facts,
        bloom=curated.bloom,
        stance=curated.stance,
        speaker=speaker.label if speaker else curated.speaker,
        ordered=curated.ordered,
        difficulty=curated.difficulty,
        design=curated.design,
        camp=speaker.camp if speaker else None,
        since_then=curated.since_then,
    )
    return item, ()


def _option(curated: CuratedOption, base: FactBase) -> Option:
    return Option(
        curated.text,
        curated.correct,
        curated.rationale,
        curated.reason,
        _quotations(curated.evidence, base),
        curated.claim,
    )


def _quotations(facts: tuple[str, ...], base: FactBase) -> tuple[Quotation, ...]:
    return tuple(dict.fromkeys(quotation for fact in facts for quotation in base.facts[fact].quotations))
