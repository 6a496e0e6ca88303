"""What the pages of signing in show."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.auth.fields import FieldView, fields_of
from quizapp.auth.forms import CodeForm, ConfirmForm, NewPasswordForm, SetupForm, SignInForm
from quizapp.marking import mark
from quizapp.services import links
from quizapp.services.links import Link
from quizapp.services.passwords import SHORTEST

WRONG = mark("E-mail or password is wrong.")
WRONG_PASSWORD = mark("This is not your password.")
WRONG_CODE = mark(
    "This code is wrong, was used before, or came too late. Type the one that the app shows now."
)


@dataclass(frozen=True, slots=True)
class DoorPage:
    """A page with one form that lets somebody in."""

    title: str
    heading: str
    lede: str | None
    action: str
    next: str | None
    fields: tuple[FieldView, ...]
    error: str | None
    button: str
    note: str | None
    username: str | None = None  # whose password it is, for password managers
    room: str = "/admin/account"

    @classmethod
    def sign_in(cls, form: SignInForm, *, error: str | None, has_accounts: bool) -> DoorPage:
        """E-mail and password; where nobody has an account yet, how the first is made."""
        return cls(
            title=_("Sign in"),
            heading=_("Teachers’ room"),
            lede=None
            if has_accounts
            else _(
                "No teacher has an account yet: whoever runs the server finds the set-up link in its console."
            ),
            action=url_for("auth.sign_in"),
            next=form.next.data or "",
            fields=fields_of(form, "email", "password"),
            error=error,
            button=_("Sign in"),
            note=_(
                "An administrator gives out accounts and new passwords. To take the quiz nobody needs one."
            ),
        )

    @classmethod
    def code(cls, form: CodeForm, *, error: str | None = None) -> DoorPage:
        """The second step."""
        return cls(
            title=_("Second step"),
            heading=_("One more step"),
            lede=None,
            action=url_for("auth.take_code"),
            next=form.next.data or "",
            fields=fields_of(
                form,
                "code",
                hints={"code": _("Six digits from the app on your phone, or one of your recovery codes.")},
            ),
            error=error,
            button=_("Go on"),
            note=_("Without phone and recovery codes, ask an administrator for a password link."),
        )

    @classmethod
    def welcome(cls, link: Link, form: SetupForm | NewPasswordForm, action: str) -> DoorPage:
        """What a one-time link opens."""
        heading, lede = _WELCOME[link.purpose]
        names = ("email", "new_password", "again") if link.email is None else ("new_password", "again")
        hint = _(
            "At least %(least)s characters. Three or four words that do not belong together are good.",
            least=SHORTEST,
        )
        return cls(
            title=_(heading),
            heading=_(heading),
            lede=_(lede, email=link.email),
            action=action,
            next=None,
            fields=fields_of(form, *names, hints={"new_password": hint}),
            error=None,
            button=_("Save and sign in"),
            note=None,
            username=link.email,
        )

    @classmethod
    def confirm(cls, form: ConfirmForm, email: str, *, error: str | None = None) -> DoorPage:
        """The password once more."""
        return cls(
            title=_("Your password, please"),
            heading=_("Your password, please"),
            lede=_(
                "What you are about to do cannot be undone or leaves the house. You are signed in as %(email)s.",
                email=email,
            ),
            action=url_for("account.confirm"),
            next=form.next.data or "",
            fields=fields_of(form, "password"),
            error=error,
            button=_("Go on"),
            note=None,
            username=email,
        )


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """A link that opens nothing, whatever the reason."""

    title: str
    sign_in: str

    @classmethod
    def of(cls, sign_in: str) -> ClosedPage:
        """The page, which leads to ``sign_in``."""
        return cls(_("This link opens nothing"), sign_in)


_WELCOME = {
    links.SETUP: (
        mark("Make the first account"),
        mark(
            "Whoever holds the set-up link runs this server. "
            "The first account is an administrator’s: it invites others."
        ),
    ),
    links.INVITATION: (
        mark("Welcome to the teachers’ room"),
        mark("Choose a password, and you are in. You will sign in as %(email)s."),
    ),
    links.PASSWORD: (
        mark("Choose a new password"),
        mark("For %(email)s. Every browser is signed out, and the second step of signing in is turned off."),
    ),
}


def wait_words(seconds: int) -> str:
    """What to tell somebody who tried too often."""
    told: str = ngettext(
        "Too many tries. Wait %(seconds)s second, then try once more.",
        "Too many tries. Wait %(seconds)s seconds, then try once more.",
        seconds,
        seconds=seconds,
    )
    return told
