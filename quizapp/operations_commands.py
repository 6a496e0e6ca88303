"""Commands for whoever runs the site: see whether all is well, and remove what was kept long enough."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (doctor, purge):
        app.cli.add_command(command)


@click.command("doctor")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where flask serve serves.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
@with_appcontext
def doctor(*, host: str, as_json: bool) -> None:
    """Look whether all is well, and say what to do where it is not; exit code 1 where something fails."""
    from quizapp.doctor.examining import examine  # noqa: PLC0415 - keeps other commands quick
    from quizapp.doctor.findings import Patient  # noqa: PLC0415
    from quizapp.doctor.telling import as_table, as_text  # noqa: PLC0415
    from quizapp.extensions import db  # noqa: PLC0415

    config, instance = current_app.config, Path(current_app.instance_path)
    findings = tuple(examine(Patient(config, instance, db.engine, host, dt.datetime.now(dt.UTC))))
    click.echo(as_text(findings) if as_json else as_table(findings))
    if any(finding.level == "failure" for finding in findings):
        sys.exit(1)


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Say what would go; remove nothing.")
@click.option(
    "--days",
    default=400,
    show_default=True,
    type=click.IntRange(1, 36500),
    help="Learners go who did nothing for longer.",
)
@with_appcontext
def purge(*, dry_run: bool, days: int) -> None:
    """Remove learners who did not come back, and what has run out: all of it, or nothing."""
    from quizapp.readiness import readiness_of  # noqa: PLC0415 - keeps other commands quick
    from quizapp.services import importing, purging  # noqa: PLC0415
    from quizapp.transactions import empty_journal, reading, writing  # noqa: PLC0415

    instance, now = Path(current_app.instance_path), dt.datetime.now(dt.UTC)
    if not readiness_of(instance).schema:
        raise click.ClickException("the database is not of this release; flask serve prepares it")
    if dry_run:
        with reading() as session:
            counts = purging.count_old(session, days=days, now=now)
        click.echo(f"Would be removed: {_told(counts)}.")
        return
    with writing() as session:
        counts = purging.purge(session, days=days, now=now)
    importing.sweep(instance / importing.FOLDER, now)
    click.echo(f"Removed: {_told(counts)}.")
    if not empty_journal():
        click.echo(
            "Somebody is reading: what was removed stays in the journal until it is written anew.", err=True
        )


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())
