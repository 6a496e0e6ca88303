"""What administrators see of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from quizapp.auth.fields import FieldView, fields_of
from quizapp.auth.forms import InviteForm
from quizapp.moments import Moment
from quizapp.services.accounts import Teacher
from quizapp.services.links import LASTS, Link
from quizapp.services.people import Person

ROOM = "/admin/account"  # people stand beneath one's own account


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
    link_url: str

    @classmethod
    def of(cls, person: Person, you: Teacher) -> PersonView:
        """The row."""
        return cls(
            email=person.email,
            role=person.role,
            is_active=person.active,
            is_you=person.id == you.id,
            has_second_step=person.has_second_step,
            seen_at=Moment.of(person.seen_at) if person.seen_at else None,
            other_role="teacher" if person.is_administrator else "administrator",
            role_label="Make a teacher" if person.is_administrator else "Make administrator",
            role_url=url_for("people.change_role", account_id=person.id),
            active_url=url_for("people.set_active", account_id=person.id),
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
        labels = {"teacher": "Teacher", "administrator": "Administrator, who also looks after accounts"}
        return cls(
            title="People",
            room=ROOM,
            people=tuple(PersonView.of(person, you) for person in people),
            invitations=tuple(
                InvitationView(link.email or "", link.role, Moment.of(link.expires_at))
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
    lasts: str

    @classmethod
    def of(cls, purpose: str, email: str, secret: str) -> LinkPage:
        """The page."""
        return cls(
            title=f"A link for {email}",
            room=ROOM,
            email=email,
            address=url_for("welcome.open_link", token=secret, _external=True),
            lasts=f"{LASTS[purpose].days} days" if LASTS[purpose].days > 1 else "24 hours",
        )
