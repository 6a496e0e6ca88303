"""The fact base: both documents and the vocabulary in one frozen value, with the look-ups that rules need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from question_bank.facts import (
    Document,
    EntityRecord,
    ErrorKind,
    Fact,
    Passage,
    Relation,
    Scale,
    TopicRecord,
)
from question_bank.vocabulary import Vocabulary


@dataclass(frozen=True)
class FactBase:
    """Everything that the seeds say."""

    topics: tuple[TopicRecord, ...]
    documents: tuple[Document, ...]
    vocabulary: Vocabulary

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every fact by its id, in the order of the documents."""
        return {fact.id: fact for document in self.documents for fact in document.facts}

    @cached_property
    def item_grade(self) -> tuple[Fact, ...]:
        """The facts that may become the matter of an item."""
        return tuple(fact for fact in self.facts.values() if fact.use == "item")

    @cached_property
    def entities(self) -> dict[str, EntityRecord]:
        """Every entity by its id."""
        return {entity.id: entity for entity in self.vocabulary.entity}

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """Every relation by its id."""
        return {relation.id: relation for relation in self.vocabulary.relation}

    @cached_property
    def scales(self) -> dict[str, Scale]:
        """Every scale by its id."""
        return {scale.id: scale for scale in self.vocabulary.scale}

    @cached_property
    def errors(self) -> dict[str, ErrorKind]:
        """Every kind of misreading by its id."""
        return {error.id: error for error in self.vocabulary.error}

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words that the passages write small somewhere: no names, so that a sentence's first word may be lowered."""
        text = " ".join(passage.text for document in self.documents for passage in document.passage)
        return frozenset(re.findall(r"\b[a-z]+\b", text))

    def lowered(self, sentence: str) -> str:
        """The sentence for the middle of another one: its first letter small unless it begins with a name."""
        first = re.match(r"[A-Z][a-z]*\b", sentence)
        begins_with_a_name = any(
            sentence.startswith(entity.label) and not entity.label.startswith(("The ", "A "))
            for entity in self.vocabulary.entity
            if entity.type in {"person", "place", "country", "term"}
        )
        if first and first.group().lower() in self.common_words and not begins_with_a_name:
            return sentence[0].lower() + sentence[1:]
        return sentence

    @cached_property
    def document_by_id(self) -> dict[str, Document]:
        """Every document by its id, the original's file name."""
        return {document.id: document for document in self.documents}

    @cached_property
    def by_relation(self) -> dict[tuple[str, str], tuple[Fact, ...]]:
        """Facts by subject and relation."""
        found: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.facts.values():
            found.setdefault((fact.subject, fact.relation), []).append(fact)
        return {key: tuple(facts) for key, facts in found.items()}

    def passage(self, document: str, paragraph: int) -> Passage:
        """The passage at ``paragraph`` of ``document``; KeyError where there is none."""
        for passage in self.document_by_id[document].passage:
            if passage.n == paragraph:
                return passage
        raise KeyError((document, paragraph))

    def document_of(self, fact: Fact) -> Document:
        """The document that states ``fact``."""
        return self.document_by_id[fact.document]

    def same_statement(self, fact_id: str) -> frozenset[str]:
        """``fact_id`` and all that echo it, whichever side names the echo."""
        group = {fact_id}
        while True:
            grown = group.union(*(self._echoes.get(known, ()) for known in group))
            if grown == group:
                return frozenset(group)
            group = grown

    @cached_property
    def _echoes(self) -> dict[str, set[str]]:
        """Which facts echo which, from either side."""
        echoes: dict[str, set[str]] = {}
        for fact in self.facts.values():
            for echo in fact.echoes:
                echoes.setdefault(fact.id, set()).add(echo)
                echoes.setdefault(echo, set()).add(fact.id)
        return echoes

    def same_matter(self, fact_id: str) -> frozenset[str]:
        """All facts that answer the same question as ``fact_id``: its echoes, and those asked in the same words."""
        asked = self.facts[fact_id].ask
        alike = {fact.id for fact in self.facts.values() if asked and fact.ask == asked}
        return self.same_statement(fact_id) | alike

    def contrasting(self, fact_id: str) -> frozenset[str]:
        """All facts that stand in contrast to ``fact_id``, whichever side names the contrast (rule F9)."""
        named_by = {other.id for other in self.facts.values() if fact_id in other.contrasts}
        return frozenset(named_by) | frozenset(self.facts[fact_id].contrasts)
