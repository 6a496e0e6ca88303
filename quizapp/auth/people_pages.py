"""What administrators see of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from quizapp.auth.fields import FieldView, fields_of
from quizapp.auth.forms import InviteForm
from quizapp.marking import mark
from quizapp.moments import Moment
from quizapp.services.accounts import Teacher
from quizapp.services.links import LASTS, Link
from quizapp.services.people import Person

ROOM = "/admin/account"  # people stand beneath one's own account

_ROLES = {"teacher": mark("teacher"), "administrator": mark("administrator")}


@dataclass(frozen=True, slots=True)
class PersonView:
    """A row of the list, with what can be done."""

    email: str
    role: str
    is_active: bool
    is_you: bool
    has_second_step: bool
    seen_at: Moment | None
    other_role: str
    role_label: str
    role_url: str
    active_url: str
    active_told: str
    active_label: str
    link_url: str

    @classmethod
    def of(cls, person: Person, you: Teacher) -> PersonView:
        """The row."""
        return cls(
            email=person.email,
            role=_(_ROLES[person.role]),
            is_active=person.active,
            is_you=person.id == you.id,
            has_second_step=person.has_second_step,
            seen_at=Moment.of(person.seen_at) if person.seen_at else None,
            other_role="teacher" if person.is_administrator else "administrator",
            role_label=_("Make a teacher") if person.is_administrator else _("Make administrator"),
            role_url=url_for("people.change_role", account_id=person.id),
            active_url=url_for("people.set_active", account_id=person.id),
            active_told=_("Close the account of %(email)s", email=person.email)
            if person.active
            else _("Open the account of %(email)s", email=person.email),
            active_label=_("Close") if person.active else _("Open again"),
            link_url=url_for("people.make_password_link", account_id=person.id),
        )


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation that nobody has taken yet."""

    email: str
    role: str
    expires_at: Moment


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """What somebody is invited as."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who has an account, who is invited, and a form to invite."""

    title: str
    room: str
    people: tuple[PersonView, ...]
    invitations: tuple[InvitationView, ...]
    fields: tuple[FieldView, ...]
    roles: tuple[RoleChoice, ...]

    @classmethod
    def of(
        cls, people: Sequence[Person], invitations: Sequence[Link], form: InviteForm, you: Teacher
    ) -> PeoplePage:
        """The page."""
        labels = {
            "teacher": _("Teacher"),
            "administrator": _("Administrator, who also looks after accounts"),
        }
        return cls(
            title=_("People"),
            room=ROOM,
            people=tuple(PersonView.of(person, you) for person in people),
            invitations=tuple(
                InvitationView(link.email or "", _(_ROLES[link.role]), Moment.of(link.expires_at))
                for link in invitations
            ),
            fields=fields_of(form, "email"),
            roles=tuple(RoleChoice(role, label, form.role.data == role) for role, label in labels.items()),
        )


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A link, shown this once, for an administrator to hand on."""

    title: str
    room: str
    email: str
    address: str
    lede: str

    @classmethod
    def of(cls, purpose: str, email: str, secret: str) -> LinkPage:
        """The page."""
        days = LASTS[purpose].days
        lasts = _("%(days)s days", days=days) if days > 1 else _("24 hours")
        return cls(
            title=_("A link for %(email)s", email=email),
            room=ROOM,
            email=email,
            address=url_for("welcome.open_link", token=secret, _external=True),
            lede=_(
                "Copy it now and hand it on: it opens once, within %(lasts)s, and is not shown again.",
                lasts=lasts,
            ),
        )
