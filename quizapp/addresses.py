"""What may stand in an address."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter


class PositionConverter(IntegerConverter):
    """The place of a question in a quiz: from 1, in plain digits, and few of them."""

    regex = r"[1-9][0-9]{0,3}"


def init_app(app: Flask) -> None:
    """Teach routes ``<position:…>``."""
    app.url_map.converters["position"] = PositionConverter
