"""What can be checked only where the originals are at hand: hashes, and that facts say no more than their paragraphs.

The originals are other people's articles and no part of the project; a folder that holds them as the files that
the documents are named after is enough. Faults name the seed file and the line of the fact.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, permutations
from pathlib import Path

from question_bank.errors import Fault
from question_bank.fact_base import FactBase
from question_bank.facts import Document, Fact
from question_bank.lint.evidence import locators, without_locators
from question_bank.mentions import NameIndex, has_capital, spaced, unsupported_numbers
from question_bank.quantities import numbers
from question_bank.text import fold, norm, prose_words
from question_bank.wording import render

# Other words for the same people, country or month: the originals say "Beijing", "white" and "Nov." where the
# facts say "China" or "Chinese", "of European origin" and "November".
_SAME = (
    "china chinese beijing", "france french", "australia australian", "america american us states",
    "algeria algerian", "corsica corsican", "africa african", "european europe europeans eu white", "germany german",
    "january jan", "february feb", "september sept sep", "october oct", "november nov", "december dec", "august aug",
    "kanak kanaks", "caledonia caledonian caledonians", "britain british",
)  # fmt: skip
# Both documents are about New Caledonia from end to end: naming it adds nothing to what a paragraph says.
_SETTING = frozenset({"new", "caledonia"})
_SHORTEST_PLURAL = 4  # letters: "bus" and "gas" keep their s
_ROOTS = {word: group.split()[0] for group in _SAME for word in group.split()}
_CAPITALISED = re.compile(r"\b[^\W\d_]\w*")
_SENTENCE_START = re.compile(r"(?:^|[.?!:]\s+|[“\"(]\s*)$")


@dataclass(frozen=True)
class Originals:
    """The paragraphs of each document as published, normalised, by the document's id."""

    files: dict[str, bytes] = field(repr=False)

    @cached_property
    def paragraphs(self) -> dict[str, tuple[str, ...]]:
        """The non-empty blocks between blank lines, each with its white space normalised."""
        return {name: paragraphs(data.decode()) for name, data in self.files.items()}

    def paragraph(self, document: str, number: int) -> str:
        """One paragraph; empty where there is none."""
        found = self.paragraphs.get(document, ())
        return found[number - 1] if 0 < number <= len(found) else ""


