"""What somebody sees of their own account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from quizapp.auth.fields import FieldView, fields_of, typed
from quizapp.auth.forms import ChangePasswordForm, SecondStepForm
from quizapp.auth.here import BROWSERS
from quizapp.moments import Moment
from quizapp.retelling import retell
from quizapp.services.accounts import OpenSession, SignIn
from quizapp.services.passwords import SHORTEST

ROOM = "/admin/account"


@dataclass(frozen=True, slots=True)
class SessionView:
    """A browser in which the teacher is signed in."""

    browser: str
    made_at: Moment
    seen_at: Moment
    is_this: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Who is signed in, where, and how."""

    title: str
    room: str
    email: str
    role: str
    is_administrator: bool
    fields: tuple[FieldView, ...]
    error: str | None
    notice: str | None
    sessions: tuple[SessionView, ...]
    has_second_step: bool
    codes_left: int

    @classmethod
    def of(
        cls,
        sign_in: SignIn,
        sessions: Sequence[OpenSession],
        second_step: tuple[bool, int],
        form: ChangePasswordForm,
        *,
        error: str | None = None,
        notice: str | None = None,
    ) -> AccountPage:
        """The page."""
        teacher = sign_in.teacher
        hint = _("At least %(least)s characters. All other browsers are signed out.", least=SHORTEST)
        return cls(
            title=_("Your account"),
            room=ROOM,
            email=teacher.email,
            role=_("Administrator") if teacher.is_administrator else _("Teacher"),
            is_administrator=teacher.is_administrator,
            fields=fields_of(form, "password", "new_password", "again", hints={"new_password": hint}),
            error=error,
            notice=_(notice) if notice else None,
            sessions=tuple(
                SessionView(
                    retell(one.browser, BROWSERS),
                    Moment.of(one.made_at),
                    Moment.of(one.seen_at),
                    one.is_this,
                )
                for one in sessions
            ),
            has_second_step=second_step[0],
            codes_left=second_step[1],
        )


@dataclass(frozen=True, slots=True)
class SecondStepPage:
    """How an app learns the secret: as a picture or typed."""

    title: str
    room: str
    seed: str
    secret: str
    address: str
    picture: str
    fields: tuple[FieldView, ...]

    @classmethod
    def of(cls, form: SecondStepForm, *, secret: str, address: str, picture: str) -> SecondStepPage:
        """The page; the typed secret in groups of four."""
        return cls(
            title=_("Second step of signing in"),
            room=ROOM,
            seed=typed(form.seed),
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            address=address,
            picture=picture,
            fields=fields_of(form, "code", hints={"code": _("Six digits. They change every half minute.")}),
        )


@dataclass(frozen=True, slots=True)
class CodesPage:
    """New recovery codes, shown this once."""

    title: str
    room: str
    codes: tuple[str, ...]

    @classmethod
    def of(cls, codes: Sequence[str]) -> CodesPage:
        """The page."""
        return cls(_("Your recovery codes"), ROOM, tuple(codes))
