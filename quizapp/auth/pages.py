"""What the pages of signing in show."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from quizapp.auth.fields import FieldView, fields_of
from quizapp.auth.forms import CodeForm, ConfirmForm, NewPasswordForm, SetupForm, SignInForm
from quizapp.services import links
from quizapp.services.links import Link
from quizapp.services.passwords import SHORTEST

WRONG = "E-mail or password is wrong."
WRONG_PASSWORD = "This is not your password."  # noqa: S105 - what is said, not what is secret
WRONG_CODE = "This code is wrong, was used before, or came too late. Type the one that the app shows now."

_NEW_PASSWORD = f"At least {SHORTEST} characters. Three or four words that do not belong together are good."
_CODE = "Six digits from the app on your phone, or one of your recovery codes."


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
            title="Sign in",
            heading="Teachers’ room",
            lede=None
            if has_accounts
            else "No teacher has an account yet: whoever runs the server finds the set-up link in its console.",
            action=url_for("auth.sign_in"),
            next=form.next.data or "",
            fields=fields_of(form, "email", "password"),
            error=error,
            button="Sign in",
            note="An administrator gives out accounts and new passwords. To take the quiz nobody needs one.",
        )

    @classmethod
    def code(cls, form: CodeForm, *, error: str | None = None) -> DoorPage:
        """The second step."""
        return cls(
            title="Second step",
            heading="One more step",
            lede=None,
            action=url_for("auth.take_code"),
            next=form.next.data or "",
            fields=fields_of(form, "code", hints={"code": _CODE}),
            error=error,
            button="Go on",
            note="Without phone and recovery codes, ask an administrator for a password link.",
        )

    @classmethod
    def welcome(cls, link: Link, form: SetupForm | NewPasswordForm, action: str) -> DoorPage:
        """What a one-time link opens."""
        heading, lede = _WELCOME[link.purpose]
        names = ("email", "new_password", "again") if link.email is None else ("new_password", "again")
        return cls(
            title=heading,
            heading=heading,
            lede=lede.format(email=link.email),
            action=action,
            next=None,
            fields=fields_of(form, *names, hints={"new_password": _NEW_PASSWORD}),
            error=None,
            button="Save and sign in",
            note=None,
            username=link.email,
        )

    @classmethod
    def confirm(cls, form: ConfirmForm, email: str, *, error: str | None = None) -> DoorPage:
        """The password once more."""
        return cls(
            title="Your password, please",
            heading="Your password, please",
            lede=f"What you are about to do cannot be undone or leaves the house. You are signed in as {email}.",
            action=url_for("account.confirm"),
            next=form.next.data or "",
            fields=fields_of(form, "password"),
            error=error,
            button="Go on",
            note=None,
            username=email,
        )


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """A link that opens nothing, whatever the reason."""

    title: str = "This link opens nothing"
    sign_in: str = ""


_WELCOME = {
    links.SETUP: (
        "Make the first account",
        "Whoever holds the set-up link runs this server. The first account is an administrator’s: it invites others.",
    ),
    links.INVITATION: (
        "Welcome to the teachers’ room",
        "Choose a password, and you are in. You will sign in as {email}.",
    ),
    links.PASSWORD: (
        "Choose a new password",
        "For {email}. Every browser is signed out, and the second step of signing in is turned off.",
    ),
}


def wait_words(seconds: int) -> str:
    """What to tell somebody who tried too often."""
    unit = "second" if seconds == 1 else "seconds"
    return f"Too many tries. Wait {seconds} {unit}, then try once more."
