"""A language that is not one: every text in brackets, so that what never went through a catalogue stands out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from babel.support import NullTranslations
from markupsafe import escape

from quizapp import languages

_READ_OUT = ("alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "title")
_OURS = re.compile(r"data-(some|all|told|label|text)")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SILENT = frozenset({"script", "style", "svg"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES = re.compile(r"\b(Ibid|Français)\b")  # of the product, and of the language itself


class _Bracketed(NullTranslations):
    """Puts every text into brackets."""

    def ugettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ungettext(self, msgid1: str, msgid2: str, num: int) -> str:
        return self.ugettext(msgid1 if num == 1 else msgid2)


def speak_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, every text that pages translate stands in brackets."""
    spoken = {"en": NullTranslations(), "fr": _Bracketed()}
    monkeypatch.setattr(languages, "translations", spoken.__getitem__)


def untranslated(page: str, *content: str) -> list[str]:
    """What a reader meets outside the brackets, unless it is marked as English or as not to be translated.

    Moments are told by the calendar of the language, not by catalogues. The title of a window can say no language:
    ``content`` may stand there.
    """
    listener = _Listener()
    for words in content:
        page = page.replace(f"<title>{escape(words)}", "<title>")
    listener.feed(page)
    listener.close()
    return listener.found


class _Listener(HTMLParser):
    """Reads a page as people and screen readers do."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._left_out: list[bool] = []
        self._depth = 0  # of brackets: a text may hold elements

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        left_out = self._is_left_out() or tag in _SILENT or tag == "time" or named.get("translate") == "no"
        left_out = left_out or named.get("lang", "fr") != "fr"
        if not left_out and not self._depth:
            for name, value in attrs:
                is_button = name == "value" and tag == "input" and named.get("type") in {"submit", "button"}
                if (name in _READ_OUT or _OURS.fullmatch(name) or is_button) and _WORD.search(
                    _outside(value or "")
                ):
                    self.found.append(f"{tag} {name}: {value}")
        if tag not in _VOID:
            self._left_out.append(left_out)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._left_out.pop()

    def handle_data(self, data: str) -> None:
        for piece in re.split(r"([⟦⟧])", data):
            if piece == "⟦":
                self._depth += 1
            elif piece == "⟧":
                self._depth -= 1
            elif not self._depth and not self._is_left_out() and _WORD.search(_NAMES.sub("", piece)):
                self.found.append(" ".join(piece.split()))

    def _is_left_out(self) -> bool:
        return bool(self._left_out) and self._left_out[-1]


def _outside(text: str) -> str:
    """What of an attribute stands in no brackets."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return text
