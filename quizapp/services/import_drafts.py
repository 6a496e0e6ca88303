"""From a draft in a file to what a question would say: what it leaves out is filled in, what is wrong is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from question_bank.facts import Stance
from question_bank.items import KEY, REASONS, Bloom
from question_bank.text import fold, norm
from quizapp.marking import Sentence, mark
from quizapp.services.editing import TEACHER_MODEL
from quizapp.services.import_file import TAKEN_OVER, Draft
from quizapp.services.readiness import Passages, quote_fault
from quizapp.services.versions import Content, OptionContent, Quote

LEAST_OPTIONS, MOST_OPTIONS = 2, 8  # as many letters as pages have
_HARDEST = 10
_UID = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_LONGEST_UID = 80
_TAKEN_UIDS = frozenset({"new"})  # addresses of the teachers' room that mean something else

NEW = Content(
    topic="",
    model=TEACHER_MODEL,
    stem="",
    options=(),
    explanation="",
    evidence=(),
    facts=(),
    bloom="understand",
    stance="fact",
    speaker=None,
    ordered=False,
    difficulty=0.0,
)
_NEW_OPTION = OptionContent(text="", correct=False, rationale="", reason="")
# An empty cell in one of these is no statement; in the others it empties the field.
_NEVER_EMPTY = frozenset({"topic", "bloom", "stance", "difficulty"})

Blame = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What of the bank a question must fit: ``documents`` leads from ids and letters to ids."""

    topics: tuple[str, ...]
    facts: frozenset[str]
    documents: Mapping[str, str]
    passages: Passages
    is_table: bool

    def place(self, n: int, name: str) -> str:
        """How the file names a field of option ``n``."""
        return f"option_{n}_{name}" if self.is_table else f"options[{n}].{name}"


def content_of(draft: Draft, current: Content | None, around: Surroundings) -> Content:
    """What the draft says, on top of what the question says now or of what is usual for a new one."""
    base = current or NEW
    said = {
        name: value
        for name, value in draft.values.items()
        if name in TAKEN_OVER and not (name in _NEVER_EMPTY and value in {"", None})
    }
    if "evidence" in said:
        said["evidence"] = _quotes(said["evidence"], around)
    if "facts" in said:
        said["facts"] = tuple(said["facts"])
    if "options" in said:
        said["options"] = tuple(_options(said["options"], base, around))
    return replace(base, **said)


def check(content: Content, current: Content | None, around: Surroundings, blame: Blame) -> None:
    """Tell what keeps the content from becoming a question; what the question says already is not asked again."""
    if not content.stem.strip():
        blame("stem", mark("The question itself is empty."))
    if content.topic not in around.topics:
        blame(
            "topic",
            Sentence(
                mark("“%(word)s” is no topic. The topics are %(known)s."),
                word=content.topic,
                known=", ".join(around.topics),
            ),
        )
    _check_word("bloom", content.bloom, get_args(Bloom), blame)
    _check_word("stance", content.stance, get_args(Stance), blame)
    if abs(content.difficulty) > _HARDEST:
        blame("difficulty", Sentence(mark("This is a number between -%(most)s and %(most)s."), most=_HARDEST))
    for fact in content.facts:
        if fact not in around.facts and not (current and fact in current.facts):
            blame("facts", Sentence(mark("There is no fact “%(fact)s”."), fact=fact[:60]))
    _check_options(content.options, around, blame)
    _check_quotes("evidence", content.evidence, current.evidence if current else (), around, blame)
    known = {quote for option in current.options for quote in option.evidence} if current else set()
    for n, option in enumerate(content.options, start=1):
        _check_quotes(around.place(n, "evidence"), option.evidence, known, around, blame)


def check_uid(uid: str, blame: Blame) -> None:
    """Tell why a new question cannot have this uid, which stands in addresses."""
    if uid and (not _UID.fullmatch(uid) or len(uid) > _LONGEST_UID or uid in _TAKEN_UIDS):
        blame(
            "uid",
            Sentence(
                mark("“%(uid)s” cannot be a uid. Leave it empty, and the question gets one."), uid=uid[:60]
            ),
        )


def _options(
    options: Iterable[Mapping[str, Any]], base: Content, around: Surroundings
) -> Iterator[OptionContent]:
    """The options that are meant; a place that the file says nothing of has what it had, or nothing."""
    for option in options:
        if len(option) > 1 or option["place"] <= len(base.options):
            yield _option(option, base, around)


