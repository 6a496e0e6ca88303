"""Asking again: a fact that a learner was sure of, and wrong, comes back in another form some questions later.

Errors made with confidence are corrected well, and come back if they are not asked for again. Once in a quiz is enough:
after that, and where too few questions are left, the fact waits for the review of the next day.
"""

from __future__ import annotations

from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.learning.meetings import SURE
from quizapp.models.attempts import AttemptItemRow
from quizapp.models.bank import ItemRow
from quizapp.models.standing import ItemFactRow
from quizapp.services.attempts import Attempt, Step, get_attempt
from quizapp.services.pool import candidates
from quizapp.services.starting import add_items

EARLIEST, LATEST = 6, 10  # questions between the error and the fact's return


def ask_again(session: Session, attempt: Attempt, step: Step) -> Attempt:
    """The attempt, with one question more if this answer was a confident error and there is room and another form."""
    left = [one.position for one in attempt.steps if one.position > step.position]
    if step.correct or step.certainty != SURE or len(left) < EARLIEST:
        return attempt
    rng = Random(f"{attempt.seed}:{step.attempt_item_id}")  # noqa: S311 - not for secrets
    item = _other_form(session, attempt, step, rng)
    if item is None:
        return attempt
    between = rng.randint(EARLIEST, min(LATEST, len(left)))
    position = step.position + between + 1
    _make_room(session, attempt.id, position)
    add_items(session, attempt.id, {position: item}, rng)
    return get_attempt(session, attempt.public_id, attempt.learner)


def _other_form(session: Session, attempt: Attempt, step: Step, rng: Random) -> int | None:
    """An approved item on the same fact that gives nothing away of the questions still to come, nor they of it.

    None where a fact was asked for before in this quiz: then this was its second time.
    """
    facts = select(ItemFactRow.fact_id).where(ItemFactRow.item_id == step.item_id)
    forms = session.execute(
        select(ItemFactRow.item_id, ItemRow.state)
        .join(ItemRow, ItemRow.id == ItemFactRow.item_id)
        .where(ItemFactRow.fact_id.in_(facts), ItemRow.id != step.item_id)
        .distinct()
    ).all()
    asked = {one.item_id for one in attempt.steps if one.is_answered}
    if any(form.item_id in asked for form in forms):
        return None
    there = {one.item_id for one in attempt.steps}
    known = [form.item_id for form in forms if form.state == "approved" and form.item_id not in there]
    to_come = candidates(
        session, [one.item_id for one in attempt.steps if not one.is_answered], approved_only=False
    )
    fitting = [
        one.id for one in candidates(session, known) if not any(one.clashes(other) for other in to_come)
    ]
    return rng.choice(fitting) if fitting else None


def _make_room(session: Session, attempt_id: int, position: int) -> None:
    """Move what stands there and behind one place on; by way of negative places, since no two may be the same."""
    of_attempt = AttemptItemRow.attempt_id == attempt_id
    behind = update(AttemptItemRow).where(of_attempt, AttemptItemRow.position >= position)
    session.execute(behind.values(position=-AttemptItemRow.position - 1))
    moved = update(AttemptItemRow).where(of_attempt, AttemptItemRow.position < 0)
    session.execute(moved.values(position=-AttemptItemRow.position))
