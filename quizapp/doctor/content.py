"""Checks of what visitors get: the bank, those who look after it, files, languages, and what is kept for how long."""

from __future__ import annotations

import datetime as dt
import re

from babel.messages.pofile import PoFileError

from quizapp import assets, languages
from quizapp.doctor.findings import Check, Patient, Verdict, failure, ok, warning
from quizapp.services import operating, originals, purging
from quizapp.transactions import reading

DAYS = 400  # after which learners who did not come back are removed

_FEWEST = 10  # questions of a topic
_ASKED_FOR = re.compile(r"""asset\(["']([^"']+)["']\)""")
_CLOCK = dt.timedelta(seconds=60)


def bank(patient: Patient) -> Verdict:
    """Every topic has questions to ask."""
    del patient
    with reading() as session:
        counts = operating.approved_by_topic(session)
    told = ", ".join(f"{topic} {number}" for topic, number in counts.items())
    if not counts or not all(counts.values()):
        return failure(
            f"there is nothing to ask: {told or 'no topics'}", "flask seed-questions builds the bank"
        )
    if min(counts.values()) < _FEWEST:
        return warning(f"few questions: {told}", "flask seed-questions, or approve what waits for review")
    return ok(f"approved questions: {told}")


def administrator(patient: Patient) -> Verdict:
    """Somebody looks after accounts."""
    del patient
    with reading() as session:
        number = operating.count_administrators(session)
    if not number:
        return warning(
            "nobody looks after accounts",
            "open the link that flask serve prints, or flask create-teacher EMAIL --administrator",
        )
    return ok(f"{number} administrators")


def clock(patient: Patient) -> Verdict:
    """What happened last did not happen in the future."""
    with reading() as session:
        last = operating.last_event_at(session)
    if last is not None and last - patient.now > _CLOCK:
        return warning(
            f"the clock says {patient.now:%Y-%m-%d %H:%M} UTC, and something happened at {last:%Y-%m-%d %H:%M}",
            "set the clock by the network (timedatectl set-ntp true)",
        )
    return ok(f"the clock says {patient.now:%Y-%m-%d %H:%M} UTC")


def static_files(patient: Patient) -> Verdict:
    """All that templates ask for."""
    del patient
    asked = {
        name
        for path in assets.TEMPLATES_DIR.rglob("*.html")
        for name in _ASKED_FOR.findall(path.read_text(encoding="utf-8"))
    }
    parts = {part for name in asked for part in assets.BUNDLES.get(name, (name,))}
    missing = sorted(part for part in parts if not (assets.STATIC_DIR / part).is_file())
    if missing or not parts:
        return failure(
            f"missing: {', '.join(missing) or 'all of them'}",
            "install once more, by the first command of README",
        )
    return ok(f"{len(parts)} files that pages ask for are there")


def catalogues(patient: Patient) -> Verdict:
    """Every language can be spoken."""
    del patient
    told = []
    for language in languages.LANGUAGES:
        try:
            number = len(languages.read_catalogue(language, languages.CATALOGUES))
        except (languages.CatalogueError, PoFileError, ValueError) as fault:
            return failure(f"{language} cannot be read: {fault}", "put the catalogues of this release back")
        if not number and language != "en":  # which texts are written in
            return failure(f"{language} has no texts", "put the catalogues of this release back")
        told.append(f"{language} {number}" if number else language)
    return ok(f"languages: {', '.join(told)}")


def original_articles(patient: Patient) -> Verdict:
    """Whether paragraphs can be shown beside ours; nobody has to."""
    folder = patient.instance / originals.FOLDER
    number = len(list(folder.glob("*.txt"))) if folder.is_dir() else 0
    return ok(f"{number} original articles are attached")


def open_reports(patient: Patient) -> Verdict:
    """What learners found wrong, and nobody has settled."""
    del patient
    with reading() as session:
        return ok(f"{operating.count_open_reports(session)} reports of learners wait for a teacher")


def retention(patient: Patient) -> Verdict:
    """Nothing is kept of learners who do not come back."""
    with reading() as session:
        number = purging.count_old(session, days=DAYS, now=patient.now)["learners"]
    if number:
        return warning(f"{number} learners did nothing for {DAYS} days", "flask purge, each night")
    return ok(f"nobody is kept who did nothing for {DAYS} days")


CHECKS: tuple[Check, ...] = (
    bank,
    administrator,
    clock,
    static_files,
    catalogues,
    original_articles,
    open_reports,
    retention,
)
