"""Faults: what keeps a draft from being saved, by the field that it concerns, in words that say what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from flask_babel import gettext as _

from question_bank.quantities import parse
from question_bank.text import fold, norm
from quizapp.languages import say
from quizapp.marking import mark
from quizapp.services.drafting import FEWEST_OPTIONS, MOST_OPTIONS, Draft
from quizapp.services.evidence import Passages, trouble_with
from quizapp.services.versions import Content, Quote

Fault = tuple[str, str]

NO_EVIDENCE = mark("Take the words that prove the right answer from a passage, or tick “No source”.")
NO_TOPIC = mark("Choose a topic; without evidence nothing tells which it is.")


def faults_of(
    draft: Draft, passages: Passages, *, content: Content, topics: Collection[str], is_final: bool
) -> dict[str, str]:
    """The first fault of each field. A draft may still lack reasons; what students or reviewers get may not."""
    found: dict[str, str] = {}
    for name, message in _faults(draft, passages, content, topics):
        found.setdefault(name, message)
    if is_final:
        for name, message in _unfinished(draft):
            found.setdefault(name, message)
    return found


def faults_while_typing(draft: Draft, passages: Passages) -> dict[str, str]:
    """What is wrong with what is there; what is still missing is no fault yet."""
    found: dict[str, str] = {}
    for name, message in (*_twins(draft), *_misquotes(draft, passages)):
        found.setdefault(name, message)
    return found


def most_options(before: Content | None) -> int:
    """How many options a question may have: more than usual where it came with more."""
    return max(MOST_OPTIONS, len(before.options) if before else 0)


def _faults(draft: Draft, passages: Passages, content: Content, topics: Collection[str]) -> Iterator[Fault]:
    if not draft.stem:
        yield "stem", _("Write the question.")
    yield from _option_faults(draft)
    yield from _twins(draft)
    yield from _misquotes(draft, passages)
    if content.topic not in topics:
        yield "topic", _(NO_TOPIC)


def _option_faults(draft: Draft) -> Iterator[Fault]:
    written = draft.written
    if draft.key is None or draft.key >= len(draft.options):
        yield "options-0-text", _("Mark the one answer that is right.")
    elif draft.options[draft.key].is_blank:
        yield f"options-{draft.key}-text", _("Write the right answer.")
    if len(written) < FEWEST_OPTIONS:
        blank = next((n for n in range(len(draft.options)) if n not in written and n != draft.key), 0)
        yield f"options-{blank}-text", _("Write at least one wrong answer.")
    for n in written:
        if not draft.options[n].text:
            yield f"options-{n}-text", _("This answer has no words.")


def _twins(draft: Draft) -> Iterator[Fault]:
    for n in draft.written:
        text = draft.options[n].text
        same = (m for m in draft.written if m < n and _is_same(draft.options[m].text, text))
        twin = next(same, None) if text else None
        if twin is not None:
            yield f"options-{n}-text", _("This says the same as answer %(number)s.", number=twin + 1)


def _misquotes(draft: Draft, passages: Passages) -> Iterator[Fault]:
    if not draft.no_source:
        yield from _quote_faults("evidence", draft.evidence, passages)
    for n, option in enumerate(draft.options):
        yield from _quote_faults(f"options-{n}-evidence", option.evidence, passages)


def _quote_faults(name: str, quotes: tuple[Quote, ...], passages: Passages) -> Iterator[Fault]:
    for n, quote in enumerate(quotes):
        trouble = trouble_with(quote, passages) if quote.quote else None
        if trouble:
            yield f"{name}-{n}-quote", say(trouble.message)


def _unfinished(draft: Draft) -> Iterator[Fault]:
    """What a draft may lack and a question for students may not."""
    if not draft.quotes and not draft.no_source:
        yield "evidence-0-quote", _(NO_EVIDENCE)
    for n in draft.written:
        if not draft.options[n].rationale:
            right = _("Say why this answer is right; students read it after they answer.")
            wrong = _("Say why this answer is wrong; students read it after they answer.")
            yield f"options-{n}-rationale", right if n == draft.key else wrong
    if not draft.explanation:
        yield "explanation", _("Explain the right answer in a sentence or two.")


def _is_same(left: str, right: str) -> bool:
    """Whether two options are one for a learner: the same words, or the same number in other words."""
    if fold(norm(left)).rstrip(".") == fold(norm(right)).rstrip("."):
        return True
    first, second = parse(left), parse(right)
    return bool(first and second and (first.interval, first.unit) == (second.interval, second.unit))
