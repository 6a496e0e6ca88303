"""What people send who sign in, who were invited, and who look after accounts."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, Form, HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Regexp, ValidationError

from quizapp.languages import lazy_gettext
from quizapp.services.people import LONGEST_EMAIL, ROLES, is_email
from quizapp.services.sign_in import plain_email

_LONGEST_TYPED = 1000  # of a password; more is not worth hashing
_PASSWORD = lazy_gettext("Password")


def email_address(form: Form, field: Field) -> None:
    """What is typed into the field can be an e-mail address."""
    del form
    field.data = plain_email(field.data)
    if not is_email(field.data):
        raise ValidationError(lazy_gettext("This does not look like an e-mail address."))


def same_as_first(form: Form, field: Field) -> None:
    """Both times the same was typed."""
    if field.data != form["new_password"].data:
        raise ValidationError(lazy_gettext("This is not what you typed above. Type the password again."))


def _email() -> EmailField:
    return EmailField(
        lazy_gettext("E-mail"),
        [InputRequired(lazy_gettext("Type the e-mail address.")), Length(max=LONGEST_EMAIL), email_address],
    )


def _password(label: str = _PASSWORD) -> PasswordField:
    return PasswordField(
        label, [InputRequired(lazy_gettext("Type the password.")), Length(max=_LONGEST_TYPED)]
    )


def _new_password() -> PasswordField:
    asked = InputRequired(lazy_gettext("Choose a password."))
    return PasswordField(lazy_gettext("New password"), [asked, Length(max=_LONGEST_TYPED)])


def _again() -> PasswordField:
    asked = InputRequired(lazy_gettext("Type the password again."))
    return PasswordField(lazy_gettext("The same once more"), [asked, same_as_first])


def _code(asked: str) -> StringField:
    return StringField(lazy_gettext("Code"), [InputRequired(asked), Length(max=40)])


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Name and password. Whether the name can be one is not told: one answer for all that is wrong."""

    email = EmailField(
        lazy_gettext("E-mail"),
        [InputRequired(lazy_gettext("Type your e-mail address.")), Length(max=LONGEST_EMAIL)],
    )
    password = _password()
    next = HiddenField()


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The second step."""

    code = _code(lazy_gettext("Type the code."))
    next = HiddenField()


class SetupForm(FlaskForm):  # type: ignore[misc]
    """The first administrator."""

    email = _email()
    new_password = _new_password()
    again = _again()


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password for an account that is known."""

    new_password = _new_password()
    again = _again()


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password in place of the present one."""

    password = _password(lazy_gettext("Present password"))
    new_password = _new_password()
    again = _again()


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """The password once more."""

    password = _password()
    next = HiddenField()


class SecondStepForm(FlaskForm):  # type: ignore[misc]
    """The seed that the page offered, and a code that proves that the app has it."""

    seed = HiddenField(validators=[Regexp(r"[A-Za-z0-9_-]{32}\Z")])
    code = _code(lazy_gettext("Type the code that the app shows."))


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Whom to invite, and as what."""

    email = _email()
    role = RadioField(validators=[AnyOf(ROLES)], default=ROLES[0], validate_choice=False)


class EmailForm(FlaskForm):  # type: ignore[misc]
    """Which invitation."""

    email = _email()


class RoleForm(FlaskForm):  # type: ignore[misc]
    """What somebody becomes."""

    role = HiddenField(validators=[AnyOf(ROLES)])


class ActiveForm(FlaskForm):  # type: ignore[misc]
    """Whether somebody may come in."""

    active = HiddenField(validators=[AnyOf(("yes", "no"))])


class AgreeForm(FlaskForm):  # type: ignore[misc]
    """A button that says what it does."""

    agreed = HiddenField(validators=[AnyOf(("yes",))])
