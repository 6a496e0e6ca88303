"""A language for tests, in which every text that is looked up stands in brackets, and what of a page does not."""

from __future__ import annotations

import re
from functools import reduce
from html.parser import HTMLParser

from babel.support import NullTranslations

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
WITHOUT_WORDS = {"script", "style", "code", "pre", "time", "kbd"}
SHOWN_ATTRIBUTES = {"alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext"} | {
    "hx-confirm",
    "label",
    "placeholder",
    "title",
}

_WORD = re.compile(r"[^\W\d_]{2,}")
_DAY = re.compile(r"\b\d{1,2}(er)? [a-zéû]+\.? \d{4}\b")  # as Babel writes it in French
_FOR_SCRIPTS = re.compile(r"/\S*|[a-z\d_-]*")  # addresses and names of elements
_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")


class Bracketed(NullTranslations):
    """Translations into brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧" if context else message

    ugettext = gettext
    ungettext = ngettext
    upgettext = pgettext


def unbracketed(page: str, *names: str) -> list[str]:
    """What the page says outside brackets, in its text and in attributes that are shown or read out.

    What it says in a language of its own, or not to be translated, is left out, and so are these names, for the title
    of a page can say nothing of that kind.
    """
    reader = _Reader()
    reader.feed(page)
    said = ["".join(reader.text), *reader.attributes]
    left = [reduce(lambda text, name: text.replace(name, ""), names, _outside(text)) for text in said]
    return [re.sub(r"\s+", " ", text).strip() for text in left if _WORD.search(text)]


def _outside(text: str) -> str:
    """The text without what stands in brackets, which may stand in one another."""
    while text != (shorter := _BRACKETED.sub("", text)):
        text = shorter
    return _DAY.sub("", text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.attributes: list[str] = []
        self._open: list[tuple[str, bool]] = [("", False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        own_language = "lang" in named and tag != "html"
        is_left_out = (
            self._open[-1][1] or own_language or tag in WITHOUT_WORDS or named.get("translate") == "no"
        )
        if not is_left_out:
            self.attributes += [value for name, value in named.items() if _is_shown(tag, name, named)]
        if tag not in VOID:
            self._open.append((tag, is_left_out))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Of drawings: <path/>."""

    def handle_endtag(self, tag: str) -> None:
        while self._open[-1][0] and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open[-1][1]:
            self.text.append(data)


def _is_shown(tag: str, name: str, named: dict[str, str]) -> bool:
    if name == "value":
        return tag == "input" and named.get("type") in {"submit", "button", "reset"}
    if name == "content":
        return named.get("name") == "description"
    if name.startswith("data-"):
        return not _FOR_SCRIPTS.fullmatch(named[name])
    return name in SHOWN_ATTRIBUTES
