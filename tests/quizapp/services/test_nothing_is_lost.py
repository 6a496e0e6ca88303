"""Whatever teachers and learners did, and however the seeds change then: a rebuild loses none of it.

NOTHING_IS_LOST_RUNS=500 makes a long run of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.build import Build
from question_bank.items import Item
from quizapp.services.conflicts import conflicts_of, list_conflicts
from quizapp.services.deciding import decide, decline_version
from quizapp.services.editing import Question, create_question
from quizapp.services.known import known_items
from quizapp.services.plan import Plan
from quizapp.services.problems import NotReadyError
from quizapp.services.states import NEXT, change_state
from quizapp.services.versions import FIELDS, Content, Quote, content_of_item, fingerprint
from quizapp.transactions import reading
from tests.conftest import new_database, running_app
from tests.quizapp.services.bank import (
    edit,
    rebuild,
    with_fact,
    with_option,
    with_passage,
    without_fact,
)
from tests.quizapp.services.questions import JEAN, MARIE, NOW, changing, read, written
from tests.quizapp.visitors import Visitor, item, query, questions, rows

LEARNERS = ("attempt", "attempt_item", "attempt_option", "response")
RUNS = int(os.environ.get("NOTHING_IS_LOST_RUNS", "4"))
ROUNDS = 3

Pages = dict[str, tuple[int, list[str], list[str]]]


class School:
    """Teachers, learners and a generator who do at random what they may."""

    def __init__(self, app: Flask, build: Build, rng: Random) -> None:
        self.app = app
        self.rng = rng
        self.whole = build
        self.build = build
        self.reader = Visitor(app.test_client())
        self.attempts: list[str] = []

    def words(self) -> str:
        """Few, so that two now and then say the same."""
        return f"Words {self.rng.randrange(4)}?"

    # --- what teachers do

    def teach(self) -> None:
        acts = (self.edit, self.edit, self.edit, self.move, self.move, self.write, self.decide)
        for _ in range(self.rng.randrange(8)):
            with suppress(NotReadyError):
                self.rng.choice(acts)()

    def uids(self) -> list[str]:
        return [row.uid for row in query(self.app, "SELECT uid FROM item ORDER BY uid")]

    def edit(self) -> None:
        uid = self.rng.choice(self.uids())
        edit(self.app, uid, **self.change(read(self.app, uid).content))

    def change(self, content: Content) -> dict[str, Any]:
        field = self.rng.choice(
            ["stem", "explanation", "difficulty", "evidence", "facts", "options", "options"]
        )
        values = {
            "stem": self.words(),
            "explanation": self.words(),
            "difficulty": float(self.rng.randrange(3)),
            "evidence": (),
            "facts": (self.rng.choice(list(self.whole.base.facts)),),
            "options": self.options(content.options),
        }
        return {field: values[field]}

    def options(self, options: tuple[Any, ...]) -> tuple[Any, ...]:
        """Another reason, other words, another key or another order."""
        n, other = self.rng.sample(range(len(options)), 2)
        changed = list(options)
        match self.rng.randrange(4):
            case 0:
                changed[n] = replace(changed[n], rationale=self.words())
            case 1:
                changed[n] = replace(changed[n], text=f"{self.words()} ({n})")
            case 2:
                changed = [replace(one, correct=place == n) for place, one in enumerate(changed)]
            case _:
                changed[n], changed[other] = changed[other], changed[n]
        return tuple(changed)

    def move(self) -> None:
        uid = self.rng.choice(self.uids())
        to = self.rng.choice(NEXT[read(self.app, uid).state])
        with changing(self.app) as session:
            change_state(session, uid=uid, to=to, teacher=JEAN, now=NOW, needs_second=False)

    def write(self) -> None:
        """On a passage that is there now."""
        place = self.rng.choice(query(self.app, "SELECT document_id, n, text FROM passage ORDER BY 1, 2"))
        proof = (Quote(place.document_id, place.n, place.text[: self.rng.randrange(10, 20)]),)
        content = written(self.app, evidence=proof, stem=self.words())
        content = replace(content, options=tuple(replace(one, evidence=()) for one in content.options))
        with changing(self.app) as session:
            create_question(session, content=content, teacher=MARIE, now=NOW, state="approved")

    def decide(self) -> None:
        with self.app.app_context(), reading() as session:
            uids = [one.uid for one in list_conflicts(session)]
            fields = {uid: [one.field for one in conflicts_of(session, uid)] for uid in uids}
        if not uids:
            return
        uid = self.rng.choice(uids)
        with changing(self.app) as session:
            if self.rng.random() < 0.3:
                decline_version(session, uid=uid, teacher=JEAN, now=NOW)
                return
            chosen = self.rng.sample(fields[uid], self.rng.randrange(1, len(fields[uid]) + 1))
            wanted = {name: self.rng.choice(["theirs", "mine"]) for name in chosen}
            decide(session, uid=uid, decisions=wanted, teacher=JEAN, now=NOW)  # type: ignore[arg-type]

    # --- what learners do

    def learn(self) -> None:
        answer = self.reader.post(
            "/attempts", {"topic": ["referendum", "pacific-geopolitics"], "length": "5"}
        )
        if answer.status_code != 303:
            return  # nothing is left that could be asked
        public_id = answer.headers["Location"].rpartition("/")[2]
        asked = questions(self.app, public_id)
        for position in self.rng.sample(sorted(asked), self.rng.randrange(len(asked) + 1)):
            self.reader.answer(public_id, position, self.rng.choice(asked[position].tokens))
        self.attempts.append(public_id)

    def pages(self) -> Pages:
        """What every quiz so far shows: status, marked words, and the passages around them."""
        found = {}
        for public_id in self.attempts:
            for address in (
                f"/attempts/{public_id}/result",
                *(item(public_id, n) for n in questions(self.app, public_id)),
            ):
                answer = self.reader.get(address)
                page = answer.text
                found[address] = (
                    answer.status_code,
                    re.findall(r"<mark>(.*?)</mark>", page),
                    re.findall(r'<blockquote class="passage-text">(.*?)</blockquote>', page),
                )
        return found

    # --- what the generator does

    def generate(self) -> None:
        """Some items change, some go, some come back; the source is rewritten here and there."""
        kept = {one.uid: one for one in self.build.items}
        for one in self.whole.items:
            chance = self.rng.random()
            if chance < 0.08:
                kept.pop(one.uid, None)
            elif chance < 0.5:
                kept[one.uid] = self.regenerated(kept.get(one.uid, one))
            elif one.uid not in kept and chance < 0.8:
                kept[one.uid] = one
        items = tuple(kept[uid] for uid in sorted(kept))
        self.build = replace(self.build, items=items, build=str(self.rng.random()))
        if self.rng.random() < 0.7:
            self.rewrite()

    def regenerated(self, one: Item) -> Item:
        match self.rng.randrange(6):
            case 0:
                return replace(one, stem=self.words())
            case 1:
                return replace(one, explanation=self.words(), difficulty=float(self.rng.randrange(3)))
            case 2:
                return with_option(one, self.rng.randrange(len(one.options)), rationale=self.words())
            case 3:
                return replace(one, options=self.options(one.options))
            case 4:
                return replace(one, enemies=(self.words(),), family=self.words())
            case _:
                return next(built for built in self.whole.items if built.uid == one.uid)

    def rewrite(self) -> None:
        document = self.rng.choice(self.build.base.documents)
        passage = self.rng.choice(document.passage)
        facts = list(self.build.base.facts)
        match self.rng.randrange(4):
            case 0:
                self.build = with_passage(
                    self.build, document.id, passage.n, f"{passage.text} {self.words()}"
                )
            case 1:
                self.build = with_passage(self.build, document.id, passage.n, f"All is new. {self.words()}")
            case 2:
                self.build = with_fact(
                    self.build, self.rng.choice(facts), statement=f"So it is. {self.words()}"
                )
            case _:
                self.build = without_fact(self.build, self.rng.choice(facts))


@pytest.fixture
def schools(database_kind: str, request: pytest.FixtureRequest, small_build: Build) -> Any:
    template = request.getfixturevalue(f"small_{database_kind}")
    databases = request.getfixturevalue(database_kind)

    def opened(seed: int) -> Iterator[School]:
        with (
            TemporaryDirectory() as folder,
            new_database(databases, template) as url,
            running_app(url, Path(folder)) as app,
        ):
            yield School(app, small_build, Random(seed))  # noqa: S311 - not for secrets

    return opened


@pytest.mark.every_database
def test_a38_nothing_is_lost(schools: Any, database_kind: str) -> None:
    @settings(
        max_examples=RUNS if database_kind == "sqlite" else (RUNS + 1) // 2,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**32))
    def run(seed: int) -> None:
        for school in schools(seed):
            for _ in range(ROUNDS):
                school.teach()
                school.learn()
                school.generate()
                compare(school)

    run()


def compare(school: School) -> None:
    """Rebuild, and hold what was against what is."""
    app = school.app
    before = Snapshot(school)

    plan = rebuild(app, school.build)

    after = Snapshot(school)
    assert after.learners == before.learners
    assert before.versions.items() <= after.versions.items()
    assert after.log[: len(before.log)] == before.log
    old_proofs_are_readable(before.pages, after.pages)
    assert after.own.keys() == before.own.keys()
    for uid, question in before.own.items():
        teachers_question_is_whole(question, after.own[uid], plan)
    for uid, known in before.known.items():
        assert known.content.key
        edits_are_kept(known, after.known[uid], {one.uid: one for one in school.build.items}.get(uid))
    assert plan.suspended.keys() == expected_suspensions(before, after, school.build)
    assert all(after.states[uid] == "in_review" for uid in plan.suspended)
    the_same_again_changes_nothing(school, plan)


def old_proofs_are_readable(before: Pages, after: Pages) -> None:
    """The same words are marked, in the passage as it was or with what a rebuild has added behind."""
    assert after.keys() == before.keys()
    for address, (status, marked, passages) in before.items():
        assert after[address][:2] == (status, marked)
        assert status in (200, 303)
        assert len(after[address][2]) == len(passages)
        assert all(now.startswith(old) for old, now in zip(passages, after[address][2], strict=True))


class Snapshot:
    """The bank at one time, read without the help of what is tested where that is possible."""

    def __init__(self, school: School) -> None:
        app = school.app
        self.learners = {name: hashed for name, hashed in rows(app).items() if name in LEARNERS}
        self.versions = {row.id: tuple(row) for row in query(app, "SELECT * FROM item_version")}
        self.log = [tuple(row) for row in query(app, "SELECT * FROM audit_entry ORDER BY id")]
        self.pages = school.pages()
        self.states = {row.uid: row.state for row in query(app, "SELECT uid, state FROM item")}
        teachers = [row.uid for row in query(app, "SELECT uid FROM item WHERE origin = 'teacher'")]
        self.own = {uid: read(app, uid) for uid in teachers}
        with app.app_context(), reading() as session:
            self.known = known_items(session)
        self.questions = {uid: read(app, uid) for uid in self.states}
        self.passages = {
            (row.document_id, row.n): row.text
            for row in query(app, "SELECT document_id, n, text FROM passage")
        }
        self.statements = {row.id: row.statement for row in query(app, "SELECT id, statement FROM fact")}


def teachers_question_is_whole(before: Question, after: Question, plan: Plan) -> None:
    if before.uid in plan.suspended:
        before = replace(before, state=after.state, suspended=after.suspended, updated_at=after.updated_at)
    assert after == before


def edits_are_kept(before: Any, after: Any, built: Item | None) -> None:
    """What a teacher changed says what it said; what nobody changed says what the build says."""
    if built is None:
        assert after.content == before.content
        return
    theirs = content_of_item(built)
    declined = fingerprint(theirs) == before.declined
    for name in FIELDS:
        base, mine, new, now = (
            getattr(one, name) for one in (before.base, before.content, theirs, after.content)
        )
        if mine == base and not declined:
            assert now == new
        elif name != "options" or len({len(base), len(mine), len(now)}) > 1:
            assert now == mine
        else:
            assert all(one in (was, old) or was == old for old, was, one in zip(base, mine, now, strict=True))
            assert all(one == was for old, was, one in zip(base, mine, now, strict=True) if was != old)
        if name in after.conflicts:
            assert now == mine
            assert now != new
        elif not declined and mine != base and now != new and name != "options":
            assert new == base or getattr(after.base, name) == new
    if before.state not in ("approved", "retired") and before.suspended is None:
        assert after.state == before.state


def expected_suspensions(before: Snapshot, after: Snapshot, build: Build) -> set[str]:
    """Those that are asked, stand on what was changed, and are not what the build has just made."""
    built = {one.uid: content_of_item(one) for one in build.items}
    places = {place for place, text in before.passages.items() if after.passages.get(place) != text}
    facts = {fact for fact, statement in before.statements.items() if after.statements.get(fact) != statement}
    found = set()
    for uid, old in before.questions.items():
        new = after.questions[uid]
        asked = old.state == "approved" or (old.state == "in_review" and old.suspended is not None)
        comes_back = old.state == "retired" and new.state != "retired"
        stands = {*old.content.passages, *new.content.passages} & places or (
            {*old.content.facts, *new.content.facts} & facts
        )
        if (asked or comes_back) and new.state != "retired" and stands and built.get(uid) != new.content:
            found.add(uid)
    return found


def the_same_again_changes_nothing(school: School, first: Plan) -> None:
    before = rows(school.app, without=["audit_entry"])

    again = rebuild(school.app, school.build)

    assert rows(school.app, without=["audit_entry"]) == before
    assert (again.suspended, again.follows, again.conflicts) == ({}, (), first.conflicts)
    assert [again.counts[name] for name in ("added", "changed", "retired")] == [0, 0, 0]
