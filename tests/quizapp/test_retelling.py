"""What the database keeps in English is told in the language of the page, and in English word for word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from quizapp.languages import say
from quizapp.marking import Sentence
from quizapp.retelling import retell_note, retell_suspension

NNBSP = "\N{NARROW NO-BREAK SPACE}"

NOTES = {
    "Version 3 again": "De nouveau la version 3",
    "The key was corrected": "La bonne réponse a été corrigée",
    "The rebuild's version was declined": "La version de la reconstruction a été refusée",
    "Taken over from the rebuild: stem, since then": f"Repris de la reconstruction{NNBSP}: question, "
    "ce qui s’est passé depuis",
    "Rebuild: stem, novelty": f"Reconstruction{NNBSP}: question, novelty",
    "Imported from a CSV file": "Importé d’un fichier CSV",
    "It was edited; a second teacher has to approve it.": (
        f"Elle a été modifiée{NNBSP}; un second enseignant doit l’approuver."
    ),
    "Version 3 was better": "Version 3 was better",
    "": "",
}
REASONS = {
    "Rebuild of 1 March 2026: A¶3 was changed; fact NC-A01 is no longer stated.": (
        f"Reconstruction du 1er mars 2026{NNBSP}: A¶3 a été modifié; le fait NC-A01 n’est plus énoncé."
    ),
    "Rebuild of 2 March 2026: fact NC-A01 was changed and reads now: “One; fact or two”.": (
        f"Reconstruction du 2 mars 2026{NNBSP}: le fait NC-A01 a été modifié et se lit maintenant{NNBSP}: "
        f"«{NNBSP}One; fact or two{NNBSP}»."
    ),
    "Rebuild of 2 March 2026: A¶3 was changed. Rebuild of 3 March 2026: A¶3 is odd.": (
        f"Reconstruction du 2 mars 2026{NNBSP}: A¶3 a été modifié. "
        f"Reconstruction du 3 mars 2026{NNBSP}: A¶3 is odd."
    ),
    "Somebody said so.": "Somebody said so.",
}


@pytest.mark.parametrize(("told", "french"), NOTES.items())
def test_notes_of_versions(app: Flask, told: str, french: str) -> None:
    assert in_language(app, "en", retell_note, told) == told
    assert in_language(app, "fr", retell_note, told) == french


@pytest.mark.parametrize(("told", "french"), REASONS.items())
def test_reasons_of_suspensions(app: Flask, told: str, french: str) -> None:
    assert in_language(app, "en", retell_suspension, told) == told
    assert in_language(app, "fr", retell_suspension, told) == french


def test_a_sentence_is_its_english_and_knows_how_to_be_said(app: Flask) -> None:
    where = Sentence("The evidence of option %(letter)s", letter="B")
    told = Sentence("%(where)s: %(fault)s", where=where, fault="100 % odd")

    assert told == "The evidence of option B: 100 % odd"
    assert in_language(app, "en", say, told) == told
    assert in_language(app, "fr", say, told) == f"La preuve de l’option B{NNBSP}: 100 % odd"
    assert in_language(app, "fr", say, "") == ""


def in_language(app: Flask, language: str, say_it: Callable[[str], str], told: str) -> str:
    with app.test_request_context(headers={"Accept-Language": language}):
        return say_it(told)
