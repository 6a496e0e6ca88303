"""Response headers: nothing inline, nothing from elsewhere, nothing kept by shared caches."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

# One constant policy without a nonce: no template holds a script or a style of its own.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "manifest-src 'self'"
)

_SECURE = Secure(
    csp=ContentSecurityPolicy().value(POLICY),
    xcto=XContentTypeOptions().value("nosniff"),
    xfo=XFrameOptions().value("DENY"),
    # not no-referrer: the check of form tokens over HTTPS needs the page's own address
    referrer=ReferrerPolicy().value("same-origin"),
    coop=CrossOriginOpenerPolicy().value("same-origin"),
    corp=CrossOriginResourcePolicy().value("same-origin"),
    permissions=PermissionsPolicy().value("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
_TRANSPORT = StrictTransportSecurity().value("max-age=31536000; includeSubDomains")

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})


def init_app(app: Flask) -> None:
    """Set the headers on every response, errors too, and refuse forms sent by other sites."""
    app.before_request(_refuse_other_sites)
    app.after_request(_set_headers)


def _refuse_other_sites() -> None:
    """Browsers say from where a form comes; the form token is the second check."""
    if (
        request.method not in _SAFE_METHODS
        and request.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITES
    ):
        abort(403)


def _set_headers(response: Response) -> Response:
    _SECURE.set_headers(response)
    if request.is_secure:
        response.headers[_TRANSPORT.header_name] = _TRANSPORT.header_value
    response.headers.setdefault("Cache-Control", "no-store")
    return response
