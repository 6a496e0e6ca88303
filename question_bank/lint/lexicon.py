"""Is it fair and calm? Words that take a side or wound stay inside quotation marks (content standard, 7.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from question_bank.items import Item
from question_bank.lint.report import Flaw, LintContext, error, texts, warning
from question_bank.text import fold, unquoted

_BANNED = re.compile(
    r"\b(?:natives?|tribes?|tribal|savages?|terrorists?|rebels?|race riots?|the whites|mainland|mother country)\b"
)
_LOADED = {
    r"separatists?": "independence supporters",
    r"massacres?": "killings",
    r"loyalists?": "opponents of independence",
    r"far-right": "the name of the party or person",
    r"regimes?": "government",
    r"shackles": "a word of our own",
    r"lost (?:a|the|its|another) (?:colony|colonial possession|possession)": "became independent",
    r"kanaks": "Kanak people or Kanak voters",
}
_SETTLER = re.compile(r"\bsettlers?\b")


def check_words(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L27: no word that one camp or community would not call itself by; "settler" only for settlement history."""
    for where, text in texts(item).items():
        told = fold(unquoted(text))
        for found in dict.fromkeys(_BANNED.findall(told)):
            yield error(where, f"“{found}” is not this project’s word")
        for pattern, better in _LOADED.items():
            if match := re.search(rf"\b{pattern}\b", told):
                yield warning(where, f"“{match.group()}”: say {better}")
        if item.topic != "kanak-settler-history" and _SETTLER.search(told):
            yield warning(where, "“settler” belongs to the history of settlement only")
