"""The colours are told apart: every pair that a page uses is measured, in light and in dark."""

from __future__ import annotations

import re

import pytest

from quizapp.assets import STATIC_DIR

TEXT, EDGE = 4.5, 3.0

# What stands on what: (foreground, background, least contrast)
PAIRS = [
    *(
        (ink, sheet, TEXT)
        for ink in ("ink", "muted", "lagoon-deep", "right", "wrong")
        for sheet in ("paper", "surface")
    ),
    *(("ink", wash, TEXT) for wash in ("lagoon-wash", "right-wash", "wrong-wash")),
    *(("muted", wash, TEXT) for wash in ("lagoon-wash", "right-wash", "wrong-wash")),
    *(("lagoon-deep", wash, TEXT) for wash in ("lagoon-wash", "right-wash", "wrong-wash")),
    ("marker-ink", "marker", TEXT),
    ("paper", "lagoon-deep", TEXT),  # the button's words
    ("paper", "lagoon", TEXT),  # … under the pointer
    *(("surface", fill, TEXT) for fill in ("lagoon", "right", "wrong")),  # the letter of a chosen row
    *(("edge", sheet, EDGE) for sheet in ("paper", "surface")),
    *(
        ("lagoon", sheet, EDGE)
        for sheet in ("paper", "surface", "lagoon-wash", "right-wash", "wrong-wash", "hairline")
    ),
    ("wrong", "wrong-wash", TEXT),
]


def read_tokens() -> dict[str, dict[str, str]]:
    css = (STATIC_DIR / "css" / "tokens.css").read_text()
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)")
    colours = {"light": dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))}
    return colours | {"dark": colours["light"] | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))}


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_the_pair_is_told_apart(scheme: str, front: str, back: str, least: float) -> None:
    colours = read_tokens()[scheme]
    assert contrast(colours[front], colours[back]) >= least


def test_the_dark_scheme_changes_every_colour() -> None:
    colours = read_tokens()
    assert all(colours["light"][name] != colours["dark"][name] for name in colours["light"])
