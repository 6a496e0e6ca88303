"""Page or fragment: the only code that asks whether htmx is calling."""

from __future__ import annotations

import brotli
from flask import Flask, Response, make_response, redirect, render_template, request
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response as BaseResponse

from quizapp.extensions import htmx

_VARY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
_WORTH_PACKING = 500  # bytes
_BROTLI_QUALITY = 5  # less than a millisecond for any fragment


def init_app(app: Flask) -> None:
    """Make a template's slip an error, name the product, and keep caches from mixing pages with fragments."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"product_name": app.config["PRODUCT_NAME"]})
    app.after_request(_pack)
    app.after_request(_vary)


def wants_fragment() -> bool:
    """Whether htmx asks for a piece of a page; a boosted or restored page is a whole one."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render(
    template: str, fragment: str, *, page: object, status: int = 200, address: str | None = None
) -> Response:
    """The fragment for htmx, else the page; ``address`` is what the browser shows for the fragment.

    An answer takes the place of its question in the history, so that Back leads to the question before.
    """
    if not wants_fragment():
        return make_response(render_template(template, page=page), status)
    response = make_response(render_template(fragment, page=page), status)
    if address:
        response.headers["HX-Push-Url" if request.method == "GET" else "HX-Replace-Url"] = address
    return response


def go_to(address: str) -> BaseResponse:
    """On to another page after a form: 303, or for htmx a full load of that page."""
    if not wants_fragment():
        return redirect(address, 303)
    response = make_response("", 204)
    response.headers["HX-Redirect"] = address
    return response


def go_to_sign_in(address: str) -> BaseResponse:
    """On to the sign-in page: 302, or for htmx 401 with the address to load, since what was asked for was not done."""
    if not wants_fragment():
        return redirect(address, 302)
    response = make_response("", 401)
    response.headers["HX-Redirect"] = address
    return response


def _pack(response: Response) -> Response:
    """Send fragments packed, so that a question step is light.

    Whole pages go out as they are. They carry the form token, and whoever can make a browser load them with words of
    his own in the address could learn the token from their packed sizes. A fragment is out of his reach: the header
    that asks for it cannot be sent from another site.
    """
    if wants_fragment() and response.mimetype == "text/html":
        response.vary.add("Accept-Encoding")
        body = response.get_data()
        if len(body) >= _WORTH_PACKING and request.accept_encodings["br"] > 0:
            response.set_data(brotli.compress(body, quality=_BROTLI_QUALITY))
            response.content_encoding = "br"
    return response


def _vary(response: Response) -> Response:
    for header in _VARY:
        response.vary.add(header)
    return response
