"""Catalogues: every text of the interface is translated, nothing else is, and as its language writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from question_bank.lint import RULES
from quizapp.assets import TEMPLATES_DIR
from quizapp.languages import CATALOGUES, LANGUAGES, CatalogueError, read_catalogue
from quizapp.services.findings import Finding

PACKAGE = CATALOGUES.parent
TRANSLATED = [language for language in LANGUAGES if language != "en"]

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "mark": None,
    "Sentence": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# Words and phrases that both languages write alike.
SAME_IN_BOTH = {
    "fr": {
        "Action", "Code", "Conclusion", "Date", "Description", "Document", "E-mail", "Export", "Format", "Import",
        "Note", "Opinion", "Option", "Option %(letter)s", "Options", "Page %(number)s", "Place", "Question",
        "Questions", "Source", "Sources", "Test", "Total", "Version", "Version %(number)s", "Versions",
        "%(what)s (version %(number)s)", "1 question", "2 questions", "opinion", "options",
    },
}  # fmt: skip
# What people are told to type stands in translations letter by letter.
TYPED = ('A¶7: "the very words"', '«\u202f"\u202f»')

Id = str | tuple[str, str]


@cache
def used() -> dict[tuple[str | None, Id], list[str]]:
    """The texts that code and templates ask for, with the files that they stand in."""
    found: dict[tuple[str | None, Id], list[str]] = {}
    for folder, method in ((PACKAGE, "**.py"), (TEMPLATES_DIR, "**.*")):
        name = "python" if method == "**.py" else "jinja2.ext:babel_extract"
        options = {"**": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
        texts = extract_from_dir(folder, [(method, name)], options, KEYWORDS)
        for file, _, text, _, context in texts:
            found.setdefault((context, text), []).append(f"{folder.name}/{file}")
    for rule in RULES:
        finding = Finding(rule.id, rule.severity, "stem", "")
        own_idea = [rule.source] if not re.search(r"\d", rule.source) else []  # and no citation
        for text in (rule.title, finding.title, finding.reason, *own_idea):
            found.setdefault((None, text), []).append(f"question_bank/lint/{rule.id}")
    return found


def key(message: Message) -> tuple[str | None, Id]:
    return message.context, message.id


def catalogues(language: str) -> Iterator[tuple[str, Catalog]]:
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            yield path.name, read_po(file, locale=language, abort_invalid=True)


def messages(language: str) -> Iterator[tuple[str, Message, tuple[str, ...]]]:
    """Every message of a language with its file and its translations: several for what is counted."""
    for name, catalogue in catalogues(language):
        for message in catalogue:
            if message.id:
                strings = message.string if isinstance(message.string, tuple) else (message.string,)
                yield name, message, strings


def prose(text: str) -> str:
    """The text without markup and without what is to be typed."""
    for typed in TYPED:
        text = text.replace(typed, "")
    return re.sub(r"<code>.*?</code>|<[^>]+>", "", text)


def test_texts_are_found() -> None:
    """Otherwise all other tests here pass for want of anything to test."""
    assert (None, "Skip to the content") in used()
    assert (None, ("%(num)s fact", "%(num)s facts")) in used()
    assert (None, "A known misreading") in used()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    known = {key(message) for message in read_catalogue(language) if message.id and all(message.string)}

    missing = sorted(
        f"{files[0]}: {text!r}" for (context, text), files in used().items() if (context, text) not in known
    )

    assert missing == [], f"not in any catalogue of {language!r}:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_translated_that_nobody_shows(language: str) -> None:
    unused = [
        f"{name}: {message.id!r}" for name, message, _ in messages(language) if key(message) not in used()
    ]
    obsolete = [f"{name}: {id_!r}" for name, catalogue in catalogues(language) for id_ in catalogue.obsolete]

    assert unused + obsolete == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess_or_half_done(language: str) -> None:
    plurals = read_catalogue(language).num_plurals
    wrong = [
        f"{name}: {message.id!r}"
        for name, message, strings in messages(language)
        if message.fuzzy or not all(strings) or len(strings) != (plurals if message.pluralizable else 1)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_values_stand_on_both_sides(language: str) -> None:
    """Of what is counted, the form for one may say so in words, as the English one does."""
    wrong = []
    for name, message, strings in messages(language):
        one, many = message.id if message.pluralizable else (message.id, message.id)
        least = [placeholders(one)] * (len(strings) - 1) + [placeholders(many)]
        wrong += [
            f"{name}: {text!r}"
            for text, least in zip(strings, least, strict=True)
            if not least <= placeholders(text) <= placeholders(many)
        ]

    assert wrong == []


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_markup_is_the_same_on_both_sides(language: str) -> None:
    wrong = [
        f"{name}: {text!r}"
        for name, message, strings in messages(language)
        for text in strings
        if tags(message.id if isinstance(message.id, str) else message.id[1]) != tags(text)
    ]

    assert wrong == []


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"<[^>]+>", text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_the_same_in_both_languages_is_so_on_purpose(language: str) -> None:
    same = {
        message.id
        for _, message, strings in messages(language)
        if message.id in strings and re.search(r"[^\W\d_]{2}", re.sub(r"%\(\w+\)s", "", str(message.id)))
    }

    assert same - SAME_IN_BOTH[language] == set()


# What French printers do, each with the slip that it finds.
SLIPS = {
    "a mark without its narrow space": r"(?<![\u202f])[;!?»]",
    "a colon without its space": r"(?<![\u202f\u00a0]):(?=\s|$)",
    "guillemets without their narrow space": r"«(?!\u202f)",
    "a straight apostrophe": r"'",
    "straight or English quotation marks": r'["“”]',
    "three points": r"\.\.\.",
    "a percentage without its space": r"(?<=[\ds])%(?![(%])(?<!\)s)",
    "a space of one's own beside a narrow one": r" \u202f|\u202f ",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_french_is_set_as_french(slip: str) -> None:
    wrong = [
        f"{name}: {text!r}"
        for name, _, strings in messages("fr")
        for text in strings
        if re.search(SLIPS[slip], prose(text))
    ]

    assert wrong == []


def write(folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    entries = "".join(f'\nmsgid "{text}"\nmsgstr "{translation}"\n' for text, translation in pairs)
    (folder / "fr").mkdir(exist_ok=True)
    (folder / "fr" / name).write_text(header + entries)


def test_catalogues_of_one_language_are_read_as_one(tmp_path: Path) -> None:
    write(tmp_path, "a.po", ("Yes", "Oui"), ("No", "Non"))
    write(tmp_path, "b.po", ("Yes", "Oui"), ("Perhaps", "Peut-être"), ("Never", ""))

    whole = read_catalogue("fr", tmp_path)

    assert {message.id: message.string for message in whole if message.id} == {
        "Yes": "Oui",
        "No": "Non",
        "Perhaps": "Peut-être",
    }


def test_two_translations_of_one_text_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.po", ("Yes", "Oui"))
    write(tmp_path, "b.po", ("Yes", "Si"))

    with pytest.raises(CatalogueError, match=r"b\.po: 'Yes'"):
        read_catalogue("fr", tmp_path)
