"""Tables: safe to open in a spreadsheet, and read back exactly; other people's tables are read, too."""

from __future__ import annotations

import csv
import io
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.services.csv_format import guard, lines_of, read_quotes, unguard, write_quotes
from quizapp.services.csv_reading import read_csv
from quizapp.services.import_file import MOST_ROWS, Fault
from quizapp.services.importing import read_file
from quizapp.services.json_format import read_json

LETTERS = {"one.txt": "A", "two.txt": "B"}
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from("=+-@\t\r\n'\"  ＝＋－＠−﹦\ufeff\u200b;,\\"),
    max_size=20,
)
WORDS = TEXTS.map(str.strip).filter(
    lambda text: not any(ord(one) < 32 or 127 <= ord(one) < 160 for one in text)
)
QUOTES = st.lists(
    st.fixed_dictionaries(
        {"document": st.sampled_from(sorted(LETTERS)), "paragraph": st.integers(1, 40), "quote": TEXTS}
    ),
    max_size=3,
)
OPTIONS = st.fixed_dictionaries(
    {
        "text": TEXTS.filter(lambda text: text.strip() != ""),
        "correct": st.booleans(),
        "rationale": TEXTS,
        "reason": st.sampled_from(("key", "sibling", "")),
        "evidence": QUOTES,
    }
)
ITEMS = st.fixed_dictionaries(
    {
        "uid": st.just("a-uid"),
        "version": st.integers(1, 9),
        "origin": st.just("teacher"),
        "state": st.just("draft"),
        "topic": WORDS,
        "model": st.just("teacher"),
        "family": st.just("a-uid"),
        "stem": TEXTS,
        "options": st.lists(OPTIONS, max_size=6),
        "explanation": TEXTS,
        "evidence": QUOTES,
        "facts": st.lists(st.from_regex(r"[A-Z]{2}-[AB][0-9]{2}", fullmatch=True), max_size=3),
        "bloom": st.just("apply"),
        "stance": st.just("fact"),
        "speaker": st.none() | WORDS.filter(bool),
        "ordered": st.booleans(),
        "difficulty": st.floats(-9, 9),
    }
)
TAKEN = ("topic", "stem", "explanation", "facts", "bloom", "stance", "speaker", "ordered", "difficulty")


def table(*items: dict[str, Any], letters: dict[str, str] = LETTERS) -> str:
    return "".join(lines_of(items, letters, max((len(item["options"]) for item in items), default=0)))


def without_controls(item: dict[str, Any]) -> bool:
    return all(ord(one) >= 32 or one in "\n\r\t" for one in repr(item))


@given(item=ITEMS)
@settings(max_examples=300, deadline=None)
def test_a22_what_is_written_is_read_back_exactly(item: dict[str, Any]) -> None:
    reading = read_csv(table(item))

    if reading.faults:  # a text that no question may hold
        assert all("control character" in fault.message for fault in reading.faults)
        return
    (draft,) = reading.drafts
    named = [{**quote, "document": LETTERS[quote["document"]]} for quote in item["evidence"]]
    assert {name: draft.values[name] for name in TAKEN} == {name: item[name] for name in TAKEN}
    assert draft.values["evidence"] == named
    options = [
        {
            **option,
            "evidence": [{**quote, "document": LETTERS[quote["document"]]} for quote in option["evidence"]],
        }
        for option in item["options"]
    ]
    read = [dict(option) for option in draft.values["options"] if len(option) > 1]
    assert [option.pop("place") for option in read] == list(range(1, len(options) + 1))
    assert read == options


@given(text=TEXTS)
@settings(max_examples=300)
def test_a22_no_cell_begins_like_a_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r\n\0＝＋－＠ −﹦")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM", "'@SUM"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\0=1", "'\0=1"),
        ("＝1", "'＝1"),
        (" =1", "' =1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a22_only_what_is_dangerous_gets_an_apostrophe(text: str, cell: str) -> None:
    assert guard(text) == cell
    assert unguard(cell) == text


def test_a22_all_cells_are_quoted_rows_end_in_crlf_and_numbers_are_numbers() -> None:
    item = {
        "uid": "u", "version": 1, "origin": "teacher", "state": "draft", "topic": "t", "model": "m",
        "family": "f", "stem": "-1", "options": [], "explanation": 'a "b"', "evidence": [], "facts": [],
        "bloom": "apply", "stance": "fact", "speaker": None, "ordered": False, "difficulty": -0.3,
    }  # fmt: skip
    text = table(item)

    assert text.count("\r\n") == 2
    assert all(cell.startswith('"') and cell.endswith('"') for cell in text.splitlines()[0].split(","))
    assert '"-0.3"' in text
    assert '"\'-1"' in text
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["difficulty"], row["stem"], row["explanation"]) == ("-0.3", "'-1", 'a "b"')


def read(text: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.place, fault.message) for fault in read_csv(text).faults]


def test_tables_of_other_spreadsheets_are_read() -> None:
    for delimiter in ";\t,":
        text = delimiter.join(("Stem", " topic ", "difficulty", "ordered", "", ""))
        text += "\r\n" + delimiter.join(("Why?", "referendum", '"0,5"', "VRAI", "", "")) + "\r\n\r\n"
        (draft,) = read_csv(text).drafts
        assert draft.values == {"stem": "Why?", "topic": "referendum", "difficulty": 0.5, "ordered": True}


def test_an_empty_number_says_nothing() -> None:
    assert read_csv("stem,difficulty\nWhy?,").drafts[0].values["difficulty"] is None


