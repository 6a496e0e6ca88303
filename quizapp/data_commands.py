"""Commands that keep the data: back it up, take it back, and move it to another kind of database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

_FILE = click.Path(path_type=Path, dir_okay=False)


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (backup, restore, copy_database):
        app.cli.add_command(command)


@click.command("backup")
@click.argument("file", type=_FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write the whole database to FILE, while the quiz goes on."""
    from quizapp.backups import BackupRefusedError, back_up  # noqa: PLC0415 - slow to import

    if not file.absolute().parent.is_dir():
        raise click.ClickException(f"there is no folder {file.absolute().parent}")
    try:
        counts = back_up(_app(), file.absolute(), app_on)
    except BackupRefusedError as error:
        raise click.ClickException(f"{error}; nothing was kept") from error
    click.echo(f"{sum(counts.values())} rows of {len(counts)} tables are in {file}.")
    _note_backup()


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@with_appcontext
def restore(file: Path) -> None:
    """Make the database what FILE holds; what it held until now is backed up beside FILE first."""
    from quizapp.backups import BackupRefusedError, back_up  # noqa: PLC0415 - slow to import
    from quizapp.backups import restore as take_back  # noqa: PLC0415

    path = file.absolute()
    before = path.with_name(f"{path.name}.before-restore")
    try:
        _bring_up_to_date()
        back_up(_app(), before, app_on)
        counts = take_back(_app(), path, app_on)
    except BackupRefusedError as error:
        raise click.ClickException(f"{error}; nothing was changed") from error
    click.echo(f"{sum(counts.values())} rows of {len(counts)} tables are back.")
    click.echo(f"What the database held until now is in {before}.")


@click.command("copy-database")
@click.argument("url")
@with_appcontext
def copy_database(url: str) -> None:
    """Copy every row into the empty database at URL, for instance from SQLite to PostgreSQL."""
    from quizapp.backups import copy_database as copy  # noqa: PLC0415 - slow to import
    from quizapp.copying import NotEmptyError  # noqa: PLC0415
    from quizapp.migrating import bring_up_to_date  # noqa: PLC0415

    _bring_up_to_date()
    try:
        with app_on(url) as target:
            bring_up_to_date(target)
            counts = copy(_app(), target)
    except NotEmptyError as error:
        raise click.ClickException(
            f"the other database holds rows already ({error}); nothing was copied"
        ) from error
    click.echo(f"{sum(counts.values())} rows of {len(counts)} tables copied.")


def _note_backup() -> None:
    """The doctor asks for it; a disk that takes no note may be backed up all the same."""
    from quizapp.readiness import note_backup  # noqa: PLC0415 - keeps other commands quick

    try:
        note_backup(Path(current_app.instance_path), dt.datetime.now(dt.UTC))
    except OSError as fault:
        click.echo(f"No note could be taken of it: {fault}", err=True)


def _bring_up_to_date() -> None:
    """Through an application of its own: migrations bind themselves to one for good."""
    from quizapp.migrating import bring_up_to_date  # noqa: PLC0415 - slow to import

    with app_on(current_app.config["DATABASE_URL"]) as app:
        bring_up_to_date(app)


@contextmanager
def app_on(url: str) -> Iterator[Flask]:
    """An application like this one on another database; it shares the instance folder and the secret key."""
    from quizapp import create_app  # noqa: PLC0415 - it imports the commands
    from quizapp.extensions import db  # noqa: PLC0415

    settings = {"DATABASE_URL": url, "INSTANCE": current_app.instance_path}
    app = create_app(settings | {"SECRET_KEY": current_app.config["SECRET_KEY"]})
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]  # noqa: SLF001
