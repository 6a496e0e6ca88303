"""Merging three contents: laws that hold for all of them, and what they mean for options."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.services.merging import differing, merge, moved_base
from quizapp.services.versions import FIELDS, Content, OptionContent, Quote

WORDS = st.sampled_from(["one", "two", "three"])
QUOTES = st.lists(st.builds(Quote, WORDS, st.integers(1, 2), WORDS), max_size=2).map(tuple)


@st.composite
def option_sets(draw: st.DrawFn) -> tuple[OptionContent, ...]:
    """Options of which one is right and no two say the same, as the bank has them."""
    texts = draw(st.permutations(["one", "two", "three", "four"]))[: draw(st.integers(2, 4))]
    key = draw(st.integers(0, len(texts) - 1))
    return tuple(
        OptionContent(text, n == key, draw(WORDS), draw(WORDS), draw(QUOTES)) for n, text in enumerate(texts)
    )


CONTENTS = st.builds(
    Content,
    topic=WORDS,
    model=WORDS,
    stem=WORDS,
    options=option_sets(),
    explanation=WORDS,
    evidence=QUOTES,
    facts=st.lists(WORDS, max_size=2).map(tuple),
    bloom=WORDS,
    stance=WORDS,
    speaker=st.none() | WORDS,
    ordered=st.booleans(),
    difficulty=st.sampled_from([-1.0, 0.0, 1.0]),
    design=WORDS,
    since_then=st.none() | st.fixed_dictionaries({"text": WORDS}),
)


@given(CONTENTS, CONTENTS)
def test_what_nobody_edited_follows_the_generator_whole(base: Content, theirs: Content) -> None:
    merged = merge(base, base, theirs)

    assert merged.content == theirs
    assert (merged.followed, merged.kept, dict(merged.conflicts)) == (differing(base, theirs), (), {})


@given(CONTENTS, CONTENTS)
def test_what_the_generator_left_alone_stays_as_the_teacher_has_it(base: Content, mine: Content) -> None:
    merged = merge(base, mine, base)

    assert merged.content == mine
    assert (merged.followed, merged.kept, dict(merged.conflicts)) == ((), differing(base, mine), {})


@given(CONTENTS, CONTENTS)
def test_two_who_want_the_same_do_not_differ(base: Content, both: Content) -> None:
    merged = merge(base, both, both)

    assert (merged.content, merged.followed, merged.kept, dict(merged.conflicts)) == (both, (), (), {})


@given(CONTENTS, CONTENTS, CONTENTS)
def test_each_side_is_treated_like_the_other(base: Content, one: Content, other: Content) -> None:
    forth, back = merge(base, one, other), merge(base, other, one)

    assert forth.conflicts.keys() == back.conflicts.keys()
    for name in FIELDS:
        if name in forth.conflicts:
            assert getattr(forth.content, name) == getattr(one, name) == back.conflicts[name]
        else:
            assert getattr(forth.content, name) == getattr(back.content, name)


@given(CONTENTS, CONTENTS, CONTENTS)
def test_no_value_is_invented(base: Content, mine: Content, theirs: Content) -> None:
    merged = merge(base, mine, theirs)

    for name in FIELDS:
        if name != "options":
            assert getattr(merged.content, name) in (getattr(mine, name), getattr(theirs, name))
    for n, option in enumerate(merged.content.options):
        assert option in (*mine.options[n : n + 1], *theirs.options[n : n + 1])
    assert sum(option.correct for option in merged.content.options) == 1
    assert len({option.text for option in merged.content.options}) == len(merged.content.options)


@given(CONTENTS, CONTENTS, CONTENTS)
def test_an_edited_field_is_never_lost(base: Content, mine: Content, theirs: Content) -> None:
    content = merge(base, mine, theirs).content

    for name in differing(base, mine):
        if name != "options":
            assert getattr(content, name) == getattr(mine, name)
    if len(base.options) == len(mine.options) == len(content.options):
        for before, edited, after in zip(base.options, mine.options, content.options, strict=True):
            assert edited in (after, before)
    elif mine.options != base.options:
        assert content.options == mine.options


@given(CONTENTS, CONTENTS, CONTENTS)
def test_merging_again_changes_nothing(base: Content, mine: Content, theirs: Content) -> None:
    once = merge(base, mine, theirs)
    again = merge(moved_base(base, theirs, once.conflicts), once.content, theirs)

    assert again.content == once.content
    assert (again.followed, dict(again.conflicts)) == ((), dict(once.conflicts))


@given(CONTENTS, CONTENTS, CONTENTS)
def test_a_value_that_waits_is_the_generators(base: Content, mine: Content, theirs: Content) -> None:
    merged = merge(base, mine, theirs)

    for name, value in merged.conflicts.items():
        assert value == getattr(theirs, name)
        assert value not in (getattr(mine, name), getattr(base, name))
        assert name not in (*merged.followed, *merged.kept)


def options(*texts: str, key: int = 0, reasons: tuple[str, ...] = ("a", "b", "c")) -> Content:
    base = Content(
        "t", "m", "stem", (), "explanation", (), (), "remember", "fact", None, ordered=False, difficulty=0.0
    )
    told = (
        OptionContent(text, n == key, reason, "sibling")
        for n, (text, reason) in enumerate(zip(texts, reasons, strict=True))
    )
    return replace(base, options=tuple(told))


BASE = options("A", "B", "C")


def test_a_typo_in_one_reason_does_not_meet_a_change_of_another_option() -> None:
    mine = options("A", "B", "C", reasons=("a", "typo mended", "c"))
    theirs = options("A", "B", "D", reasons=("a", "b", "another"))

    merged = merge(BASE, mine, theirs)

    assert merged.content == options("A", "B", "D", reasons=("a", "typo mended", "another"))
    assert (merged.followed, merged.kept, dict(merged.conflicts)) == (("options",), ("options",), {})


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (options("A", "B", "X"), options("A", "B", "Y")),  # the same option, twice
        (options("A", "X", "C"), options("Y", "B", "C")),  # nobody can tell which is which
        (options("B", "A", "C", key=1), options("A", "B", "C", reasons=("z", "b", "c"))),  # reordered
        (options("A", "B", "C", key=1), options("A", "B", "C", key=2, reasons=("a", "b", "z"))),  # two keys
        (options("A", "B", "C", key=1), options("A", "B", reasons=("a", "b"))),  # one fewer
    ],
)
def test_options_that_do_not_fit_together_wait_as_a_whole(mine: Content, theirs: Content) -> None:
    merged = merge(BASE, mine, theirs)

    assert merged.content.options == mine.options
    assert dict(merged.conflicts) == {"options": theirs.options}


def test_two_keys_are_never_made_of_two_good_halves() -> None:
    """Each side moves the key elsewhere and leaves the other's place alone."""
    mine, theirs = options("A", "B", "C", key=1), options("A", "B", "C", key=2)

    assert set(merge(BASE, mine, theirs).conflicts) == {"options"}


def test_the_key_may_move_while_another_options_reason_changes() -> None:
    mine, theirs = options("A", "B", "C", key=1), options("A", "B", "C", reasons=("a", "b", "new"))

    assert merge(BASE, mine, theirs).content == options("A", "B", "C", key=1, reasons=("a", "b", "new"))