def _option(option: Mapping[str, Any], base: Content, around: Surroundings) -> OptionContent:
    """What the file leaves out of an option stays as it is."""
    n = option["place"]
    old = base.options[n - 1] if n <= len(base.options) else _NEW_OPTION
    said = {name: value for name, value in option.items() if name not in {"place", "reason"}}
    if "evidence" in said:
        said["evidence"] = _quotes(said["evidence"], around)
    new = replace(old, **said)
    return replace(new, reason=option.get("reason") or _usual_reason(new))


def _usual_reason(option: OptionContent) -> str:
    """The reason that stood there, unless the option was right and now is wrong, or the other way round."""
    if option.correct:
        return KEY
    if option.reason and option.reason != KEY:
        return option.reason
    return "contradicted" if option.evidence else "not_stated"


def _quotes(quotes: Iterable[Mapping[str, Any]], around: Surroundings) -> tuple[Quote, ...]:
    return tuple(
        Quote(around.documents.get(quote["document"], quote["document"]), quote["paragraph"], quote["quote"])
        for quote in quotes
    )


def _check_word(name: str, word: str, known: Iterable[str], blame: Blame) -> None:
    if word not in known:
        blame(name, _none_of(word, known))


def _none_of(word: str, known: Iterable[str]) -> str:
    return Sentence(mark("“%(word)s” is none of %(known)s."), word=word[:40], known=", ".join(known))


def _check_options(options: tuple[OptionContent, ...], around: Surroundings, blame: Blame) -> None:
    if not LEAST_OPTIONS <= len(options) <= MOST_OPTIONS:
        blame(
            "options",
            Sentence(
                mark("There are %(number)s options; between %(least)s and %(most)s are needed."),
                number=len(options),
                least=LEAST_OPTIONS,
                most=MOST_OPTIONS,
            ),
        )
    _check_keys([n for n, option in enumerate(options, start=1) if option.correct], options, blame)
    texts = [fold(norm(option.text)) for option in options]
    times = Counter(texts)
    for n, (text, option) in enumerate(zip(texts, options, strict=True), start=1):
        if not text:
            blame(around.place(n, "text"), mark("This option is empty."))
        elif times[text] > 1 and texts.index(text) < n - 1:
            same = Sentence(mark("Option %(number)s says the same."), number=texts.index(text) + 1)
            blame(around.place(n, "text"), same)
        if option.reason not in REASONS:
            blame(around.place(n, "reason"), _none_of(option.reason, REASONS))
        elif (option.reason == KEY) != option.correct:
            blame(
                around.place(n, "reason"),
                Sentence(
                    mark("“%(word)s” is the reason of the right option, and only of that one."), word=KEY
                ),
            )


def _check_keys(keys: list[int], options: tuple[OptionContent, ...], blame: Blame) -> None:
    if options and not keys:
        blame("options", mark("No option is marked as right; it must be exactly one."))
    if len(keys) > 1:
        blame(
            "options",
            Sentence(
                mark("Options %(these)s are marked as right; it must be exactly one."), these=_joined(keys)
            ),
        )


def _joined(numbers: list[int]) -> str:
    whole = str(numbers[0])
    for number in numbers[1:]:
        whole = Sentence(mark("%(these)s and %(this)s"), these=whole, this=number)
    return whole


def _check_quotes(
    place: str, quotes: Iterable[Quote], known: Iterable[Quote], around: Surroundings, blame: Blame
) -> None:
    for quote in quotes:
        if quote in known:
            continue
        if quote.document not in around.documents:
            letters = ", ".join(sorted(name for name in around.documents if len(name) == 1))
            blame(
                place,
                Sentence(
                    mark("There is no document “%(word)s”. The documents are %(known)s."),
                    word=quote.document[:60],
                    known=letters,
                ),
            )
        elif (quote.document, quote.paragraph) not in around.passages:
            blame(
                place,
                Sentence(
                    mark("There is no paragraph %(paragraph)s in %(document)s."),
                    paragraph=quote.paragraph,
                    document=quote.document,
                ),
            )
        elif fault := quote_fault(quote, around.passages):
            blame(place, fault)
