"""The commands: serve, rebuild the bank, export it, attach originals, and change the schema."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from question_bank.loader import CURATED_DIR, SEEDS_DIR
from quizapp import account_commands, data_commands, operations_commands

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from question_bank.build import Build
    from quizapp.services.plan import Plan

Progress = Callable[[str, int, int], None]


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (serve, seed_questions, export_questions, attach_originals, make_migration):
        app.cli.add_command(command)
    account_commands.init_app(app)
    data_commands.init_app(app)
    operations_commands.init_app(app)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@with_appcontext
def serve(host: str, port: int) -> None:
    """Prepare the database, build the bank on first start, and serve the quiz."""
    from quizapp.refusing import is_this_machine, refuse_debugging  # noqa: PLC0415
    from quizapp.serve import serve as run  # noqa: PLC0415 - the server is for this command alone
    from quizapp.services.seeding import is_empty  # noqa: PLC0415
    from quizapp.transactions import reading  # noqa: PLC0415

    refuse_debugging(debug=current_app.debug, host=host)
    _migrate()
    with reading() as session:
        empty = is_empty(session)
    if empty:
        click.echo("Building the question bank, once …")
        _seed_apart()
    click.echo(f"{current_app.config['PRODUCT_NAME']} is at http://{host}:{port} (end it with Ctrl-C)")
    if not is_this_machine(host) and not current_app.config["TRUSTED_HOSTS"]:
        click.echo(
            "Whatever name a request gives this site is believed; QUIZAPP_HOSTS says which are its own."
        )
    account_commands.tell_setup_link(host, port)
    run(host=host, port=port)


@click.command("seed-questions")
@click.option("--dry-run", is_flag=True, help="Print what would change; write nothing.")
@click.option(
    "--check", is_flag=True, help="Write nothing, and hold the whole bank against its rules as well."
)
@click.option("--seeds", type=click.Path(path_type=Path, file_okay=False, exists=True), default=SEEDS_DIR)
@click.option("--curated", type=click.Path(path_type=Path, file_okay=False, exists=True), default=CURATED_DIR)
@with_appcontext
def seed_questions(*, dry_run: bool, check: bool, seeds: Path, curated: Path) -> None:
    """Rebuild the bank from the seeds and the curated decisions: all of it, or nothing."""
    if check or dry_run:
        _refuse_another_schema()
    else:
        _migrate()
    _seed(seeds, curated, dry_run=dry_run or check, check=check)


@click.command("export-questions")
@click.option("--format", "format_", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--mark", is_flag=True, help="CSV: begin with the mark by which Excel knows UTF-8.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else standard output."
)
@with_appcontext
def export_questions(*, format_: str, mark: bool, output: Path | None) -> None:
    """Write the approved bank with the evidence for every option."""
    from quizapp.services.exporting import export_pieces  # noqa: PLC0415 - keeps other commands quick
    from quizapp.transactions import reading  # noqa: PLC0415

    with reading() as session:
        _refuse_empty(session)
        pieces = export_pieces(session, format_, mark=mark)
        if output is None:
            for piece in pieces:
                click.echo(piece, nl=False)
            return
        draft = output.with_name(f"{output.name}.new")
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        draft.replace(output)  # the whole file or the old one


@click.command("attach-originals")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, exists=True))
@with_appcontext
def attach_originals(folder: Path) -> None:
    """Show the original paragraphs beside ours, after each is checked against its hash."""
    from quizapp.services import originals  # noqa: PLC0415 - keeps other commands quick
    from quizapp.transactions import reading  # noqa: PLC0415

    try:
        with reading() as session:
            _refuse_empty(session)
            count = originals.attach_originals(session, folder, Path(current_app.instance_path))
    except originals.OriginalsRefusedError as error:
        click.echo("\n".join(error.complaints), err=True)
        click.echo("Nothing was attached.", err=True)
        sys.exit(1)
    click.echo(f"{count} original paragraphs attached.")


@click.command("make-migration")
@click.argument("message")
@with_appcontext
def make_migration(message: str) -> None:
    """Write a migration from the difference between the tables and the models (for developers)."""
    from quizapp.migrating import migrations_of  # noqa: PLC0415 - slow to import

    migrations_of(_app()).revision(message)


def _seed_apart() -> None:
    """In a process of its own: what the generator leaves in memory would stay in every worker of the server."""
    config = current_app.config
    named = {"DATABASE_URL": config["DATABASE_URL"], "QUIZAPP_INSTANCE": current_app.instance_path}
    command = [sys.executable, "-m", "flask", "--app", "quizapp", "seed-questions"]
    done = subprocess.run(command, env=os.environ | named, check=False)  # noqa: S603 - our own command
    if done.returncode:
        sys.exit(done.returncode)


def _seed(seeds: Path, curated: Path, *, dry_run: bool = False, check: bool = False) -> None:
    from question_bank.build import build_bank  # noqa: PLC0415 - the generator is for these commands alone
    from question_bank.errors import SeedFaultsError  # noqa: PLC0415

    try:
        with _progress() as progress:
            build = build_bank(seeds, curated, progress=progress)
            plan = _plan_and_write(build, progress, dry_run=dry_run)
    except SeedFaultsError as error:
        click.echo("\n".join(str(fault) for fault in error.faults), err=True)
        number = len(error.faults)
        click.echo(f"{number} {'fault' if number == 1 else 'faults'}; nothing was changed.", err=True)
        sys.exit(1)
    for note in build.notes:
        click.echo(f"note: {note}", err=True)
    told = ", ".join(f"{number} {name}" for name, number in plan.counts.items())
    head = f"{'Would be: ' if dry_run else ''}{told} (build {build.build})"
    click.echo("\n".join([head, *plan.lines]))
    if check:
        _check(build)


def _plan_and_write(build: Build, progress: Progress, *, dry_run: bool) -> Plan:
    from question_bank.figures import measure  # noqa: PLC0415 - keeps other commands quick
    from quizapp.services import planning, seeding  # noqa: PLC0415
    from quizapp.transactions import reading, writing  # noqa: PLC0415

    now = dt.datetime.now(dt.UTC)
    if dry_run:
        with reading() as session:
            return planning.plan(session, build, now)
    figures = measure(build.items, build.base)  # before the write, so that nobody waits for it
    with writing() as session:
        return seeding.rebuild(session, build, figures=figures, now=now, progress=progress)


def _check(build: Build) -> None:
    from question_bank.bank_rules import check_bank  # noqa: PLC0415 - for --check alone

    report = check_bank(build.items, build.base)
    click.echo("\n".join(report.lines))
    if report.errors:
        click.echo("\n".join(report.errors), err=True)
        sys.exit(1)


def _refuse_empty(session: Session) -> None:
    from quizapp.services.seeding import is_empty  # noqa: PLC0415 - keeps other commands quick

    if is_empty(session):
        raise click.ClickException("the bank is empty; run seed-questions first")


def _refuse_another_schema() -> None:
    """What writes nothing cannot bring the tables up to date first, and must not guess what is in them."""
    from quizapp.migrating import is_up_to_date  # noqa: PLC0415 - slow to import

    if not is_up_to_date(_app()):
        raise click.ClickException(
            "the database was made by another release; flask serve or flask seed-questions brings it up to date"
        )


def _migrate() -> None:
    from quizapp.migrating import bring_up_to_date  # noqa: PLC0415 - slow to import

    bring_up_to_date(_app())


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]  # noqa: SLF001


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal; silence elsewhere."""
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.progress import Progress as Bar  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda *_: None
        return
    with Bar(console=console, transient=True) as bar:
        tasks = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what.capitalize(), total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield show
