"""Findings: the linter's rules on what teachers write, in plain words, without crying wolf over what ships."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from question_bank.build import Build
from question_bank.errors import SeedFaultsError
from question_bank.lint import RULES
from quizapp.services import fact_base, findings
from quizapp.services.fact_base import get_fact_base
from quizapp.services.findings import (
    Finding,
    check_and_store,
    check_content,
    findings_of,
    findings_on,
    store_findings,
)
from quizapp.services.lintable import item_of
from quizapp.services.versions import content_of_item
from tests.quizapp.services.questions import an_approved, changing, written


def told(found: tuple[Finding, ...]) -> set[tuple[str, str, str, str]]:
    return {(one.rule, one.severity, one.place, one.message) for one in found}


def test_what_ships_is_judged_alike_with_and_without_its_claims(build: Build) -> None:
    """But for numbers that were worked out, of which only a claim knows, and these are no flaws."""
    for item in build.items:
        as_content = told(check_content(content_of_item(item), build.base, uid=item.uid))
        more = as_content - told(findings_of(item, build.base))
        assert {(rule, severity) for rule, severity, _, _ in more} <= {("L26", "W")}, item.uid
        assert {one for one in as_content if one[1] == "E"} == set(), item.uid


def test_waived_warnings_are_not_found(build: Build) -> None:
    content = content_of_item(build.items[0])
    stretched = replace(content, explanation=content.explanation + " Indeed, loyalists said so.")

    assert "L27" in {one.rule for one in check_content(stretched, build.base)}
    assert "L27" not in {one.rule for one in check_content(stretched, build.base, waived={"L27"})}
    item = next(item for item in build.items if not findings_of(item, build.base))
    assert findings_of(item, build.base, waived={"L27"}) == ()


def test_whether_an_option_is_true_is_not_guessed_at(app: Flask, build: Build) -> None:
    assert "L24" not in {one.rule for one in check_content(written(app), build.base)}


def test_a_question_without_a_source_is_not_asked_for_proof(app: Flask, build: Build) -> None:
    bare = tuple(replace(option, evidence=()) for option in written(app).options)
    content = written(
        app, evidence=(), facts=(), options=bare, explanation="Nouméa it was, said all who were there then."
    )

    found = check_content(content, build.base)

    assert not {"L25", "L26"} & {one.rule for one in found}
    assert [one.severity for one in found if one.place == "evidence"] == ["W"]
    assert all(one.place != "facts" and "cites no paragraph" not in one.message for one in found)


def test_a_question_without_facts_is_not_compared_with_facts(app: Flask, build: Build) -> None:
    content = written(app, facts=(), stem="Which of these was even said by most because of that in 2018?")

    found = check_content(content, build.base)

    assert not {"L05", "L10", "L13"} & {one.rule for one in found}


def test_what_is_no_question_at_all_is_told_and_no_more(app: Flask, build: Build) -> None:
    found = check_content(written(app, stem="", options=()), build.base)

    assert {one.rule for one in found} == {"L01"}


def test_a_question_that_is_asked_already_is_named(build: Build) -> None:
    one = build.items[0]

    found = check_content(
        content_of_item(one), build.base, uid="mine", others=[(one.uid, content_of_item(one))]
    )

    assert [(each.rule, each.message) for each in found if each.rule == "L03"] == [
        ("L03", f"asks what {one.uid} asks")
    ]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("1853", "1877", "1931", "1998"), "year"),
        (("4 May 1988", "26 June 1988", "5 May 1998", "4 November 2018"), "date"),
    ],
)
def test_years_and_dates_are_read_as_such(app: Flask, texts: tuple[str, ...], kind: str) -> None:
    options = [replace(one, text=text) for one, text in zip(written(app).options, texts, strict=True)]

    item = item_of(written(app, options=tuple(options)))

    assert {option.claim.value.type for option in item.options} == {kind}  # type: ignore[union-attr]


@pytest.mark.parametrize("model", ["stance", "error", "gap", "statement", "teacher"])
def test_each_model_can_be_checked(app: Flask, build: Build, model: str) -> None:
    assert check_content(written(app, model=model), build.base)


def test_findings_speak_plainly() -> None:
    finding = Finding("L14", "E", "option 2 and 3", "the key echoes “a stem”")

    assert finding.where == "Option B and C"
    assert finding.title == "The right option is not the longest option"
    assert finding.reason == "The right option is not the longest option by far."
    assert finding.source == "SAQUET 2024"
    plain = findings._in_plain_words("Distractors lean to the key: “the key” of a stem")
    assert plain == "Wrong options lean to the right option: “the key” of a question"


def test_every_rule_can_be_explained() -> None:
    for rule in RULES:
        finding = Finding(rule.id, "W", "stem", "is odd")
        assert finding.title
        assert finding.source
        assert finding.reason.endswith(".")
        assert not re.search(r"\b(distractors?|stems?)\b", finding.title + finding.reason)


def test_a_rule_of_another_release_speaks_for_itself() -> None:
    old = Finding("L99", "W", "somewhere", "is odd")

    assert (old.title, old.source, old.reason, old.where) == ("L99", "", "", "Somewhere")


@pytest.mark.every_database
def test_findings_are_kept_by_item_and_replaced(own_app: Flask) -> None:
    one = an_approved(own_app)
    flaw, hint = Finding("L14", "E", "option 1", "is long"), Finding("L10", "W", "stem", "is odd")
    with changing(own_app) as session:
        store_findings(session, {one.id: (hint, flaw)})
        assert findings_on(session, one.id) == (flaw, hint)
        store_findings(session, {one.id: ()})
        assert findings_on(session, one.id) == ()


def test_seeds_with_faults_keep_nobody_from_saving(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    one = an_approved(own_app)

    def fail() -> None:
        raise SeedFaultsError(())

    monkeypatch.setattr(findings, "get_fact_base", fail)
    with changing(own_app) as session:
        check_and_store(session, one.id, one.content, uid=one.uid)
        assert findings_on(session, one.id) == ()


def test_the_fact_base_is_read_again_when_the_seeds_change(monkeypatch: pytest.MonkeyPatch) -> None:
    first = get_fact_base()
    assert get_fact_base() is first

    monkeypatch.setattr(fact_base, "_stamp", lambda: ("changed",))

    assert get_fact_base() is not first
