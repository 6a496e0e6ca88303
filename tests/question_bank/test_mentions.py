"""Names: which stand in a text, and which of them nothing supports."""

from __future__ import annotations

from question_bank.facts import EntityRecord
from question_bank.mentions import NameIndex, proper_names, unsupported_numbers
from question_bank.vocabulary import Vocabulary

NOUMEA = EntityRecord(id="place:noumea", type="place", label="Nouméa")
ACCORD = EntityRecord(
    id="agreement:accord", type="agreement", label="The Nouméa Accord", short="the Nouméa Accord"
)
POLLS = EntityRecord(id="group:polls", type="group", label="Opinion polls", short="polls")
AMERICA = EntityRecord(id="country:us", type="country", label="The United States", aliases=("US",))
NAMES = NameIndex.of(Vocabulary(entity=(NOUMEA, ACCORD, POLLS, AMERICA), relation=()))


def test_of_two_names_the_longer_is_found() -> None:
    assert NAMES.find("The Noumea Accord was signed far from Nouméa’s port.") == ("Noumea Accord", "Noumea")


def test_a_label_that_is_a_common_noun_is_no_name() -> None:
    assert list(proper_names(POLLS)) == []


def test_a_short_alias_is_not_found_in_a_pronoun() -> None:
    assert NAMES.find("It tells us of the US.") == ("US",)


def test_another_name_of_the_same_entity_supports_it() -> None:
    assert NAMES.unsupported("The United States left.", ["The US turned away"]) == ()


def test_a_longer_name_supports_the_shorter_inside_it() -> None:
    assert NAMES.unsupported("Nouméa", ["The Noumea Accord"]) == ()


def test_what_no_text_and_no_record_names_is_unsupported() -> None:
    assert NAMES.unsupported("Nouméa and the US", ["nothing"], {"country:us"}) == ("Noumea",)


def test_a_vocabulary_without_names_finds_none() -> None:
    assert NameIndex.of(Vocabulary(entity=(), relation=())).find("Nouméa") == ()


def test_numbers_need_support_too() -> None:
    assert unsupported_numbers("19 and two, with 1853", ["nineteen"], [2.0]) == ("1853",)
