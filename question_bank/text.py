"""Words: how text is normalised, cut up and measured; one definition for all that compares texts.

The definitions are those of the content standard, section 1.2, and each says where it is needed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

# Function words, then the words of the frames that stand in almost every stem ("according to the
# post-vote report (November 2018)"): sharing one of them says nothing about what a text is about.
STOP = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "between",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "more",
        "most",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "other",
        "over",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "under",
        "up",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "according",
        "give",
        "given",
        "gives",
        "say",
        "says",
        "said",
        "report",
        "reported",
        "article",
        "articles",
        "document",
        "post",
        "vote",
        "pre",
        "mid",
        "2018",
        "november",
    ]
)

_SUFFIXES = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_WORD = re.compile(r"[a-z0-9€$%.]+(?:'[a-z]+)?")
_PROSE_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.?!](?=[\s”\")]|$)")
_VOWELS = re.compile(r"[aeiouy]+")

SHORTEST_STEM = 4  # letters that are left when an ending goes


def norm(text: str) -> str:
    """NFC, every run of white space as one space, none at the ends: what paragraph hashes are taken of."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def unaccent(text: str) -> str:
    """Without accents and with straight apostrophes, the case kept: what proper names are found by."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return text.replace("’", "'")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """As ``unaccent``, in lower case: what option texts are compared by."""
    return unaccent(text).lower()


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; amounts such as "€1.3" or "80%" are words."""
    found = (match.strip(".") for match in _WORD.findall(fold(text)))
    return tuple(word for word in found if word)


def prose_words(text: str) -> tuple[str, ...]:
    """Letters and digits only, folded, punctuation dropped: what runs of shared words are counted in (L28)."""
    return tuple(_PROSE_WORD.findall(fold(text)))


def stem(word: str) -> str:
    """The word without 's and without its first listed ending that leaves four letters or more."""
    word = word.removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
            return word.removesuffix(suffix)
    return word


@lru_cache(maxsize=16_384)
def content_words(text: str) -> frozenset[str]:
    """C(s) of the standard: the stems of all words longer than a letter that are no stop words."""
    return frozenset(stem(word) for word in words(text) if word not in STOP and len(word) > 1)


def option_length(text: str) -> int:
    """Characters of an option without its end mark, as learners see its length (L14, L15)."""
    return len(norm(text).rstrip(".?!"))


def jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    """How much of two sets is shared, from 0 to 1; two empty sets are equal."""
    union = left | right
    return len(left & right) / len(union) if union else 1.0


def quoted_spans(text: str) -> tuple[str, ...]:
    """What stands between quotation marks."""
    return tuple(match[1] if match[1] is not None else match[2] for match in _QUOTED.finditer(text))


def outside_quotes(text: str) -> tuple[str, ...]:
    """The pieces of a text that stand outside quotation marks, in order."""
    pieces, start = [], 0
    for match in _QUOTED.finditer(text):
        pieces.append(text[start : match.start()])
        start = match.end()
    return (*pieces, text[start:])


def unquoted(text: str) -> str:
    """The text with an ellipsis in place of each quotation, so that no words meet across it."""
    return " … ".join(outside_quotes(text))


def runs(words_of: tuple[str, ...], length: int) -> tuple[tuple[str, ...], ...]:
    """Every run of ``length`` consecutive words."""
    return tuple(words_of[i : i + length] for i in range(len(words_of) - length + 1))


def sentence_count(text: str) -> int:
    """How many sentences a text has, one at least."""
    return max(1, len(_SENTENCE_END.findall(norm(text))))


def syllables(word: str) -> int:
    """Groups of vowels, without a final silent e (-le and -ee are spoken), one at least (L29)."""
    folded = fold(word)
    groups = len(_VOWELS.findall(folded))
    if folded.endswith("e") and not folded.endswith(("le", "ee")):
        groups -= 1
    return max(1, groups)


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59 (L29)."""
    found = prose_words(text)
    if not found:
        return 0.0
    spoken = sum(syllables(word) for word in found)
    return 0.39 * len(found) / sentence_count(text) + 11.8 * spoken / len(found) - 15.59


def corrected_type_token_ratio(text: str) -> float:
    """Distinct words over the root of twice their number; above 4.5 a stem says more than it asks (L07)."""
    found = words(text)
    return len(set(found)) / math.sqrt(2 * len(found)) if found else 0.0
