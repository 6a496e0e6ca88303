"""Two learners who do whatever learners and forgers do, in any order, while the server's clock goes to and fro."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

import time_machine
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from werkzeug.test import TestResponse

from tests.quizapp.visitors import TOPICS, item, response_to, target
from tests.reliability.model import Learner, Quiz, Step, steps_of, stored

MORNING = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
JUMPS = (-3600, -120, -6, -1, 1, 6, 120, 301, 3600)
NEAR = (-1, 1, 4, 6, 400)  # seconds from a deadline
JUNK = ("forged", "-1", "1e9", "٣", "\0", "x" * 100, "' OR 1=1 --", ["a", "b"])
MANY = 20  # reports in a day

LEARNER = st.integers(0, 1)
INDEX = st.integers(0, 99)
YES = st.booleans()
SURENESS = st.sampled_from(("1", "2", "3", "3"))


class Life(RuleBasedStateMachine):
    """The walk; ``machine_on`` binds it to an application."""

    app: ClassVar[Flask]
    taken: ClassVar[Counter[str]]
    walks: ClassVar[int]

    def __init__(self) -> None:
        super().__init__()
        type(self).walks += 1
        self.clock = time_machine.travel(MORNING, tick=False)
        self.moving = self.clock.start()
        self.now = MORNING
        self.learners = [Learner(self.app.test_client(), htmx=htmx) for htmx in (False, True)]
        self.names = (secrets.token_urlsafe(9), secrets.token_urlsafe(9))
        self.quizzes: list[Quiz] = []
        self.closed_at: dict[str, str] = {}
        self.reports: Counter[int] = Counter()

    def teardown(self) -> None:
        self.clock.stop()

    @initialize()
    def arrive(self) -> None:
        for learner, name in zip(self.learners, self.names, strict=True):
            with learner.client.session_transaction() as session:
                session["learner"] = name
                session.permanent = True

    # --- starting

    @rule(
        who=LEARNER,
        mode=st.sampled_from(("practice", "test", "test", "mistakes", "due")),
        second_try=YES,
        certainty=YES,
        minutes=st.sampled_from(("", "5", "5", "10")),
        length=st.sampled_from(("5", "5", "10")),
        twice=YES,
    )
    def start(self, who: int, mode: str, minutes: str, length: str, twice: bool, **wishes: bool) -> None:
        fields: dict[str, str | Sequence[str]] = {"topic": TOPICS, "length": length, "mode": mode}
        fields |= {"minutes": minutes}
        fields |= {name: "y" for name, wish in wishes.items() if wish}
        fields["ticket"] = secrets.token_urlsafe(9)
        answer = self.learners[who].post("/attempts", fields)
        if answer.status_code == 409:
            assert mode in {"mistakes", "due"}
            return
        public_id = target(answer).rpartition("/")[2]
        deadline = None
        if mode == "test" and minutes:
            deadline = self.now + dt.timedelta(minutes=int(minutes))
        second_try = wishes["second_try"] and mode == "practice"
        self._begun(Quiz(public_id, who, mode, second_try, wishes["certainty"], deadline))
        if twice:
            again = target(self.learners[who].post("/attempts", fields))
            assert again == target(answer)

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX)
    def practise_missed(self, which: int) -> None:
        quiz = self._quiz(which)
        answer = self.learners[quiz.owner].post(f"/attempts/{quiz.public_id}/practice")
        assert answer.status_code in {303, 204, 409}, answer.status
        if answer.status_code == 409:
            return
        assert quiz.missed
        public_id = target(answer).rpartition("/")[2]
        self._begun(Quiz(public_id, quiz.owner, "practice", quiz.second_try, quiz.asks, None))

    # --- answering

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, position=INDEX, option=INDEX, sure=SURENESS, right=YES, keyed=YES)
    def answer(self, which: int, position: int, option: int, sure: str, right: bool, keyed: bool) -> None:
        quiz = self._quiz(which)
        position %= len(quiz.steps)
        step = quiz.steps[position]
        token = step.right if right else step.tokens[option % len(step.tokens)]
        fields = {"option": token, "certainty": sure} | ({"key": step.key} if keyed else {})
        answer = self._send(quiz, position, fields)
        self._answered(quiz, step, token, sure if quiz.asks else None, answer)

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, times=st.integers(1, 5), sure=SURENESS, right=YES)
    def answer_in_order(self, which: int, times: int, sure: str, right: bool) -> None:
        """What most learners do; without it few attempts would come to their end."""
        quiz = self._quiz(which)
        for _ in range(times):
            position = next((n for n, step in enumerate(quiz.steps) if step.token is None), None)
            if position is None:
                return
            step = quiz.steps[position]
            token = step.right if right else next(token for token in step.tokens if token != step.right)
            answer = self._send(quiz, position, {"option": token, "certainty": sure, "key": step.key})
            self._answered(quiz, step, token, sure if quiz.asks else None, answer)

    @precondition(lambda self: self._running_out())
    @rule(which=INDEX, seconds=st.sampled_from(NEAR), position=INDEX, right=YES)
    def answer_near_the_end(self, which: int, seconds: int, position: int, right: bool) -> None:
        running = self._running_out()
        quiz = running[which % len(running)]
        assert quiz.deadline
        self._move_to(quiz.deadline + dt.timedelta(seconds=seconds))
        step = quiz.steps[position % len(quiz.steps)]
        token = step.right if right else step.tokens[0]
        fields = {"option": token, "certainty": "2"}
        answer = self._send(quiz, position % len(quiz.steps), fields)
        self._answered(quiz, step, token, "2" if quiz.asks else None, answer)

    def _running_out(self) -> list[Quiz]:
        return [quiz for quiz in self.quizzes if quiz.deadline and not quiz.closed]

    def _answered(self, quiz: Quiz, step: Step, token: str, sure: str | None, answer: TestResponse) -> None:
        was_answered = step.token is not None
        if not was_answered and self._is_over(quiz):
            assert answer.status_code == 410, answer.status
            quiz.closed = True
            self._note("late answers refused")
        elif was_answered and quiz.is_overdue(self.now):
            assert answer.status_code in {200, 204, 303, 409, 410}, answer.status
            quiz.closed = answer.status_code == 410
        elif was_answered or quiz.closed:
            is_same = token == step.token or quiz.may_try_again(
                step
            )  # which is offered again, whatever was sent
            assert (answer.status_code == 409) is not is_same, answer.status
            self._note("answers sent again")
        else:
            assert answer.status_code in {200, 204, 303}, (answer.status, answer.text[:300])
            step.token, step.certainty = token, sure
            self._note("answers")
            quiz.closed = quiz.mode == "test" and all(one.token for one in quiz.steps)
            self._asked_again(quiz, step)

    def _asked_again(self, quiz: Quiz, step: Step) -> None:
        """An answer that was sure and wrong may have brought one question more, and nothing else does."""
        keys = [row[0] for row in self._stored()[quiz.public_id].rows]
        known = {one.key: one for one in quiz.steps}
        new = [key for key in keys if key not in known]
        if new:
            assert len(new) == 1
            assert step.certainty == "3"
            assert not step.is_right
            assert quiz.tells
            fresh = {one.key: one for one in steps_of(self.app, quiz.public_id, keys)}
            quiz.steps = [known.get(key) or fresh[key] for key in keys]
            self._note("asked again")

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, position=INDEX, junk=st.sampled_from(JUNK))
    def forge(self, which: int, position: int, junk: str | list[str]) -> None:
        quiz = self._quiz(which)
        position %= len(quiz.steps)
        self._refused(quiz, self._send(quiz, position, {"option": junk, "certainty": "1"}))

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, position=INDEX, other=INDEX, place=INDEX)
    def carry_a_token_over(self, which: int, position: int, other: int, place: int) -> None:
        quiz, source = self._quiz(which), self._quiz(other)
        position %= len(quiz.steps)
        step = source.steps[place % len(source.steps)]
        if step is not quiz.steps[position]:
            self._refused(quiz, self._send(quiz, position, {"option": step.tokens[0], "certainty": "1"}))

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, position=INDEX, certainty=st.sampled_from(("", "0", "4", "x")))
    def leave_out_certainty(self, which: int, position: int, certainty: str) -> None:
        quiz = self._quiz(which)
        position %= len(quiz.steps)
        if quiz.asks and not quiz.steps[position].token:
            fields = {"option": quiz.steps[position].tokens[0], "certainty": certainty}
            self._refused(quiz, self._send(quiz, position, fields))

    def _refused(self, quiz: Quiz, answer: TestResponse) -> None:
        """Whatever else it says, nothing is stored; but who sends something after the time closes the test."""
        assert answer.status_code in {200, 404, 409, 410, 422}, answer.status
        self._note("forgeries refused")
        if answer.status_code == 410:
            assert self._is_over(quiz)
            quiz.closed = True

    # --- the second try

    @precondition(lambda self: any(quiz.second_try for quiz in self.quizzes))
    @rule(which=INDEX, option=INDEX, sure=SURENESS, gives_up=YES)
    def be_wrong_and_try_again(self, which: int, option: int, sure: str, gives_up: bool) -> None:
        quizzes = [quiz for quiz in self.quizzes if quiz.second_try]
        quiz = quizzes[which % len(quizzes)]
        position = next((n for n, step in enumerate(quiz.steps) if step.token is None), 0)
        step = quiz.steps[position]
        if step.token is None:
            token = next(token for token in step.tokens if token != step.right)
            answer = self._send(quiz, position, {"option": token, "certainty": sure, "key": step.key})
            self._answered(quiz, step, token, sure if quiz.asks else None, answer)
        self._try_again(quiz, position, option, gives_up=gives_up)

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, position=INDEX, option=INDEX, gives_up=YES)
    def try_again(self, which: int, position: int, option: int, gives_up: bool) -> None:
        quiz = self._quiz(which)
        self._try_again(quiz, position % len(quiz.steps), option, gives_up=gives_up)

    def _try_again(self, quiz: Quiz, position: int, option: int, *, gives_up: bool) -> None:
        step = quiz.steps[position]
        address = item(quiz.public_id, position + 1)
        shown = re.findall(r'name="option" value="([^"]+)">', self.learners[quiz.owner].get(address).text)
        may = quiz.may_try_again(step)
        token = "" if gives_up else step.tokens[option % len(step.tokens)]
        if may:
            assert step.right in shown
            assert step.token not in shown
        fields = {"give_up": "y"} if gives_up else {"option": token}
        answer = self.learners[quiz.owner].post(f"{address}/second-try", fields)
        if may and (gives_up or token in shown):
            assert answer.status_code in {200, 303}, answer.status
            step.second = token
            self._note("second tries")
        elif step.second is not None:
            assert (answer.status_code == 409) is (token != step.second), answer.status
        else:
            assert answer.status_code == 422, answer.status

    # --- handing in, and looking

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX)
    def hand_in(self, which: int) -> None:
        quiz = self._quiz(which)
        answer = self.learners[quiz.owner].post(f"/attempts/{quiz.public_id}/hand-in")
        assert target(answer).endswith("/result")
        quiz.closed = quiz.closed or quiz.mode == "test"

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, position=INDEX)
    def look(self, which: int, position: int) -> None:
        """What is shown tells the answer if it may be told by now, and else nothing of it."""
        quiz = self._quiz(which)
        position %= len(quiz.steps)
        step = quiz.steps[position]
        answer = self.learners[quiz.owner].get(item(quiz.public_id, position + 1))
        assert answer.status_code == 200, answer.status
        assert ('id="proof"' in answer.text) is quiz.has_told(step)
        if step.token and quiz.has_told(step):
            is_right = step.is_right or step.second == step.right
            assert ("facing is-right" in answer.text) is is_right

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX)
    def result(self, which: int) -> None:
        quiz = self._quiz(which)
        answer = self.learners[quiz.owner].get(f"/attempts/{quiz.public_id}/result")
        if quiz.is_done:
            assert answer.status_code == 200, answer.status
            assert f"{quiz.right} of {len(quiz.steps)} right" in answer.text
            self._note("results")
        else:
            assert target(answer) == f"/attempts/{quiz.public_id}"

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, position=INDEX, reason=st.sampled_from(("key", "typo", "nonsense")))
    def report(self, which: int, position: int, reason: str) -> None:
        quiz = self._quiz(which)
        position %= len(quiz.steps)
        step = quiz.steps[position]
        address = f"{item(quiz.public_id, position + 1)}/report"
        answer = self.learners[quiz.owner].post(address, {"reason": reason, "text": "It says otherwise."})
        if reason == "nonsense" or not quiz.has_told(step):
            assert answer.status_code in {422, 429}, answer.status
        elif answer.status_code == 429:
            assert self.reports[quiz.owner] >= MANY
        else:
            assert answer.status_code in {200, 303}, answer.status
            self.reports[quiz.owner] += not step.is_reported
            step.is_reported = True
            self._note("reports")

    @precondition(lambda self: self.quizzes)
    @rule(which=INDEX, position=INDEX)
    def somebody_else_comes(self, which: int, position: int) -> None:
        quiz = self._quiz(which)
        position %= len(quiz.steps)
        other = self.learners[1 - quiz.owner]
        address = item(quiz.public_id, position + 1)
        answers = [
            other.get(address),
            other.get(f"/attempts/{quiz.public_id}/result"),
            other.post(response_to(quiz.public_id, position + 1), {"option": quiz.steps[position].right}),
            other.post(f"{address}/second-try", {"give_up": "y"}),
            other.post(f"{address}/report", {"reason": "key"}),
            other.post(f"/attempts/{quiz.public_id}/hand-in"),
            other.post(f"/attempts/{quiz.public_id}/practice"),
        ]
        assert [answer.status_code for answer in answers] == [404] * len(answers)

    @rule(who=LEARNER, address=st.sampled_from(("/", "/progress", "/my-data")))
    def visit(self, who: int, address: str) -> None:
        assert self.learners[who].get(address).status_code == 200

    # --- the clock

    @rule(seconds=st.sampled_from(JUMPS))
    def jump(self, seconds: int) -> None:
        self._move_to(self.now + dt.timedelta(seconds=seconds))

    @precondition(lambda self: self._running_out())
    @rule(which=INDEX, seconds=st.sampled_from(NEAR))
    def come_near_a_deadline(self, which: int, seconds: int) -> None:
        ends = [quiz.deadline for quiz in self._running_out() if quiz.deadline]
        self._move_to(ends[which % len(ends)] + dt.timedelta(seconds=seconds))

    def _move_to(self, moment: dt.datetime) -> None:
        self.now = moment
        self.moving.move_to(moment)

    # --- what must always be true

    @invariant()
    def holds(self) -> None:
        self._note("steps")
        found = self._stored()
        assert set(found) == {quiz.public_id for quiz in self.quizzes}
        for quiz in self.quizzes:
            one = found[quiz.public_id]
            assert one.rows == quiz.told()
            assert (one.closed_at is not None) is quiz.closed
            if one.closed_at is not None:
                assert self.closed_at.setdefault(quiz.public_id, one.closed_at) == one.closed_at

    def _note(self, what: str) -> None:
        type(self).taken[what] += 1

    def _stored(self) -> dict[str, Any]:
        return stored(self.app, self.names)

    def _quiz(self, which: int) -> Quiz:
        """One of the last ones: those before stay as they are."""
        recent = self.quizzes[-4:]
        return recent[which % len(recent)]

    def _is_over(self, quiz: Quiz) -> bool:
        """Whether its time is over: it ran out, or had run out when it was closed."""
        if quiz.is_overdue(self.now):
            return True
        if not quiz.closed or quiz.deadline is None:
            return False
        closed_at = self._stored()[quiz.public_id].closed_at
        return dt.datetime.fromisoformat(closed_at).replace(tzinfo=dt.UTC) >= quiz.deadline

    def _send(self, quiz: Quiz, position: int, fields: dict[str, Any]) -> TestResponse:
        return self.learners[quiz.owner].post(response_to(quiz.public_id, position + 1), fields)

    def _begun(self, quiz: Quiz) -> None:
        """A new quiz closes the learner's tests whose time has run out."""
        for other in self.quizzes:
            if other.owner == quiz.owner and other.is_overdue(self.now):
                other.closed = True
        keys = [row[0] for row in self._stored()[quiz.public_id].rows]
        quiz.steps = steps_of(self.app, quiz.public_id, keys)
        assert quiz.steps
        self.quizzes.append(quiz)
        self._note(f"starts of {quiz.mode}")


def machine_on(app: Flask) -> type[Life]:
    """Walks on this application, with counts of their own."""

    class Bound(Life):
        pass

    Bound.app, Bound.taken, Bound.walks = app, Counter(), 0
    return Bound
