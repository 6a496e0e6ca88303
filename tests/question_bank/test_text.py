"""Words: the definitions that all rules share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank import text


@given(st.text())
def test_normalising_twice_changes_nothing(anything: str) -> None:
    assert text.norm(text.norm(anything)) == text.norm(anything)


@given(st.text())
def test_folding_twice_changes_nothing(anything: str) -> None:
    assert text.fold(text.fold(anything)) == text.fold(anything)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Z"])))
def test_pieces_inside_and_outside_quotes_make_up_the_text(anything: str) -> None:
    outside, inside = text.outside_quotes(anything), text.quoted_spans(anything)
    assert len(outside) == len(inside) + 1
    assert sum(map(len, outside)) + sum(map(len, inside)) + 2 * len(inside) == len(anything)


@given(st.text())
def test_every_word_has_a_syllable(anything: str) -> None:
    assert all(text.syllables(word) >= 1 for word in text.prose_words(anything))


def test_norm_takes_no_break_spaces_and_composes_accents() -> None:
    assert text.norm("  Noume\u0301a\u00a0is\n a\tport ") == "Nouméa is a port"


def test_fold_drops_accents_case_and_curly_apostrophes() -> None:
    assert text.fold("Ouvéa’s CAVE") == "ouvea's cave"


def test_words_keep_amounts_whole() -> None:
    assert text.words("Macron’s €1.3bn, not 80%.") == ("macron's", "€1.3bn", "not", "80%")


def test_prose_words_split_what_is_joined() -> None:
    assert text.prose_words("63%-75% for the “No” side’s camp") == (
        "63",
        "75",
        "for",
        "the",
        "no",
        "side's",
        "camp",
    )


@pytest.mark.parametrize(
    ("word", "stem"),
    [("voters", "voter"), ("polls", "poll"), ("funding", "fund"), ("colonisation", "colonis"), ("was", "was"),
     ("china's", "china"), ("reportedly", "report"), ("bases", "base"), ("territories", "territor")],
)  # fmt: skip
def test_stems(word: str, stem: str) -> None:
    assert text.stem(word) == stem


def test_content_words_leave_out_function_and_frame_words() -> None:
    stem = "What reason did the post-vote report (November 2018) give for the change?"
    assert text.content_words(stem) == {"reason", "change"}


@pytest.mark.parametrize(
    ("word", "count"),
    [("base", 1), ("table", 2), ("independence", 4), ("committee", 3), ("by", 1), ("Nouméa", 2), ("hm", 1)],
)
def test_syllables(word: str, count: int) -> None:
    assert text.syllables(word) == count


def test_reading_grade_follows_the_formula() -> None:
    words, syllables = 6, 7
    expected = 0.39 * words + 11.8 * syllables / words - 15.59
    assert text.reading_grade("The state pays for the island.") == pytest.approx(expected)


def test_initials_end_no_sentence() -> None:
    assert text.sentence_count("J. Tjibaou spoke. He was heard!") == 2


def test_an_empty_text_has_no_grade_and_no_ratio() -> None:
    assert text.reading_grade("") == text.corrected_type_token_ratio("") == 0.0


def test_runs() -> None:
    assert text.runs(("a", "b", "c"), 2) == (("a", "b"), ("b", "c"))


def test_unquoted_keeps_words_apart() -> None:
    assert text.unquoted("he said “never” twice") == "he said  …  twice"


def test_jaccard_of_nothing_is_one() -> None:
    assert text.jaccard(frozenset(), frozenset()) == 1.0
