"""Retelling: what the database keeps in English, and was not written by people, in the language of the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from quizapp.languages import say
from quizapp.marking import Sentence, mark
from quizapp.moments import told_day
from quizapp.services.deciding import DECLINED, TAKEN_OVER
from quizapp.services.editing import AGAIN, EDITED
from quizapp.services.finding_texts import TEXTS, WORDS
from quizapp.services.importing import IMPORTED
from quizapp.services.key_corrections import CORRECTED
from quizapp.services.seeding import FOLLOWED
from quizapp.services.standing import CHANGED, REBUILT

_NOTES = (AGAIN, CORRECTED, DECLINED, EDITED, IMPORTED)
_NOTES_ON_FIELDS = (FOLLOWED, TAKEN_OVER)
_FIELDS = (
    mark("topic"),
    mark("model"),
    mark("stem"),
    mark("options"),
    mark("explanation"),
    mark("evidence"),
    mark("facts"),
    mark("bloom"),
    mark("stance"),
    mark("speaker"),
    mark("ordered"),
    mark("difficulty"),
    mark("design"),
    mark("since then"),
    mark("state"),
)
_REBUILDS = re.compile(r"(?<=\.) (?=Rebuild of )")
_CHANGES = re.compile(r"; (?=(?:\S+¶\d+|fact \S+) (?:is no longer|was changed))")
_DAY = "%d %B %Y"
_VALUE = re.compile(r"%\\\((\w+)\\\)s")  # as it stands in an escaped text


def retell(told: str, texts: Iterable[str]) -> str:
    """What was made of one of these marked texts, said anew; other words stay as they are."""
    for text in texts:
        if match := _pattern(text).fullmatch(told):
            return say(Sentence(text, **match.groupdict()))
    return told


def retell_note(note: str) -> str:
    """The note of a version, or the reason of a change."""
    for text in _NOTES_ON_FIELDS:
        if match := _pattern(text).fullmatch(note):
            fields = ", ".join(_field(field) for field in match["fields"].split(", "))
            return say(Sentence(text, fields=fields))
    return retell(note, _NOTES)


def retell_finding(message: str) -> str:
    """What a rule found, with those of the words in it that are the rule's own."""
    for text in TEXTS:
        if match := _pattern(text).fullmatch(message):
            values = {name: _each(value) for name, value in match.groupdict().items()}
            return say(Sentence(text, **values))
    return message


def retell_suspension(why: str) -> str:
    """Why a question is suspended: each rebuild that shook it, with what it changed."""
    return " ".join(_rebuild(told) for told in _REBUILDS.split(why))


def _each(words: str) -> str:
    return ", ".join(retell(word, WORDS) for word in words.split(", "))


def _field(name: str) -> str:
    return say(name) if name in _FIELDS else name


def _rebuild(told: str) -> str:
    match = _pattern(REBUILT).fullmatch(told)
    if match is None:
        return told
    day = dt.datetime.strptime(match["day"], _DAY).replace(tzinfo=dt.UTC).date()
    changes = "; ".join(retell(change, CHANGED) for change in _CHANGES.split(match["changes"]))
    return say(Sentence(REBUILT, day=told_day(day), changes=changes))


@lru_cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_VALUE.sub(r"(?P<\1>.+?)", re.escape(text)), re.DOTALL)
