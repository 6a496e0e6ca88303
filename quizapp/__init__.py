"""The web: what learners and teachers see of the question bank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from quizapp import (
    addresses,
    assets,
    cli,
    config,
    errors,
    extensions,
    gate,
    headers,
    languages,
    limiting,
    locators,
    rendering,
    request_log,
)
from quizapp.about.routes import blueprint as about_screens
from quizapp.attempts.routes import blueprint as attempt_screens
from quizapp.auth.account_routes import blueprint as account_screens
from quizapp.auth.people_routes import blueprint as people_screens
from quizapp.auth.routes import blueprint as auth_screens
from quizapp.auth.welcome_routes import blueprint as welcome_screens
from quizapp.bank.routes import blueprint as bank_screens
from quizapp.editor.routes import blueprint as editor_screens
from quizapp.exchange.routes import blueprint as exchange_screens
from quizapp.health.routes import blueprint as health_screens
from quizapp.home.routes import blueprint as home_screens
from quizapp.my_data.routes import blueprint as my_data_screens
from quizapp.oversight.routes import blueprint as oversight_screens
from quizapp.progress.routes import blueprint as progress_screens
from quizapp.question.routes import blueprint as question_screens
from quizapp.sources.routes import blueprint as source_screens
from quizapp.speaking.routes import blueprint as speaking_screens

FOR_EVERYBODY = (
    home_screens,
    attempt_screens,
    source_screens,
    about_screens,
    progress_screens,
    speaking_screens,
    my_data_screens,
    health_screens,
    auth_screens,
    welcome_screens,
)
FOR_TEACHERS = (
    bank_screens,
    question_screens,
    editor_screens,
    exchange_screens,
    oversight_screens,
    account_screens,
    people_screens,
)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application; ``settings`` override the environment (DATABASE_URL, QUIZAPP_INSTANCE) and the defaults."""
    app = errors.App(
        __name__,
        instance_path=str(config.instance_folder(settings)),
        template_folder=assets.TEMPLATES_DIR,
        static_folder=assets.STATIC_DIR,
    )
    config.configure(app, settings)
    request_log.init_app(app)
    gate.init_app(app)  # first of all, so that nothing tells what is behind it
    extensions.init_app(app)
    languages.init_app(app)
    addresses.init_app(app)
    assets.init_app(app)
    rendering.init_app(app)
    locators.init_app(app)
    headers.init_app(app)
    limiting.init_app(app)
    errors.init_app(app)
    cli.init_app(app)
    for blueprint in (*FOR_EVERYBODY, *FOR_TEACHERS):
        app.register_blueprint(blueprint)
    return app
