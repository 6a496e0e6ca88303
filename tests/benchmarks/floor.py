"""The floor: the least that shows a question and takes an answer durably, on Flask and ``sqlite3`` alone.

One SELECT, one INSERT with ``synchronous=FULL``, and one template each; no sessions, no forms, no checks.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from flask import Flask, render_template, request
from jinja2 import DictLoader

_QUESTION = """<form method="post" hx-post="/{{ id }}"><h1>{{ stem }}</h1><ul>
{% for option in options %}<li><label><input type="radio" name="option" value="{{ option }}"> {{ option }}</label></li>
{% endfor %}</ul><button>Check</button></form>"""
_ANSWER = """<section><h1>{{ stem }}</h1><p>{{ "Right" if correct else "Wrong" }}: {{ key }}</p><ul>
{% for option in options %}<li>{{ option }}</li>{% endfor %}</ul><a href="/{{ id + 1 }}">Next</a></section>"""


def create_floor(path: Path, questions: int = 1000) -> Flask:
    """The application, on a new database with so many questions."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE question (id INTEGER PRIMARY KEY, stem TEXT, options TEXT, key TEXT)")
    connection.execute(
        "CREATE TABLE response (id INTEGER PRIMARY KEY, question INTEGER, option TEXT, correct INTEGER)"
    )
    texts = [
        (
            number,
            f"Which town was named first in the report {number}?",
            "Nouméa\nKoné\nBourail\nPoindimié",
            "Koné",
        )
        for number in range(1, questions + 1)
    ]
    connection.executemany("INSERT INTO question VALUES (?, ?, ?, ?)", texts)
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"question.html": _QUESTION, "answer.html": _ANSWER})

    def load(number: int) -> tuple[str, list[str], str]:
        stem, options, key = connection.execute(
            "SELECT stem, options, key FROM question WHERE id = ?", (number,)
        ).fetchone()
        return stem, options.split("\n"), key

    @app.get("/<int:number>")
    def show(number: int) -> str:
        stem, options, _ = load(number)
        return render_template("question.html", id=number, stem=stem, options=options)

    @app.post("/<int:number>")
    def answer(number: int) -> str:
        stem, options, key = load(number)
        option = request.form["option"]
        connection.execute(
            "INSERT INTO response (question, option, correct) VALUES (?, ?, ?)",
            (number, option, option == key),
        )
        return render_template(
            "answer.html", id=number, stem=stem, options=options, key=key, correct=option == key
        )

    return app
