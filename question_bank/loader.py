"""Reads the seed files and checks them: every fault is collected and reported with its file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from question_bank.errors import Fault, SeedFaultsError
from question_bank.fact_base import FactBase
from question_bank.facts import Document, Record, TopicRecord
from question_bank.seed_rules import faults_of
from question_bank.toml_positions import Path as TomlPath
from question_bank.toml_positions import line_numbers, nearest_line
from question_bank.vocabulary import Vocabulary

_PACKAGE = Path(__file__).resolve().parent
SEEDS_DIR = _PACKAGE / "seeds" if (_PACKAGE / "seeds").is_dir() else _PACKAGE.parent / "seeds"
CURATED_DIR = _PACKAGE / "curated"

RecordType = TypeVar("RecordType", bound=BaseModel)


class TopicsFile(Record):
    """topics.toml."""

    topic: tuple[TopicRecord, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A TOML file as read: its values, and the lines on which they stand."""

    path: Path
    values: dict[str, Any]
    lines: dict[TomlPath, int]

    def line(self, *path: str | int) -> int:
        """The line of the value at ``path``."""
        return nearest_line(self.lines, path)


def load(seeds: Path) -> FactBase:
    """The fact base of a folder of seed files; raises SeedFaultsError with every fault found."""
    faults: list[Fault] = []
    topics = _load_file(seeds / "topics.toml", TopicsFile, faults)
    vocabulary = _load_file(seeds / "vocabulary.toml", Vocabulary, faults)
    documents = [_load_document(path, faults) for path in _document_files(seeds)]
    if not documents:
        faults.append(
            Fault(seeds, 0, "holds no document: there is no .toml file beside topics and vocabulary")
        )
    complete = [document for document in documents if document is not None]
    if topics is None or vocabulary is None or len(complete) < len(documents) or not documents:
        raise SeedFaultsError(tuple(faults))
    base = FactBase(topics.topic, tuple(sorted(complete, key=lambda document: document.letter)), vocabulary)
    faults.extend(Fault(seeds / name, line, message) for name, line, message in faults_of(base))
    if faults:
        raise SeedFaultsError(tuple(faults))
    return base


def read_source(path: Path, faults: list[Fault]) -> Source | None:
    """The file's values with their lines; a fault is added, and None returned, where it is not TOML."""
    try:
        text = path.read_text(encoding="utf-8")
        return Source(path, tomllib.loads(text), line_numbers(text))
    except FileNotFoundError:
        faults.append(Fault(path, 0, "is missing"))
    except UnicodeDecodeError as error:
        faults.append(Fault(path, 0, f"is not UTF-8: {error.reason} at byte {error.start}"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        faults.append(Fault(path, int(found.group(1)) if found else 0, f"is not valid TOML: {error}"))
    return None


def validate(source: Source, record: type[RecordType], faults: list[Fault]) -> RecordType | None:
    """The file as ``record``; a fault for every field that does not fit, and None, where it is not one."""
    try:
        return record.model_validate(source.values)
    except ValidationError as error:
        faults.extend(_faults_in(error, source))
        return None


def _faults_in(error: ValidationError, source: Source) -> Iterator[Fault]:
    for problem in error.errors(include_url=False):
        path = tuple(problem["loc"])
        place = ".".join(str(part) for part in path if not isinstance(part, int))
        yield Fault(source.path, source.line(*path), f"{place}: {problem['msg']}")


def _load_file(path: Path, record: type[RecordType], faults: list[Fault]) -> RecordType | None:
    source = read_source(path, faults)
    return validate(source, record, faults) if source else None


def _document_files(seeds: Path) -> list[Path]:
    return [path for path in sorted(seeds.glob("*.toml")) if path.stem not in {"topics", "vocabulary"}]


def _load_document(path: Path, faults: list[Fault]) -> Document | None:
    source = read_source(path, faults)
    if source is None:
        return None
    for i, passage in enumerate(_tables(source.values.get("passage"))):
        passage["line"] = source.line("passage", i)
        for j, fact in enumerate(_tables(passage.get("fact"))):
            fact["document"] = source.values.get("id", "")
            fact["paragraph"] = passage.get("n", 0)
            fact["line"] = source.line("passage", i, "fact", j)
    return validate(source, Document, faults)


def _tables(value: object) -> list[dict[str, Any]]:
    """The tables of an array of tables; what is none of these is left to the validation."""
    return [table for table in value if isinstance(table, dict)] if isinstance(value, list) else []
