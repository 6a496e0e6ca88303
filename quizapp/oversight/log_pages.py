"""What the log shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from quizapp.moments import Moment
from quizapp.oversight.names import actor_of, name_of
from quizapp.oversight.sentences import sentence, why
from quizapp.services.log import COMMAND_LINE
from quizapp.services.log_list import Entry, LogFilter, LogPage

# Actions whose subject is a question; of the others it is an account.
_ON_QUESTIONS = frozenset({"state", "edit", "create", "restore", "rescore", "settle", "conflict"})
_LONGEST = 4_000  # letters of details that are shown


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter."""

    value: str
    label: str
    is_chosen: bool
    is_name: bool = False  # of an account, the same in every language


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as a sentence, with all that it holds."""

    id: int
    at: Moment
    told: Markup
    why: str
    details: str

    @classmethod
    def of(cls, entry: Entry) -> EntryView:
        """The view of an entry."""
        details = json.dumps(entry.details, ensure_ascii=False, indent=1) if entry.details else ""
        return cls(
            id=entry.id,
            at=Moment.of(entry.at),
            told=sentence(entry, Markup("<b>{}</b>").format(actor_of(entry)), _subject(entry)),
            why=why(entry),
            details=f"{details[:_LONGEST]} …" if len(details) > _LONGEST else details,
        )


@dataclass(frozen=True, slots=True)
class LogView:
    """The log."""

    title: str
    room: str
    address: str
    clear_href: str
    is_filtered: bool
    actions: tuple[Option, ...]
    actors: tuple[Option, ...]
    subject: str
    since: str
    until: str
    entries: tuple[EntryView, ...]
    newer: str | None
    older: str | None

    @classmethod
    def of(
        cls, wanted: LogFilter, page: LogPage, actions: Sequence[str], actors: Sequence[str], address: str
    ) -> LogView:
        """The page of the log."""
        args = wanted.to_args()
        named = {action: name_of(action) for action in actions}
        return cls(
            title=_("Log"),
            room="/admin/log",
            address=address,
            clear_href=url_for("oversight.show_log"),
            is_filtered=bool(args),
            actions=_options(
                _("Everything"), dict(sorted(named.items(), key=lambda pair: pair[1])), wanted.action
            ),
            actors=_actors(actors, wanted.actor),
            subject=wanted.subject,
            since=args.get("since", ""),
            until=args.get("until", ""),
            entries=tuple(map(EntryView.of, page.entries)),
            newer=log_address(wanted, after=page.newer) if page.newer else None,
            older=log_address(wanted, before=page.older) if page.older else None,
        )


def log_address(wanted: LogFilter, **place: int) -> str:
    """Where these entries are found again."""
    args: dict[str, Any] = {**wanted.to_args(), **place}
    return url_for("oversight.show_log", **args)


def _subject(entry: Entry) -> Markup:
    """What it was done to: a question with a link to it, or an account."""
    if entry.subject is None:
        return Markup()
    if entry.action not in _ON_QUESTIONS:
        return Markup('<span translate="no">{}</span>').format(entry.subject)
    return Markup('<a href="{}" translate="no">{}</a>').format(
        f"/admin/questions/{entry.subject}", entry.subject
    )


def _actors(actors: Sequence[str], chosen: str) -> tuple[Option, ...]:
    named = {actor: _("command line") if actor == COMMAND_LINE else actor for actor in actors}
    options = _options(_("Anybody"), named, chosen)
    return tuple(replace(one, is_name=one.value not in {"", COMMAND_LINE}) for one in options)


def _options(every: str, values: dict[str, str], chosen: str) -> tuple[Option, ...]:
    known = {"": every, **values}
    if chosen not in known:
        known[chosen] = chosen
    return tuple(Option(value, label, value == chosen) for value, label in known.items())
