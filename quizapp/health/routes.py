"""Whether the process is up, which asks no database, and whether it could serve somebody now."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify

from quizapp.readiness import Readiness, readiness_of

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    found = readiness_of(Path(current_app.instance_path))
    response = jsonify(_told(found))
    response.status_code = HTTPStatus.OK if found.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return response


def _told(found: Readiness) -> dict[str, object]:
    """For strangers, too: neither how much room there is, nor what a database says of its faults."""
    backup = found.last_backup.astimezone(dt.UTC).isoformat(timespec="seconds") if found.last_backup else None
    return {
        "ready": found.is_ready,
        "database": "ok" if found.database else "away",
        "schema": "ok" if found.schema else "of another release",
        "disk": "ok" if found.disk else "full",
        "last_backup": backup,
    }
