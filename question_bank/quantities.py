"""Numbers in words: what an option such as "About €1.3 billion" admits, and which numbers a sentence names.

The operators and their intervals are those of the content standard, section 1.2.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from question_bank.text import fold, norm
from question_bank.values import APPROXIMATION, Interval

_WHOLE = 100  # percent
_FEW = 4  # "the four" may point back to what was named; larger numbers assert
_UNITS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: float(n) for n, word in enumerate(_UNITS)}
_WORDS |= {ten: float(n * 10) for n, ten in enumerate(_TENS, start=2)}
_WORDS |= {f"{ten}-{_UNITS[n]}": _WORDS[ten] + n for ten in _TENS for n in range(1, 10)}
_SCALES = {
    "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "thousand": 1e3, "hundred": 1e2, "dozen": 12.0,
}  # fmt: skip
_CURRENCIES = {"€": "EUR", "$": "USD", "us$": "USD"}
_FRACTIONS = {"half": 50.0, "halves": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0}
_OPERATORS = {
    "<": ("less than", "fewer than", "under", "below", "before"),
    ">": ("more than", "over", "above", "after"),
    "<=": ("up to", "at most", "by"),
    ">=": ("at least", "since"),
    "~": ("about", "around", "roughly", "some", "nearly", "almost"),
}
_OPERATOR_OF = {word: operator for operator, listed in _OPERATORS.items() for word in listed}
_JOINS = {"between": ("and",), "from": ("to",)}
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

_WORD_NUMBER = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_NUMBER = (
    rf"(?P<currency{{0}}>us\$|[€$])?(?:(?P<digits{{0}}>\d+(?:,\d{{{{3}}}})*(?:\.\d+)?)|(?P<word{{0}}>{_WORD_NUMBER}))"
    rf"(?:\s?(?P<scale{{0}}>{_SCALE})\b)?(?:\s?(?P<percent{{0}}>%|per ?cent\b))?"
)
_UNIT = (
    r"miles?|kilomet(?:re|er)s?|years?|months?|weeks?|days?|hours?|people|deaths?|lives|votes?|voters?|"
    r"residents|inhabitants|gendarmes|soldiers|officers|hostages|euros|dollars"
)
_RATE = r"(?:a|per|each|every) (?:year|month|week|day)"
_QUANTITY = re.compile(
    rf"(?P<op>{'|'.join(_OPERATOR_OF)}|between|from)? ?{_NUMBER.format(1)}"
    rf"(?:(?: (?:{_UNIT}))? ?(?P<join>-|–|and|to) ?{_NUMBER.format(2)})?(?: (?P<unit>{_UNIT}))?(?: {_RATE})?"
)
_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})")

_SHARE = re.compile(rf"\b(\d+|{_WORD_NUMBER}) (?:in|out of) (\d+|{_WORD_NUMBER})\b")
_FRACTION = re.compile(
    rf"\b(?:({_WORD_NUMBER})[ -](halves|half|third|quarter|fifth)s?|(?:an? )?(half|quarter)|an? (third|fifth))\b"
)
_DOZEN = re.compile(r"\ba dozen\b")
_IN_PROSE = re.compile(
    rf"(?<![\w.])(?:us\$|[€$])?(?:(\d+(?:,\d{{3}})*(?:\.\d+)?)(?:st|nd|rd|th|s)?|({_WORD_NUMBER}))"
    rf"(?:[ -]?({_SCALE})\b|(?![a-z]))"
)
_REFERRING = re.compile(r"\b(?:the|these|those|other|both|its|their) $")


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as written: the numbers that it admits, its unit, and how finely it is given."""

    low: float
    high: float
    unit: str
    figures: int
    scaled: bool

    @property
    def interval(self) -> Interval:
        """The closed interval of numbers that it admits."""
        return (self.low, self.high)

    @property
    def is_bounded(self) -> bool:
        """Whether it names a number or a range, and not only a limit."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def order(self) -> tuple[float, float]:
        """What ascending means: the number it names, a limit from below before one from above."""
        if not math.isfinite(self.low):
            return (self.high, self.low)
        return (self.low, self.high) if not math.isfinite(self.high) else ((self.low + self.high) / 2, 0.0)


def parse(text: str) -> Amount | None:
    """The amount that a whole text gives, or None where it says anything else as well."""
    match = _QUANTITY.fullmatch(fold(norm(text)).rstrip("."))
    if match is None or bool(match["join"]) != bool(match["digits2"] or match["word2"]):
        return None
    if match["join"] and match["join"] not in _JOINS.get(match["op"] or "", ("to", "-", "–")):
        return None
    if match["op"] in _JOINS and not match["join"]:
        return None
    operator = _OPERATOR_OF.get(match["op"] or "", "=")
    low, high = _ends(match, operator)
    return Amount(low, high, _unit(match), _figures(match), bool(match["scale1"] or match["scale2"]))


def parse_date(text: str) -> tuple[int, int, int] | None:
    """Year, month and day (0 for none) of a text that is a date, as "4 November 2018" or "May 1998"."""
    match = _DATE.fullmatch(fold(norm(text)).rstrip("."))
    return (int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1] or 0)) if match else None


@lru_cache(maxsize=16_384)  # the same passages are asked of every item
def numbers(text: str) -> frozenset[float]:
    """Every number that a text names, in digits or words, also the 1.78 of "$1.78bn"; shares as percent."""
    folded = fold(text)
    found = _shares(folded)
    for match in _IN_PROSE.finditer(folded):
        plain = _plain(match)
        found |= {plain, _round(plain * _SCALES.get(match[3] or "", 1.0))}
    return frozenset(found)


def asserted_numbers(text: str) -> frozenset[float]:
    """The numbers that a text asserts: not "one", nor "the two" or "the other three", which count what was named."""
    folded = fold(text)
    found = _shares(folded)
    taken = [match.span() for match in _FRACTION.finditer(folded)]
    taken += [
        match.span() for match in _SHARE.finditer(folded) if _share(match)[0] < _share(match)[1] <= _WHOLE
    ]
    for match in _IN_PROSE.finditer(folded):
        if any(start <= match.start() < end for start, end in taken) or _only_counts(match, folded):
            continue
        found.add(_round(_plain(match) * _SCALES.get(match[3] or "", 1.0)))
    return frozenset(found)


def _ends(match: re.Match[str], operator: str) -> Interval:
    if match["join"]:
        # "€1–2 billion" shares its scale; "€1 to €2 billion", with the sign said again, does not
        shared = match["scale1"] or (None if match["currency2"] else match["scale2"])
        return (_value(match, 1, shared), _value(match, 2, match["scale2"]))
    n = _value(match, 1, match["scale1"])
    slack = abs(n) * APPROXIMATION
    return {
        "=": (n, n),
        "~": (n - slack, n + slack),
        "<": (-math.inf, math.nextafter(n, -math.inf)),
        "<=": (-math.inf, n),
        ">": (math.nextafter(n, math.inf), math.inf),
        ">=": (n, math.inf),
    }[operator]


def _value(match: re.Match[str], which: int, scale: str | None) -> float:
    digits, word = match[f"digits{which}"], match[f"word{which}"]
    plain = float(digits.replace(",", "")) if digits else _WORDS[word]
    return _round(plain * _SCALES.get(scale or "", 1.0))


def _unit(match: re.Match[str]) -> str:
    if match["percent1"] or match["percent2"]:
        return "%"
    symbol = match["currency1"] or match["currency2"]
    if symbol:
        return _CURRENCIES[symbol]
    word = match["unit"] or ""
    return {"euros": "EUR", "dollars": "USD", "lives": "life"}.get(word, word.removesuffix("s"))


def _figures(match: re.Match[str]) -> int:
    """Significant figures of the finer of the numbers; trailing zeros of a whole number do not count."""
    counts = []
    for which in (1, 2):
        digits = (match[f"digits{which}"] or "").replace(",", "")
        kept = digits if "." in digits else digits.rstrip("0")
        counts.append(len(kept.replace(".", "").lstrip("0")))
    return max(1, *counts)


def _shares(folded: str) -> set[float]:
    """Numbers made of several words: "four in five" and "three-quarters" as percent, "a dozen"."""
    found = {
        _round(100 * part / whole)
        for part, whole in map(_share, _SHARE.finditer(folded))
        if part < whole <= _WHOLE
    }
    for match in _FRACTION.finditer(folded):
        name = match[2] or match[3] or match[4]
        found.add(_round((_WORDS[match[1]] if match[1] else 1.0) * _FRACTIONS[name]))
    return found | ({12.0} if _DOZEN.search(folded) else set())


def _share(match: re.Match[str]) -> tuple[float, float]:
    """Part and whole of "four in five"; "40 in 2018" has no such whole, nor has a zero."""
    part, whole = (_WORDS[number] if number in _WORDS else float(number) for number in match.groups())
    return (part, whole)


def _plain(match: re.Match[str]) -> float:
    return float(match[1].replace(",", "")) if match[1] else _WORDS[match[2]]


def _only_counts(match: re.Match[str], folded: str) -> bool:
    if not match[2] or match[3]:
        return False
    return match[2] == "one" or (
        _WORDS[match[2]] <= _FEW and bool(_REFERRING.search(folded[: match.start()]))
    )


def _round(number: float) -> float:
    """To twelve figures, so that 1.78 billion is one number however it was multiplied."""
    return float(f"{number:.12g}")
