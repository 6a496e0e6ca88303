"""Could somebody who knows nothing pick the key by its looks: its length, its grammar, its words?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import fmean, pstdev

from question_bank.claims import ValueClaim
from question_bank.items import Item, Option
from question_bank.lint.report import Flaw, LintContext, error, place, warning
from question_bank.quantities import parse, parse_date
from question_bank.text import content_words, norm, option_length, words

_PRONOUNS = {"it", "he", "she", "they", "one", "we"}
_PARTICLES = {"of", "the", "de", "du", "la"}
_GERUND = re.compile(r"^\w+ing (?:the|a|an|its|their|his|her|to|of|in|on|with|for|new|more)\b")
_CLAUSE = re.compile(
    r"^(?:the |a |an )?[\w’'-]+ (?:(?!that|which|who|where)\w+ )?"
    r"(?:is|are|was|were|has|had|would|will|could|can|may|might|should|must)\b"
)


def check_key_length(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L14: the key is not the longest option by far."""
    if len(words(item.key.text)) < 4:
        return
    longest = max(option_length(option.text) for option in item.distractors)
    ratio = option_length(item.key.text) / max(1, longest)
    if ratio > 1.25:
        yield error(place(item, item.key), f"the key is {ratio:.2f} times as long as the longest distractor")
    elif ratio > 1.10:
        yield warning(
            place(item, item.key), f"the key is {ratio:.2f} times as long as the longest distractor"
        )


def check_length_spread(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L15: options of three words and more are of about one length."""
    if any(len(words(option.text)) < 3 for option in item.options):
        return
    lengths = [option_length(option.text) for option in item.options]
    ratio = max(lengths) / min(lengths)
    if ratio > 2.2:
        yield error("options", f"the longest is {ratio:.1f} times as long as the shortest")
    elif ratio > 1.6 or pstdev(lengths) / fmean(lengths) > 0.25:
        yield warning(
            "options", f"differ in length: {', '.join(str(length) for length in lengths)} characters"
        )


def check_grammar(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L16: options are built alike, begin and end alike, and the stem leads to none of them."""
    yield from _parallel(item)
    if len({option.text[:1].isupper() for option in item.options if option.text[:1].isalpha()}) > 1:
        yield error("options", "begin with capitals and small letters")
    if len({norm(option.text)[-1:] in ".?!" for option in item.options}) > 1:
        yield error("options", "end with and without an end mark")
    if re.search(r"\b(?:a|an)\s*\??$", item.stem):
        yield error("stem", "ends in an article")


def check_repeated_words(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L17: the key does not echo the stem more than every distractor does."""
    asked = content_words(item.stem)
    echoes = max(len(asked & content_words(option.text)) for option in item.distractors)
    clang = len(asked & content_words(item.key.text)) - echoes
    shared = ", ".join(sorted(asked & content_words(item.key.text)))
    if clang >= 2:
        yield error(place(item, item.key), f"the key alone repeats the stem: {shared}")
    elif clang == 1:
        yield warning(
            place(item, item.key), f"the key repeats more of the stem than any distractor: {shared}"
        )


def check_convergence(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L18: the key does not share more words with the other options than each of those does."""
    if item.design:
        return
    held = Counter(word for option in item.options for word in content_words(option.text))
    score = {option: sum(held[word] - 1 for word in content_words(option.text)) for option in item.options}
    key, following = score[item.key], max(score[option] for option in item.distractors)
    if key > following and key >= 1.5 * following and key - following >= 2:
        yield error(
            place(item, item.key), f"the options converge on the key ({key} shared words, next {following})"
        )
    elif key > following:
        yield warning(
            place(item, item.key), f"the options lean to the key ({key} shared words, next {following})"
        )


def _parallel(item: Item) -> Iterator[Flaw]:
    """Propositions are clauses, whatever their verb; a single word fits among nouns and among names.

    The orders of a permutation are made of the same parts: whichever comes first tells nothing.
    """
    if item.design == "permutation":
        return
    shapes = [shape(option.text) for option in item.options if len(option.text.split()) > 1]
    if all(_is_proposition(option) for option in item.options) or len(set(shapes)) < 2:
        return
    key = shape(item.key.text)
    others = {shape(option.text) for option in item.distractors}
    if len(item.key.text.split()) > 1 and len(others) == 1 and key not in others:
        yield error(place(item, item.key), f"only the key is built as {key}, the others as {others.pop()}")
    else:
        yield warning("options", f"are built differently: {', '.join(shapes)}")


def _is_proposition(option: Option) -> bool:
    return isinstance(option.claim, ValueClaim) and option.claim.value.type == "proposition"


def shape(text: str) -> str:
    """How an option is built: as a number, a question, a name, a noun with an article, a clause, a gerund …"""
    plain = norm(text)
    tokens = plain.split()
    first = tokens[0].lower() if tokens else ""
    if parse(plain) or parse_date(plain):
        return "a number"
    if plain.endswith("?"):
        return "a question"
    if (
        first not in {"a", "an"}
        and all(token[:1].isupper() or token in _PARTICLES for token in tokens)
        and tokens
    ):
        return "a name"
    for found, built in (
        (first in _PRONOUNS, f"a clause with {first}"),
        (bool(_CLAUSE.match(plain.lower())), "a clause"),
        (first == "to", "an infinitive"),
        (bool(_GERUND.match(plain.lower())), "a gerund"),
        (first == "the", "a noun with the"),
        (first in {"a", "an"}, "a noun with a"),
    ):
        if found:
            return built
    return "a noun"
