"""The commands for accounts: make one, give one a new password, and the link that makes the first."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from collections.abc import Callable

_FROM_STDIN = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="Read the password from standard input."
)


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (create_teacher, reset_password):
        app.cli.add_command(command)


@click.command("create-teacher")
@click.argument("email")
@click.option("--administrator", is_flag=True, help="Who also looks after accounts.")
@_FROM_STDIN
@with_appcontext
def create_teacher(email: str, *, administrator: bool, from_stdin: bool) -> None:
    """Make a sign-in for a teacher; prompts for the password."""
    from quizapp.services import people  # noqa: PLC0415 - keeps other commands quick
    from quizapp.services.log import COMMAND_LINE  # noqa: PLC0415
    from quizapp.transactions import reading, writing  # noqa: PLC0415

    _migrate()
    email = _checked_email(email)
    role = "administrator" if administrator else "teacher"
    with reading() as session:
        if people.has_account(session, email):
            raise click.ClickException(_TAKEN.format(email=email))
    password_hash = _new_password(email, from_stdin=from_stdin)
    try:
        with writing() as session:
            people.add_account(
                session,
                email=email,
                role=role,
                password_hash=password_hash,
                actor=COMMAND_LINE,
                now=dt.datetime.now(dt.UTC),
            )
    except people.EmailTakenError:
        raise click.ClickException(_TAKEN.format(email=email)) from None
    click.echo(f"{email} can sign in at /teachers/sign-in as {role}.")


@click.command("reset-password")
@click.argument("email")
@_FROM_STDIN
@with_appcontext
def reset_password(email: str, *, from_stdin: bool) -> None:
    """Give a teacher a new password: signs them out everywhere and turns their second step off."""
    from quizapp.services import people  # noqa: PLC0415 - keeps other commands quick
    from quizapp.services.log import COMMAND_LINE  # noqa: PLC0415
    from quizapp.transactions import reading, writing  # noqa: PLC0415

    _migrate()
    email = _checked_email(email)
    with reading() as session:
        if not people.has_account(session, email):
            raise click.ClickException(f"{email} has no account; flask create-teacher {email} makes one")
    password_hash = _new_password(email, from_stdin=from_stdin)
    with writing() as session:
        account = people.set_password(
            session,
            email,
            password_hash,
            actor=COMMAND_LINE,
            keep_second_step=False,
            now=dt.datetime.now(dt.UTC),
        )
    if account is None:
        raise click.ClickException(
            f"the account of {email} is closed; an administrator opens it under People"
        )
    click.echo(f"{email} has a new password.")


def tell_setup_link(host: str, port: int) -> None:
    """While nobody has an account: print a link that makes the first administrator, and void the one before."""
    from quizapp.services.links import make_setup_link  # noqa: PLC0415 - keeps other commands quick
    from quizapp.transactions import writing  # noqa: PLC0415

    with writing() as session:
        secret = make_setup_link(session, dt.datetime.now(dt.UTC))
    if secret is None:
        return
    click.echo("Nobody has an account yet. Within 24 hours this link makes the first, once:")
    click.echo(f"  {_site(host, port)}/teachers/welcome/{secret}")


def _site(host: str, port: int) -> str:
    """Where a browser finds it: under its own name if that is told, else where it is served."""
    names = [name for name in current_app.config["TRUSTED_HOSTS"] or () if not name.startswith(".")]
    if names and current_app.config["HTTPS"]:
        return f"https://{names[0]}"
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{reachable}:{port}"


_TAKEN = (
    "{email} has an account already; flask reset-password {email} gives it a new password,"
    " and so does an administrator's password link under People"
)


def _checked_email(typed: str) -> str:
    from quizapp.services.people import LONGEST_EMAIL, is_email  # noqa: PLC0415 - keeps other commands quick
    from quizapp.services.sign_in import plain_email  # noqa: PLC0415

    email = plain_email(typed)
    if len(email) > LONGEST_EMAIL or not is_email(email):
        raise click.ClickException(f"{typed} does not look like an e-mail address")
    return email


def _new_password(email: str, *, from_stdin: bool) -> str:
    """The hash of a new password, piped in or typed twice; a weak one ends the command, saying why."""
    from quizapp.services.passwords import hash_password, weakness_of  # noqa: PLC0415 - keeps other commands quick

    ask: Callable[[], str] = _read_line if from_stdin else _prompt
    password = ask()
    weakness = weakness_of(password, email=email, product=current_app.config["PRODUCT_NAME"])
    if weakness:
        raise click.ClickException(f"this password is refused. {weakness}")
    return hash_password(password)


def _read_line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _prompt() -> str:
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="The same once more")
    return typed


def _migrate() -> None:
    from quizapp.migrating import bring_up_to_date  # noqa: PLC0415 - slow to import

    bring_up_to_date(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
