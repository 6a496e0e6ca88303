"""Ways back: after a form the browser returns to the page that it stands on or asked for, never to another site."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

ROOM = "/admin"
FIRST = "/"

_OURS = re.compile(r"/(?![/\\])[A-Za-z0-9/_\-.?=&%]*", re.ASCII)


def is_page(address: str) -> bool:
    """Whether the address can only be a page of this site."""
    if not _OURS.fullmatch(address):
        return False
    try:
        current_app.url_map.bind("localhost").match(unquote(address.partition("?")[0]), method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return True


def page_asked_for() -> str:
    """The page to return to: the one asked for, or of a form the page that it stands on."""
    if request.method in {"GET", "HEAD"}:
        return _plain(request.path, request.query_string.decode("latin-1"))
    if is_page(own := _plain(request.path)):
        return own
    page = _came_from()
    return page if page.startswith(f"{ROOM}/") and is_page(page) else f"{ROOM}/"


def page_shown() -> str:
    """The address of the page that is being made, for a form on it that leads back; the first page if it has none."""
    query = request.query_string.decode("latin-1") if request.method in {"GET", "HEAD"} else ""
    page = _plain(request.path, query)
    return page if is_page(page) else FIRST


def page_of_form(told: str) -> str:
    """The page that a form was sent from: as the browser says, else as the form ``told``, else the first page.

    The browser knows better, since htmx goes on to other pages around the form.
    """
    return next((page for page in (_came_from(), told) if is_page(page)), FIRST)


def _came_from() -> str:
    try:
        came_from = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    except ValueError:
        return ""
    return _plain(unquote(came_from.path), came_from.query)


def _plain(path: str, query: str = "") -> str:
    """Written with nothing but what ``is_page`` lets through."""
    pairs = urlencode(parse_qsl(query, keep_blank_values=True), quote_via=quote, safe="")
    return (quote(path) + (f"?{pairs}" if pairs else "")).replace("~", "%7E")
