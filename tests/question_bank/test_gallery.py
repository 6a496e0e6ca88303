"""The gallery: what a reviewer is shown."""

from __future__ import annotations

from collections import Counter

from question_bank.build import Build
from question_bank.gallery import pages
from question_bank.item_models import ITEM_MODELS


def test_it_shows_samples_of_every_item_model(build: Build) -> None:
    models = {model for item in ITEM_MODELS for model in {one.model for one in item.generate(build.base)}}
    shown = {page.split("(", 1)[1].split(",", 1)[0] for page in pages(build, most=3)}

    assert models <= shown


def test_it_shows_no_more_than_it_is_asked_for(build: Build) -> None:
    heads = [page.split("(", 1)[1].split(",") for page in pages(build, most=2)]

    assert max(Counter((head[0], head[1]) for head in heads).values()) == 2


def test_what_is_not_in_the_bank_says_why(build: Build) -> None:
    bank = {item.uid for item in build.items}

    for page in pages(build, most=3):
        assert ("Not in the bank: " in page) is (page.split()[0] not in bank)
