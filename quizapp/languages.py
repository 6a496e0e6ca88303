"""Languages: which one a page speaks, and what it says in it, read from catalogues as translators write them."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import cast

import flask_babel
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale, gettext

from quizapp.marking import Sentence

LANGUAGES = {"en": "English", "fr": "Français"}
CATALOGUES = Path(__file__).resolve().parent / "translations"
LANGUAGE = "language"  # where the cookie keeps what was chosen

_SPOKEN = "en"  # what texts in the code are written in


class CatalogueError(Exception):
    """A catalogue cannot be read, or two give one text different translations."""


def init_app(app: Flask) -> None:
    """Translate pages into the language chosen, or else the one that the browser asks for."""
    _Babel(app, default_locale=_SPOKEN, locale_selector=language_here)
    app.context_processor(lambda: {"language": str(get_locale()), "languages": LANGUAGES})
    app.after_request(_tell)


def language_here() -> str:
    """The language of this request."""
    if not has_request_context():
        return _SPOKEN
    chosen = session.get(LANGUAGE)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, default=_SPOKEN)


def _tell(response: Response) -> Response:
    """Say which language a page is in, and keep caches from giving it to those who asked for another."""
    if response.mimetype == "text/html":
        response.content_language.add(str(get_locale()))
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def say(text: str) -> str:
    """What a service has marked, in the language of this page; a text that no catalogue has stays as it is."""
    if isinstance(text, Sentence):
        values = {
            name: say(value) if isinstance(value, Sentence) else value for name, value in text.values.items()
        }
        return str(gettext(text.msgid)) % values
    return str(gettext(text)) if text else ""


def lazy_gettext(text: str) -> str:
    """A text of a form, which is made before any page asks: it is translated when it is shown.

    It is no string, but forms take it for one.
    """
    told: object = flask_babel.lazy_gettext(text)
    return cast("str", told)


def read_catalogue(language: str, folder: Path = CATALOGUES) -> Catalog:
    """All catalogues of a language as one: there is one a screen family, so that each stays small.

    Raises CatalogueError, which names the file, for one that cannot be read and for texts translated twice in
    different ways.
    """
    whole = Catalog(locale=language)
    for path in sorted((folder / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        for message in catalogue:
            known = whole.get(message.id, message.context) if message.id else None
            if known is not None and known.string != message.string:
                raise CatalogueError(f"{path.name}: {message.id!r} is translated differently elsewhere")
            if message.id and message.string and not message.fuzzy:
                whole[message.id] = message
    return whole


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: str) -> NullTranslations:
    """What pages look texts up in."""
    if language == _SPOKEN:
        return NullTranslations()
    packed = io.BytesIO()
    write_mo(packed, read_catalogue(language))
    packed.seek(0)
    return Translations(packed)


class _Domain(Domain):
    """Looks up in our catalogues."""

    def get_translations(self) -> NullTranslations:
        return translations(str(get_locale()))


class _Babel(Babel):
    domain_instance = _Domain()
