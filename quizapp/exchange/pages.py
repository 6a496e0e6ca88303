"""What the page of import and export shows."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from quizapp.marking import mark
from quizapp.services.importing import Imported
from quizapp.services.question_list import Filter

ROOM = "/admin/exchange"

_IMPORTED = {
    "draft": mark("Imported: %(new)s new as drafts, %(changed)s changed, %(there)s already there."),
    "in_review": mark("Imported: %(new)s new in review, %(changed)s changed, %(there)s already there."),
}


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """Out, in, and on paper; ``listed`` is the number of questions of the list that the teacher came from."""

    title: str
    room: str
    approved: int
    listed: int | None
    list: str
    paper_href: str
    done: str | None
    export_error: str | None
    upload_error: str | None

    @classmethod
    def of(
        cls,
        wanted: Filter,
        *,
        approved: int,
        listed: int | None,
        done: Imported | None = None,
        export_error: str | None = None,
        upload_error: str | None = None,
    ) -> ExchangePage:
        """The page."""
        args = wanted.to_args()
        return cls(
            title=_("In and out"),
            room=ROOM,
            approved=approved,
            listed=listed if args else None,
            list=urlencode(args),
            paper_href=f"{url_for('exchange.choose_paper')}?{urlencode({'from': 'list', **args})}",
            done=_told(done) if done else None,
            export_error=export_error,
            upload_error=upload_error,
        )


def _told(done: Imported) -> str:
    return _(_IMPORTED[done.state], new=done.new, changed=done.changed, there=done.there)
