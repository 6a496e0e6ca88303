"""What the list of questions shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, format_percent, ngettext
from flask_babel import gettext as _

from quizapp.bank import labels
from quizapp.bank.done import Done
from quizapp.bank.filters import Chip, FilterView, chips, list_address, with_args
from quizapp.bank.forms import MOST
from quizapp.moments import Moment
from quizapp.retelling import retell_suspension
from quizapp.services.question_list import FIRST, ORDERS, Choices, Filter, Listed, Page
from quizapp.words import ORIGINS, STATES

ROOM = "/admin/questions"


@dataclass(frozen=True, slots=True)
class Wish:
    """What list was asked for: which questions, in which order, which page of it."""

    filter: Filter
    order: str
    number: int

    @classmethod
    def of(cls, args: Any) -> Wish:  # noqa: ANN401 - an address's or a form's values
        """What an address or a form names."""
        order, number = args.get("order", ""), args.get("page", "")
        is_number = number.isascii() and number.isdigit() and len(number) <= len("100000")
        return cls(
            Filter.from_args(args),
            order if order in ORDERS else FIRST,
            max(1, int(number)) if is_number else 1,
        )

    @property
    def address(self) -> str:
        """Where it is found again."""
        return list_address(self.filter.to_args(), self.order, self.number)

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The fields with which a form finds it again."""
        return (*self.filter.to_args().items(), ("order", self.order), ("page", str(self.number)))


@dataclass(frozen=True, slots=True)
class Faults:
    """What was wrong with a change of many, beside its fields, and what had been typed."""

    uid: str | None = None
    to: str | None = None
    why: str | None = None
    typed_to: str = ""
    typed_why: str = ""
    chosen: Collection[str] = ()
    has_all: bool = False

    @property
    def any(self) -> bool:
        """Whether something was wrong."""
        return bool(self.uid or self.to or self.why)


@dataclass(frozen=True, slots=True)
class RowView:
    """A question in the list."""

    uid: str
    stem: str
    topic: str
    kind: str
    level: str
    state: str
    state_label: str
    origin: str
    alerts: tuple[str, ...]
    answered: str
    updated_at: Moment
    is_chosen: bool

    @classmethod
    def of(cls, listed: Listed, chosen: Collection[str]) -> RowView:
        """The view of a question."""
        return cls(
            uid=listed.uid,
            stem=listed.stem,
            topic=listed.topic,
            kind=labels.kind(listed.model),
            level=labels.level(listed.bloom),
            state=listed.state,
            state_label=_(STATES[listed.state]),
            origin=_(ORIGINS[listed.origin]),
            alerts=tuple(_alerts(listed)),
            answered=_answered(listed),
            updated_at=Moment.of(listed.updated_at),
            is_chosen=listed.uid in chosen,
        )


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the list; without an address it is a gap."""

    label: str
    href: str | None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """The list of questions."""

    title: str
    room: str
    address: str
    filters: FilterView
    chips: tuple[Chip, ...]
    clear_href: str
    told: str
    total: int
    rows: tuple[RowView, ...]
    links: tuple[PageLink, ...]
    previous: str | None
    next: str | None
    hidden: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str], ...]
    can_have_all: bool
    export_href: str
    paper_href: str
    faults: Faults
    done: Done | None

    @classmethod
    def of(
        cls,
        wish: Wish,
        page: Page,
        choices: Choices,
        *,
        faults: Faults | None = None,
        done: Done | None = None,
    ) -> QuestionsPage:
        """The page."""
        faults = faults or Faults()
        here = Wish(wish.filter, wish.order, page.number)
        return cls(
            title=_("Questions"),
            room=ROOM,
            address=here.address,
            filters=FilterView.of(wish.filter, wish.order, choices),
            chips=chips(wish.filter, wish.order, choices),
            clear_href=list_address({}, wish.order),
            told=_told(page),
            total=page.total,
            rows=tuple(RowView.of(listed, faults.chosen) for listed in page.questions),
            links=tuple(_links(here, page)),
            previous=_page(here, page.number - 1) if page.number > 1 else None,
            next=_page(here, page.number + 1) if page.number < page.pages else None,
            hidden=here.hidden,
            changes=tuple((state, _(told)) for state, told in labels.CHANGES.items()),
            can_have_all=1 < page.total <= MOST,
            export_href=with_args("exchange.show_exchange", wish.filter.to_args()),
            paper_href=with_args("exchange.choose_paper", {"from": "list", **wish.filter.to_args()}),
            faults=faults,
            done=done,
        )


def _told(page: Page) -> str:
    """How many questions the list has, and which page of it this is."""
    told = labels.questions(page.total)
    if page.is_longer:
        told = _("more than %(number)s questions", number=format_decimal(page.total))
    if page.pages == 1:
        return told
    return str(
        _(
            "%(questions)s, page %(number)s of %(pages)s",
            questions=told,
            number=format_decimal(page.number),
            pages=format_decimal(page.pages),
        )
    )


def _alerts(listed: Listed) -> list[str]:
    found = [
        (listed.reports, labels.reports(listed.reports)),
        (listed.conflicts, _("In conflict with a rebuild")),
        (listed.suspended, _("Suspended: %(why)s", why=retell_suspension(listed.suspended or ""))),
        (listed.unsourced, _("Without a source")),
        (listed.findings, labels.findings(listed.findings)),
    ]
    return [words for is_so, words in found if is_so]


def _answered(listed: Listed) -> str:
    if listed.share_right is None:
        return str(_("Not answered yet"))
    return str(
        ngettext(
            "Answered once, %(share)s right",
            "Answered %(times)s times, %(share)s right",
            listed.answered,
            times=format_decimal(listed.answered),
            share=format_percent(listed.share_right),
        )
    )


def _links(here: Wish, page: Page) -> list[PageLink]:
    """The first, the last and the pages around this one."""
    if page.pages == 1:
        return []
    near = {1, page.pages, *range(max(1, page.number - 1), min(page.pages, page.number + 1) + 1)}
    links: list[PageLink] = []
    last = 0
    for number in sorted(near):
        if number > last + 1:
            links.append(PageLink("…", None))
        links.append(PageLink(format_decimal(number), _page(here, number), number == page.number))
        last = number
    return links


def _page(here: Wish, number: int) -> str:
    return list_address(here.filter.to_args(), here.order, number)
