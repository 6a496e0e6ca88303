"""Series: which edits let the statistics go on, and which begin them anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizapp.services.series import keeps_series
from quizapp.services.versions import Content, OptionContent

OLD = Content(
    topic="referendum",
    model="teacher",
    stem="Which town is it, in 2018?",
    options=tuple(
        OptionContent(text, text == "Koné", f"It says {text}.", "sibling")
        for text in ("Bourail", "Koné", "Lifou")
    ),
    explanation="It is Koné.",
    evidence=(),
    facts=("NC-A01",),
    bloom="remember",
    stance="fact",
    speaker=None,
    ordered=False,
    difficulty=0.0,
)


def options(*texts: str, key: str = "Koné") -> tuple[OptionContent, ...]:
    return tuple(OptionContent(text, text == key, f"It says {text}.", "sibling") for text in texts)


@pytest.mark.parametrize(
    "new",
    [
        replace(OLD, explanation="It is Koné, of course."),
        replace(OLD, options=tuple(replace(one, rationale="Because.") for one in OLD.options)),
        replace(OLD, difficulty=1.0, bloom="apply"),
        replace(OLD, stem="Which  town is it, in 2018? "),
    ],
    ids=["explanation", "rationales", "metadata", "spaces"],
)
def test_what_learners_do_not_decide_by_never_restarts_a_count(new: Content) -> None:
    assert keeps_series(OLD, new, cosmetic=False)


@pytest.mark.parametrize(
    "new",
    [
        replace(OLD, stem="Which city is it, in 2018?"),
        replace(OLD, options=options("Bourail", "Koné", "Lifu")),
        replace(OLD, ordered=True),
    ],
    ids=["stem", "option", "order kept"],
)
def test_what_they_decide_by_goes_on_only_when_it_is_called_cosmetic(new: Content) -> None:
    assert keeps_series(OLD, new, cosmetic=True)
    assert not keeps_series(OLD, new, cosmetic=False)


@pytest.mark.parametrize(
    "new",
    [
        replace(OLD, options=options("Bourail", "Koné", "Lifou", key="Lifou")),
        replace(OLD, options=options("Bourail", "Koné", "Lifou", "Maré")),
        replace(OLD, options=options("Bourail", "Koné")),
        replace(OLD, options=options("Lifou", "Koné", "Bourail")),
        replace(OLD, facts=("NC-A02",)),
    ],
    ids=["key", "option added", "option gone", "options moved", "facts"],
)
def test_another_task_is_never_cosmetic(new: Content) -> None:
    assert not keeps_series(OLD, new, cosmetic=True)
