"""Questions in and out: import and export. The pages of a paper quiz are registered here, too."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, current_app, request, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from quizapp.exchange import paper_routes
from quizapp.exchange.forms import ConfirmForm, ExportForm, UploadForm
from quizapp.exchange.limits import MOST_IN_A_REQUEST, PARSED_AT_ONCE
from quizapp.exchange.pages import ExchangePage
from quizapp.exchange.preview_pages import PreviewPage
from quizapp.identity import get_teacher, require_recent_sign_in
from quizapp.rendering import go_to, render
from quizapp.services import importing, log
from quizapp.services.exporting import count_for_export, export_pieces
from quizapp.services.import_file import Reading
from quizapp.services.import_plan import Plan, make_plan
from quizapp.services.import_writing import look_at
from quizapp.services.json_format import SCHEMA_FILE
from quizapp.services.question_list import Filter, uids_of
from quizapp.transactions import reading, writing

blueprint = Blueprint("exchange", __name__, url_prefix="/admin")
paper_routes.register(blueprint)

_ENTRY = re.compile(r"[1-9][0-9]{0,9}")
_KINDS = {"json": "application/json", "csv": "text/csv"}
_LONGEST_LIST = 4000  # characters of an address


@blueprint.url_value_preprocessor
def allow_a_file(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Run before anything reads the request: the check of form tokens would refuse a whole file."""
    del values
    if endpoint == "exchange.upload":
        request.max_content_length = MOST_IN_A_REQUEST
        request.max_form_memory_size = PARSED_AT_ONCE


@blueprint.get("/exchange")
def show_exchange() -> Response:
    return _show(Filter.from_args(request.args))


@blueprint.post("/exchange/export")
def export() -> BaseResponse:
    form = ExportForm()
    wanted = _filter_of(form.list.data or "")
    if not form.validate_on_submit():
        return _show(wanted, export_error=_first(form))
    require_recent_sign_in()
    is_list = form.which.data == "list"
    with reading() as session:
        uids = uids_of(session, wanted) if is_list else None
        count = count_for_export(session, uids)
        pieces = export_pieces(session, form.format.data, uids, mark=form.mark.data)
        data = "".join(pieces).encode()
    now = dt.datetime.now(dt.UTC)
    details = {"format": form.format.data, "count": count, "filter": wanted.to_args() if is_list else {}}
    with writing() as session:
        log.record(session, actor=get_teacher().email, action="export", details=details, now=now)
    response = Response(data, content_type=f"{_KINDS[form.format.data]}; charset=utf-8")
    name = f"questions-{now:%Y-%m-%d}.{form.format.data}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/exchange/questions.schema.json")
def show_schema() -> Response:
    return send_file(SCHEMA_FILE, mimetype="application/schema+json", as_attachment=True)


@blueprint.post("/exchange/import")
def upload() -> BaseResponse:
    form = UploadForm()
    if not form.validate_on_submit():
        return _show(Filter(), upload_error=_first(form))
    data = form.read()
    plan = _plan(importing.read_file(data))
    if plan.faults:
        return _show_preview(PreviewPage.of(plan), status=422)
    name = importing.keep_file(_folder(), data, owner=get_teacher().id, now=dt.datetime.now(dt.UTC))
    return go_to(url_for("exchange.show_import", name=name))


@blueprint.get("/exchange/imports/<name>")
def show_import(name: str) -> Response:
    plan = _plan(importing.read_file(_load(name)))
    return _show_preview(PreviewPage.of(plan, name=name))


@blueprint.post("/exchange/imports/<name>")
def confirm_import(name: str) -> BaseResponse:
    data = _load(name)
    read = importing.read_file(data)  # all that takes long is done before others have to wait
    form = ConfirmForm()
    plan = _plan(read)
    if not form.validate_on_submit():
        return _show_preview(PreviewPage.of(plan, name=name, error=_first(form)), status=422)
    findings = look_at(plan)
    teacher = get_teacher()
    try:
        with writing() as session:
            entry = importing.import_questions(
                session,
                read,
                digest=form.digest.data or "",
                sha256=hashlib.sha256(data).hexdigest(),
                findings=findings,
                state=form.state.data,
                teacher=teacher.email,
                now=dt.datetime.now(dt.UTC),
                needs_second=current_app.config["QUESTIONS_NEED_SECOND_TEACHER"],
            )
    except importing.BankChangedError as error:
        return _show_preview(PreviewPage.of(error.plan, name=name, is_stale=True), status=409)
    importing.drop_file(_folder(), name, owner=teacher.id)
    return go_to(url_for("exchange.show_exchange", entry=entry))


def _show(wanted: Filter, *, export_error: str | None = None, upload_error: str | None = None) -> Response:
    entry = request.args.get("entry", "")
    with reading() as session:
        done = None
        if _ENTRY.fullmatch(entry):
            done = importing.find_import(session, int(entry), teacher=get_teacher().email)
        page = ExchangePage.of(
            wanted,
            approved=count_for_export(session),
            listed=len(uids_of(session, wanted)) if wanted.to_args() else None,
            done=done,
            export_error=export_error,
            upload_error=upload_error,
        )
    status = 422 if export_error or upload_error else 200
    return render("exchange/exchange.html", "exchange/_exchange.html", page=page, status=status)


def _plan(read: Reading) -> Plan:
    with reading() as session:
        return make_plan(session, read)


def _show_preview(page: PreviewPage, *, status: int = 200) -> Response:
    return render("exchange/preview.html", "exchange/_preview.html", page=page, status=status)


def _filter_of(list_: str) -> Filter:
    """The list that a form names as an address does."""
    return Filter.from_args(dict(parse_qsl(list_[:_LONGEST_LIST])))


def _load(name: str) -> bytes:
    return importing.load_file(_folder(), name, owner=get_teacher().id, now=dt.datetime.now(dt.UTC))


def _folder() -> Path:
    return Path(current_app.instance_path) / importing.FOLDER


def _first(form: ExportForm | UploadForm | ConfirmForm) -> str:
    return next(str(message) for messages in form.errors.values() for message in messages)
