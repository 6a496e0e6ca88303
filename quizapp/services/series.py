"""Series: which versions of a question share their statistics, because learners decided on the very same thing."""

from __future__ import annotations

from question_bank.text import fold, norm
from quizapp.services.versions import Content


def keeps_series(old: Content, new: Content, *, cosmetic: bool) -> bool:
    """Whether answers to ``old`` may be counted together with answers to ``new``.

    What learners see only after they have answered never restarts a count. A change of what they decide by keeps the
    series only when the teacher calls it cosmetic, and never when it is another task: another key, another number or
    order of options, other facts.
    """
    if not _is_same_task(old, new):
        return False
    return cosmetic or _decided_by(old) == _decided_by(new)


def _is_same_task(old: Content, new: Content) -> bool:
    return (
        [option.correct for option in old.options] == [option.correct for option in new.options]
        and set(old.facts) == set(new.facts)
        and not _has_moved(old, new)
    )


def _has_moved(old: Content, new: Content) -> bool:
    """Counts go by an option's place, so words that now stand in another place begin anew."""
    before = {fold(norm(option.text)): n for n, option in enumerate(old.options)}
    return any(before.get(fold(norm(option.text)), n) != n for n, option in enumerate(new.options))


def _decided_by(content: Content) -> tuple[str, tuple[str, ...], bool]:
    """What a learner has before the answer; spacing is nothing that one decides by."""
    return norm(content.stem), tuple(norm(option.text) for option in content.options), content.ordered
