"""Ways back: after a sign-in the browser returns to the page it asked for, and never to another site."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

ROOM = "/admin"

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
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    page = _plain(unquote(came_from.path), came_from.query)
    return page if page.startswith(f"{ROOM}/") and is_page(page) else f"{ROOM}/"


def _plain(path: str, query: str = "") -> str:
    """Written with nothing but what ``is_page`` lets through."""
    pairs = urlencode(parse_qsl(query, keep_blank_values=True), quote_via=quote, safe="")
    return (quote(path) + (f"?{pairs}" if pairs else "")).replace("~", "%7E")
