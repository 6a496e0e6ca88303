"""Line numbers of TOML values."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from question_bank.toml_positions import line_numbers, nearest_line

TEXT = '''\
id = "x"  # a comment with [brackets]
[[passage]]
n = 1
text = """a [
b = 3
"""
  [[passage.fact]]
  id = "first"
  value = { type = "year", n = 3 }
  misconceptions = [
    { id = "inner" },
  ]
  [[passage.fact]]
  id = "second # no comment"
[[passage]]
n = 2
'''


def test_it_finds_tables_array_elements_and_keys() -> None:
    found = line_numbers(TEXT)

    assert found["id",] == 1
    assert found["passage", 0, "text"] == 4
    assert found["passage", 0, "fact", 0] == 7
    assert found["passage", 0, "fact", 1, "id"] == 14
    assert found["passage", 1] == 15


def test_it_takes_nothing_inside_strings_or_arrays_for_a_key() -> None:
    found = line_numbers(TEXT)

    assert not [path for path in found if "b" in path]


def test_the_nearest_line_of_an_unknown_place_is_that_of_what_surrounds_it() -> None:
    found = line_numbers(TEXT)

    assert nearest_line(found, ("passage", 0, "fact", 0, "misconceptions", 0, "id")) == 10
    assert nearest_line(found, ("nowhere",)) == 1


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=3), max_size=5))
def test_every_key_stands_on_the_line_it_is_found_on(tables: list[list[str]]) -> None:
    text = "\n".join(line for keys in tables for line in ["[[t]]", *(f"{key} = 1" for key in keys)])
    values = tomllib.loads(text)

    lines = text.split("\n")
    for i, table in enumerate(values.get("t", [])):
        for key in table:
            assert lines[line_numbers(text)["t", i, key] - 1].startswith(key)
