"""About the bank: the figures that a rebuild keeps, in words, in charts and in tables that say the same."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template

from question_bank.build import Build
from question_bank.figures import measure
from question_bank.items import KEY, REASONS
from question_bank.testwise import STRATEGIES
from quizapp import words
from quizapp.about.pages import AboutPage
from quizapp.cli import _plan_and_write
from quizapp.migrating import bring_up_to_date
from quizapp.services.about import BankReport, find_report
from quizapp.transactions import reading
from tests.conftest import running_app
from tests.quizapp.visitors import Visitor, count, execute

ADDRESS = "/about-the-bank"


def report(app: Flask) -> BankReport:
    with app.app_context(), reading() as session:
        found = find_report(session)
    assert found is not None
    return found


def shown(app: Flask, changed: BankReport) -> str:
    """The page about a bank that is not the one in the database."""
    with app.test_request_context(ADDRESS):
        return html.unescape(render_template("about/bank.html", page=AboutPage.of(changed)))


def with_figures(app: Flask, **changes: Any) -> BankReport:
    found = report(app)
    return replace(found, figures=replace(found.figures, **changes))


def numbers(page: str, caption: str) -> dict[str, list[str]]:
    """The rows of a table by their heading."""
    table = re.search(rf"<caption[^>]*>{re.escape(caption)}</caption>(.*?)</table>", page, re.DOTALL)
    assert table is not None, caption
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', table[1], re.DOTALL)
    return {
        re.sub(r"\s*<span.*?</span>", "", name): re.findall(r"<td>(.*?)</td>", cells) for name, cells in rows
    }


def seed(app: Flask, build: Build) -> None:
    with app.app_context():
        _plan_and_write(build, lambda *_: None, dry_run=False)


@pytest.mark.every_database
def test_the_page_tells_what_was_measured(app: Flask, visitor: Visitor, build: Build) -> None:
    figures = measure(build.items, build.base)
    page = html.unescape(visitor.get(ADDRESS).text)

    assert report(app).figures == figures
    assert f"<b>{figures.items}</b>" in page.replace(' class="headline-figure"', "")
    assert report(app).build == build.build
    assert build.build in page
    counts = [cells[0] for cells in numbers(page, "By topic").values()]
    assert counts == [str(number) for number in figures.topics.values()]
    assert sum(int(cells[0]) for cells in numbers(page, "By kind of question").values()) == figures.items
    assert numbers(page, "How far tricks lead")["Take the longest"] == [
        f"{figures.strategies['longest']:.1%}",
        f"{figures.strategy_limit:.1%}",
    ]


@pytest.mark.every_database
def test_a_rebuild_keeps_its_figures_even_when_nothing_changes(own_app: Flask, build: Build) -> None:
    before = report(own_app)

    seed(own_app, build)

    assert count(own_app, "audit_entry") == 2
    assert report(own_app).built_at > before.built_at
    assert report(own_app).figures == before.figures


@pytest.mark.every_database
def test_the_newest_rebuild_counts(own_app: Flask, build: Build) -> None:
    seed(own_app, replace(build, items=build.items[1:], build="newer"))

    assert report(own_app).build == "newer"
    assert report(own_app).figures.items == len(build.items) - 1


def test_every_paragraph_leads_to_its_place(app: Flask, reader: Visitor, build: Build) -> None:
    page = html.unescape(reader.get(ADDRESS).text)

    for paragraph in measure(build.items, build.base).paragraphs:
        cell = re.search(
            rf'href="/sources/{paragraph.document}#p{paragraph.paragraph}" aria-label="([^"]+)"', page
        )
        assert cell is not None
        label = cell[1]
        assert re.findall(r"\d+", label) == [
            str(paragraph.paragraph),
            str(paragraph.items),
            str(paragraph.facts),
        ]


def test_every_chart_has_words_and_a_table(reader: Visitor) -> None:
    page = reader.get(ADDRESS).text
    charts = re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL)

    assert len(charts) == 7
    assert page.count("<details") == len(charts) + 2  # … and one for each document
    for chart in charts:
        assert 'role="img"' in chart
        names = re.search(r'aria-labelledby="(\S+) (\S+)"', chart)
        assert names is not None
        assert re.search(rf'<title id="{names[1]}">[^<]+</title>', chart)
        assert re.search(rf'<desc id="{names[2]}"[^>]*>[^<]+</desc>', chart)


def test_a_trick_that_pays_is_named(app: Flask) -> None:
    told = report(app).figures.strategies
    page = shown(app, with_figures(app, strategies={**told, "longest": 0.61, "vote": 0.34}))

    assert "61.0%, over the limit" in page
    assert "One of them goes beyond the limit" in page
    assert page.count("chart-bar is-over") == 1
    assert "61%</b> right is the most" in page


def test_what_has_no_words_yet_speaks_for_itself(app: Flask) -> None:
    page = shown(app, with_figures(app, models={"new_form": 3, "date": 2}, origins={"not_said": 1}))

    assert numbers(page, "By kind of question")["New form"] == ["3", "2%"]
    assert "Other kinds" in page
    assert numbers(page, "By the reason why they are wrong")["Not said"] == ["1", "100%"]


def test_everything_in_the_bank_has_plain_words(build: Build) -> None:
    figures = measure(build.items, build.base)

    assert set(figures.models) <= {kind for kinds in words.KINDS.values() for kind in kinds}
    assert set(figures.levels) <= set(words.LEVELS)
    assert set(figures.stances) <= set(words.STANCES)
    assert set(words.REASONS) == set(REASONS) - {KEY}
    assert set(words.STRATEGIES) == {*STRATEGIES, "vote"}


@pytest.mark.every_database
def test_before_the_first_build_the_page_says_so(empty_database_url: str, tmp_path: Path) -> None:
    with running_app(empty_database_url, tmp_path) as app:
        bring_up_to_date(app)

        answer = Visitor(app.test_client()).get(ADDRESS)

    assert answer.status_code == 200
    assert "There is nothing to report yet" in answer.text


@pytest.mark.every_database
def test_of_a_bank_built_by_a_release_that_measured_nothing_the_page_says_so(
    own_app: Flask, own_reader: Visitor
) -> None:
    execute(
        own_app,
        "INSERT INTO audit_entry (at, actor, action, details)"
        " VALUES ('2026-01-01 00:00:00.000000', 'command line', 'seed-questions', '{}')",
    )

    answer = own_reader.get(ADDRESS)

    assert answer.status_code == 200
    assert "There is nothing to report yet" in answer.text


def test_a_bank_without_questions_has_nothing_to_report(app: Flask, build: Build) -> None:
    none = measure((), build.base)

    assert none.positions == ()
    assert none.strategies == {}
    assert AboutPage.of(replace(report(app), figures=none)).report is None


def test_shares_of_nothing_are_nothing(app: Flask) -> None:
    page = shown(app, with_figures(app, item_grade_facts=0, covered_facts=0, origins={}))

    assert "(0%)" in page


@pytest.mark.parametrize("page", ["/", "/sources"])
def test_pages_lead_to_it(reader: Visitor, page: str) -> None:
    assert f'href="{ADDRESS}"' in reader.get(page).text
