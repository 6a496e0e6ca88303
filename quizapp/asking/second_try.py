"""What the second try shows: the question once more, with a hint and without what would tell the key."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from quizapp.asking.pages import OptionChoice, Place, title_of
from quizapp.asking.proof import LETTERS, Proof
from quizapp.services.shown import SecondTry


@dataclass(frozen=True, slots=True)
class Hint:
    """Where the answer stands: a paragraph, without the words."""

    href: str
    label: str


@dataclass(frozen=True, slots=True)
class SecondTryPage:
    """A question that was answered wrong, once more and with a hint; nothing in it tells the key."""

    title: str
    track: tuple[str, ...]
    position: int
    total: int
    topic: str
    stem: str
    options: tuple[OptionChoice, ...]
    hints: tuple[Hint, ...]
    is_one_less: bool
    second_try_url: str
    error: str | None
    kind: str = "second_try"

    @classmethod
    def of(
        cls, place: Place, second: SecondTry, proof: Proof, *, url: str, error: str | None = None
    ) -> SecondTryPage:
        """The page of a second try; ``proof`` knows the documents' names, and its words are not marked."""
        title = _(
            "Not this one: a second try at question %(position)s of %(total)s",
            position=place.position,
            total=place.total,
        )
        return cls(
            title=title_of(title, error),
            track=place.track,
            position=place.position,
            total=place.total,
            topic=second.topic,
            stem=second.stem,
            options=tuple(
                OptionChoice(
                    letter, option.text, option.token, is_chosen=option.is_chosen, is_open=option.is_open
                )
                for letter, option in zip(LETTERS, second.options, strict=False)
            ),
            hints=tuple(
                Hint(
                    url_for(
                        "sources.show_source",
                        document=document,
                        attempt=proof.public_id,
                        item=proof.position,
                        _anchor=f"p{paragraph}",
                    ),
                    proof.place(document, paragraph),
                )
                for document, paragraph in second.paragraphs
            ),
            is_one_less=any(not option.is_open and not option.is_chosen for option in second.options),
            second_try_url=url,
            error=error,
        )
