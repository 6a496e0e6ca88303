"""The web: what learners and teachers see of the question bank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from quizapp import addresses, assets, cli, config, errors, extensions, headers, locators, rendering
from quizapp.about.routes import blueprint as about_screens
from quizapp.attempts.routes import blueprint as attempt_screens
from quizapp.health.routes import blueprint as health_screens
from quizapp.home.routes import blueprint as home_screens
from quizapp.sources.routes import blueprint as source_screens


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application; ``settings`` override the environment (DATABASE_URL, QUIZAPP_INSTANCE) and the defaults."""
    app = Flask(
        __name__,
        instance_path=str(config.instance_folder(settings)),
        template_folder=assets.TEMPLATES_DIR,
        static_folder=assets.STATIC_DIR,
    )
    config.configure(app, settings)
    extensions.init_app(app)
    addresses.init_app(app)
    assets.init_app(app)
    rendering.init_app(app)
    locators.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    cli.init_app(app)
    for blueprint in (home_screens, attempt_screens, source_screens, about_screens, health_screens):
        app.register_blueprint(blueprint)
    return app