def test_quotes_may_be_typed_in_many_ways() -> None:
    cell = 'A¶7: "the words"\nb ¶ 12 : “other words”\r\n\n two.txt¶3: « encore »\nA¶1: bare'

    assert [(one["document"], one["paragraph"], one["quote"]) for one in read_quotes(cell)] == [
        ("A", 7, "the words"),
        ("b", 12, "other words"),
        ("two.txt", 3, "encore"),
        ("A", 1, "bare"),
    ]
    assert write_quotes([{"document": "x", "paragraph": 1, "quote": "a\nb\\n"}], {}) == 'x¶1: "a\\nb\\\\n"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2", (1, "stem", "is not among them")),
        ("stem,explanaton\nx,y", (1, "explanaton", "Did you mean “explanation”?")),
        ("stem,zzzzzzz\nx,y", (1, "zzzzzzz", "There is no such column.")),
        ("stem,stem\nx,y", (1, "stem", "two columns")),
        ("stem\nx,y", (2, "", "more cells")),
        ("stem,\nx,y", (2, "", "without a name")),
        ('stem\n"x\ny"z\n', (2, "", "broken")),
        ("stem,difficulty\nx,much", (2, "difficulty", "no number")),
        ("stem,difficulty\nx,.", (2, "difficulty", "no number")),
        ("stem,difficulty\nx,1e999", (2, "difficulty", "no number")),
        ("stem,ordered\n\nx,perhaps", (3, "ordered", "neither yes nor no")),
        ('stem,evidence\n"x\ny",A7', (2, "evidence", "is not so")),
        ("stem,topic\nx,a\x07", (2, "topic", "control character")),
    ],
    ids=str,
)
def test_each_fault_has_its_line_and_column(text: str, expected: tuple[int, str, str]) -> None:
    ((line, place, message),) = read(text)

    assert (line, place) == expected[:2]
    assert expected[2] in message


def test_there_are_limits() -> None:
    assert "5000 questions" in read("stem\n" + "x\n" * 5001)[-1][2]
    assert f"{MOST_ROWS} rows" in read("stem\n" + "\n" * (MOST_ROWS + 5))[-1][2]
    assert len(read("stem,difficulty\n" + "x,much\n" * 3000)) == 500
    assert "20 kB" in read("stem\n" + "é" * 10_001)[0][2]


def test_a_file_without_text_is_none() -> None:
    for data, line in ((b"", 0), (b"\xef\xbb\xbf \n", 0), (b"stem\nx\0", 2), (b"stem\n\xff", 2)):
        assert [fault.line for fault in read_file(data).faults] == [line]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("7", 1, "begins with"),
        ('{"items": [\n{},\n{"stem" 1}]}', 3, "no JSON"),
        ('{"items": []\n"bank"}', 2, "comma or }"),
        ('{"items": [],}', 1, "comma or }"),
        ("{\n7}", 2, "name in quotation marks"),
        ('{"items"\n[]}', 2, "colon"),
        ('{"items": [], "items": []}', 1, "twice"),
        ('{"bank": {}}', 1, "no list called"),
        ('{"items": []} {}', 1, "behind the end"),
        ('[{"stem": "a", "stem": "b"}]', 1, "twice"),
        ('[\n\n{"difficulty": NaN}]', 3, "no number"),
        ('[{"version": 1234567890123456789012}]', 1, "too long"),
        ("[\n7]", 2, "object"),
        ('[{"options": [{"text": "a", "correct": 1}]}]', 1, "true or false"),
        ('[{"evidence": [{"document": "A", "paragraph": 0, "quote": "a"}]}]', 1, "greater than"),
        ("[" + "{}," * 5000 + "{}]", 0, "5000 questions"),
    ],
    ids=range(16),
)
def test_faults_of_json_have_their_line(text: str, line: int, message: str) -> None:
    fault = read_json(text).faults[-1]

    assert fault.line == line
    assert message in fault.message


SEEDS = [
    b'stem,topic,option_1_text,option_1_correct,evidence\r\n"x ""y""",referendum,a,yes,"A\xc2\xb61: ""b"""\r\n',
    b'{"bank": {}, "items": [{"stem": "x", "options": [{"text": "a", "correct": true}], "difficulty": -1}]}',
    b'[{"uid": "u", "speaker": null}]',
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid file with pieces cut out, doubled, or overwritten."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        until = draw(st.integers(at, min(len(data), at + 20)))
        data[at:until] = draw(
            st.binary(max_size=6) | st.sampled_from([b'"', b"\\ud800", b"[", b"{", b"1e999", b"NaN"])
        )
    return bytes(data)


@given(data=st.binary(max_size=200) | mutated())
@settings(max_examples=1500, deadline=2000)
def test_whatever_is_sent_is_read_or_refused(data: bytes) -> None:
    reading = read_file(data)

    assert all(isinstance(fault, Fault) and fault.message for fault in reading.faults)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"items":' * 50_000,
        b'[{"stem":' + b"[" * 900 + b"]" * 900 + b"}]",
        b"[" + b"9" * 1_000_000 + b"]",
        b'[{"stem": "' + b"\\u0041" * 500_000 + b'"}]',
        b'stem\n"' + b"a\n" * 2_000_000,
        b"stem\n" + b'""' * 2_000_000,
        b"," * 9_000_000,
        b"stem\n" + b"," * 9_000_000,
        b"\n" * 9_000_000,
        b" " * 9_000_000 + b"[",
        b"[" + b"{}," * 3_000_000 + b"{}]",
        b'[{"stem":"x"' + b',"stem":"x"' * 800_000 + b"}]",
    ],
    ids=range(13),
)
def test_a21_nothing_takes_longer_than_two_seconds(data: bytes) -> None:
    begun = time.process_time()

    assert read_file(data).faults

    assert time.process_time() - begun < 2
