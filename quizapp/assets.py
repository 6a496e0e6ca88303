"""Where templates and static files are: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, request, url_for

_PACKAGE = Path(__file__).resolve().parent
IN_CHECKOUT = not (_PACKAGE / "templates").is_dir()
ROOT = _PACKAGE.parent if IN_CHECKOUT else _PACKAGE

TEMPLATES_DIR = ROOT / "templates"
STATIC_DIR = ROOT / "static"

# Style sheets that go out as one: each request costs a visitor on a slow line more than its bytes.
BUNDLES = {
    "css/shared.css": ("css/tokens.css", "css/page.css"),
    "css/quiz.css": (
        "css/tokens.css",
        "css/page.css",
        "css/proof.css",
        "css/home.css",
        "css/question.css",
        "css/options.css",
        "css/result.css",
    ),
}

_COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)
_FOR_EVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Give templates ``asset()``, and let browsers keep what is named with the hash of its content."""
    app.jinja_env.globals["asset"] = asset
    app.view_functions["static"] = lambda filename: (
        Response(content(filename), mimetype="text/css")
        if filename in BUNDLES
        else app.send_static_file(filename)
    )
    app.after_request(_cache_static)


def asset(name: str) -> str:
    """The address of a static file; it changes with the content, so that a browser may keep it for ever."""
    return url_for("static", filename=name, v=_fingerprint(name))


def content(name: str) -> bytes:
    """What is in a static file; a bundle is its parts one after another, without what they tell us alone."""
    if name not in BUNDLES:
        return (STATIC_DIR / name).read_bytes()
    return _COMMENT.sub(b"", b"\n".join((STATIC_DIR / part).read_bytes() for part in BUNDLES[name]))


@lru_cache(maxsize=256)
def _fingerprint(name: str) -> str:
    return hashlib.sha256(content(name)).hexdigest()[:12]


def _cache_static(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code < HTTPStatus.BAD_REQUEST:
        named_by_content = "v" in request.args or request.path.startswith("/static/vendor/")
        response.headers["Cache-Control"] = _FOR_EVER if named_by_content else "no-cache"
    return response