def read_originals(folder: Path, base: FactBase) -> Originals:
    """The originals of the base's documents that ``folder`` holds."""
    paths = ((document.id, folder / document.id) for document in base.documents)
    return Originals({name: path.read_bytes() for name, path in paths if path.is_file()})


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of an original: non-empty blocks between blank lines, normalised."""
    return tuple(filter(None, (norm(block) for block in re.split(r"\n\s*\n", text))))


def sha256(paragraph: str) -> str:
    """What the seeds hold of a normalised paragraph."""
    return hashlib.sha256(paragraph.encode()).hexdigest()


def document_faults(base: FactBase, originals: Originals) -> Iterator[Fault]:
    """Documents and passages whose hash is not that of the original, and paragraphs that no passage restates."""
    for document in base.documents:
        path = _seed_file(document)
        data = originals.files.get(document.id, b"")
        if hashlib.sha256(data).hexdigest() != document.sha256:
            yield Fault(path, 0, "sha256 is not that of the original file")
        there = originals.paragraphs.get(document.id, ())
        if len(document.passage) != len(there):
            yield Fault(path, 0, f"restates {len(document.passage)} paragraphs of {len(there)}")
        for passage in document.passage:
            if sha256(originals.paragraph(document.id, passage.n)) != passage.sha256:
                yield Fault(path, passage.line, f"passage {passage.n}: sha256 is not that of the paragraph")


def fact_faults(base: FactBase, originals: Originals) -> Iterator[Fault]:
    """Numbers, years, names and quoted words of facts that do not stand in the paragraphs that they cite."""
    names = NameIndex.of(base.vocabulary)
    for document in base.documents:
        for fact in document.facts:
            for message in _claims_too_much(fact, base, originals, names):
                yield Fault(_seed_file(document), fact.line, f"{fact.id}: {message}")


def _claims_too_much(fact: Fact, base: FactBase, originals: Originals, names: NameIndex) -> Iterator[str]:
    places = [(quotation.document, quotation.paragraph) for quotation in fact.quotations]
    support = [originals.paragraph(*place) for place in places]
    letters: dict[str, str] = {document.letter: document.id for document in base.documents}
    for token, where in fact.from_elsewhere.items():
        paragraph = originals.paragraph(
            letters.get(where[:1], ""), int(where[1:]) if where[1:].isdigit() else 0
        )
        yield from (
            f"from_elsewhere {token} = {where}: {fault}" for fault in _unfounded(token, paragraph, names)
        )
        support.append(token)
    for part, text in _texts(fact, base):
        cited = [originals.paragraph(letters.get(letter, ""), n) for letter, n in locators(text)]
        told = _without_frames(without_locators(text), base)
        yield from (f"{part}: {fault}" for fault in _unsupported(told, support + cited, names))
    if fact.wording and f" {' '.join(prose_words(fact.wording))} " not in _run_of(support):
        yield "wording: these words do not stand in the paragraph"


def _texts(fact: Fact, base: FactBase) -> Iterator[tuple[str, str]]:
    yield "statement", fact.statement
    yield "label", fact.label
    yield "value", render(fact.value, base)
    for name in ("headline", "ask", "who", "note"):
        if text := getattr(fact, name):
            yield name, text.replace("{source}", "")


def _unfounded(token: str, paragraph: str, names: NameIndex) -> Iterator[str]:
    """What ``from_elsewhere`` lists: a number may also follow from those of the paragraph, a number word may count."""
    if not paragraph:
        yield "there is no such paragraph"
    elif any(digit.isdigit() for digit in token):
        yield from _unsupported(token, [paragraph], names, _derivable(numbers(paragraph)))
    elif not numbers(token):
        yield from _unsupported(token, [paragraph], names)


def _derivable(stated: frozenset[float]) -> frozenset[float]:
    """Sums of up to three stated numbers, what they leave of 100, and differences; "last year" takes one away."""
    sums = {sum(some) for size in (1, 2, 3) for some in combinations(stated, size)}
    return frozenset(
        sums | {100 - total for total in sums} | {a - b for a, b in permutations(stated | {1.0}, 2)}
    )


def _unsupported(
    text: str, support: list[str], names: NameIndex, known: frozenset[float] = frozenset()
) -> Iterator[str]:
    for number in unsupported_numbers(text, support, known):
        yield f"the number {number} is not in the paragraph"
    there = _SETTING | {_root(word) for part in support for word in spaced(part).split()}
    found = names.find(text)
    supported = {word for name in found if not names.unsupported(name, support) for word in name.split()}
    for word in dict.fromkeys(_names_in(text, frozenset(word for name in found for word in name.split()))):
        if word not in supported and _root(word) not in there:
            yield f"the name {word} is not in the paragraph"


def _names_in(text: str, known: frozenset[str]) -> Iterator[str]:
    """The words with a capital; of those that begin a sentence or a quotation only the ``known`` ones."""
    plain = norm(text)
    for match in _CAPITALISED.finditer(plain):
        word = spaced(match.group()).strip()
        if has_capital(word) and (word in known or not _SENTENCE_START.search(plain[: match.start()])):
            yield word


def _root(word: str) -> str:
    folded = fold(word).removesuffix("'s")
    return _ROOTS.get(folded, folded.removesuffix("s") if len(folded) > _SHORTEST_PLURAL else folded)


def _run_of(support: list[str]) -> str:
    return " ".join(f" {' '.join(prose_words(part))} " for part in support)


def _without_frames(text: str, base: FactBase) -> str:
    for document in base.documents:
        text = text.replace(document.frame, " ").replace(document.name, " ")
    return text


def _seed_file(document: Document) -> Path:
    return Path(f"{document.id.rpartition('.')[0]}.toml")
