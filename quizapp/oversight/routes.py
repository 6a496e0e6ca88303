"""The sources as the bank covers them, and the log."""

from __future__ import annotations

from flask import Blueprint, Response, request

from quizapp.oversight.log_pages import LogView, log_address
from quizapp.oversight.source_pages import SourcePage, SourcesPage
from quizapp.rendering import render
from quizapp.services.coverage import get_coverage, list_coverage
from quizapp.services.log_list import LogFilter, entry_id, list_actions, list_actors, list_entries
from quizapp.transactions import reading

blueprint = Blueprint("oversight", __name__, url_prefix="/admin")


@blueprint.get("/sources")
def list_sources() -> Response:
    with reading() as session:
        page = SourcesPage.of(list_coverage(session))
    return render("oversight/sources.html", "oversight/_documents.html", page=page)


@blueprint.get("/sources/<document>")
def show_source(document: str) -> Response:
    with reading() as session:
        covered = get_coverage(session, document)
    page = SourcePage.of(covered, by_facts=request.args.get("by") == "facts")
    return render("oversight/source.html", "oversight/_passages.html", page=page)


@blueprint.get("/log")
def show_log() -> Response:
    wanted = LogFilter.from_args(request.args)
    before, after = (entry_id(request.args.get(name, "")) for name in ("before", "after"))
    with reading() as session:
        entries = list_entries(session, wanted, before=before, after=after)
        actions, actors = list_actions(session), list_actors(session)
    place = {name: number for name, number in (("before", before), ("after", after)) if number}
    address = log_address(wanted, **place)
    page = LogView.of(wanted, entries, actions, actors, address)
    return render("oversight/log.html", "oversight/_entries.html", page=page, address=address)
