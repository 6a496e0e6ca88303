"""How a question was answered, in words: no figure without the number of answers that it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _

from quizapp.question import words
from quizapp.services.statistics import COUNTS_ONLY, INDICATIVE, Series, Tally


@dataclass(frozen=True, slots=True)
class Choice:
    """How often one option was chosen."""

    letter: str
    text: str
    is_key: bool
    chosen: str
    share: str


@dataclass(frozen=True, slots=True)
class StatisticsPart:
    """The figures of the current words, each with the number of answers it stands on, and of earlier words in short."""

    lead: str
    first_time: str
    note: str
    choices: tuple[Choice, ...]
    earlier: tuple[str, ...]

    @classmethod
    def of(cls, series: tuple[Series, ...]) -> StatisticsPart:
        """The figures of a question."""
        now = series[0]
        n = now.everybody.n
        return cls(
            lead=_lead(now),
            first_time=_("Right at first sight: %(told)s", told=_told(now.first_time)) if n else "",
            note=_note(now.everybody),
            choices=tuple(
                Choice(
                    letter,
                    option.text,
                    option.is_key,
                    _("%(part)s of %(total)s", part=option.chosen, total=n),
                    format_percent(option.chosen / n) if n >= COUNTS_ONLY else "",
                )
                for letter, option in zip(words.LETTERS, now.options, strict=False)
            )
            if n
            else (),
            earlier=tuple(
                _(
                    "%(versions)s: answered %(times)s, right at first sight %(told)s",
                    versions=_versions(one),
                    times=_times(one.everybody.n),
                    told=_told(one.first_time),
                )
                for one in series[1:]
                if one.everybody.n
            ),
        )


def _lead(now: Series) -> str:
    """How often the question was answered, and since when that is counted."""
    n = now.everybody.n
    if now.first > 1:
        if not n:
            return str(_("Nobody has answered it yet since version %(number)s.", number=now.first))
        return str(_("Answered %(times)s since version %(number)s.", times=_times(n), number=now.first))
    return str(_("Answered %(times)s.", times=_times(n)) if n else _("Nobody has answered it yet."))


def _times(n: int) -> str:
    if n == 1:
        return str(_("once"))
    return str(_("twice") if n == 2 else _("%(number)s times", number=format_decimal(n)))  # noqa: PLR2004


def _versions(series: Series) -> str:
    if series.first == series.last:
        return str(_("Version %(number)s", number=series.first))
    return str(_("Versions %(first)s to %(last)s", first=series.first, last=series.last))


def _told(tally: Tally) -> str:
    if tally.share is None:
        return str(_("%(part)s of %(total)s", part=tally.right, total=tally.n))
    share = format_percent(tally.share)
    if tally.weight == "indicative":
        return str(
            _("%(part)s of %(total)s (%(share)s), indicative", part=tally.right, total=tally.n, share=share)
        )
    return str(_("%(part)s of %(total)s (%(share)s)", part=tally.right, total=tally.n, share=share))


def _note(tally: Tally) -> str:
    if tally.weight == "counts":
        told = _(
            "Fewer than %(number)s answers: counts only, since a percentage would say nothing.",
            number=COUNTS_ONLY,
        )
        return str(told)
    if tally.weight == "indicative":
        told = _("Fewer than %(number)s answers: the percentages are indicative.", number=INDICATIVE)
        return str(told)
    return ""
