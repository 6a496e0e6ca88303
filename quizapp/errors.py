"""Errors: for each its status and a page, or for htmx a fragment, that says what happened and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from quizapp.marking import mark
from quizapp.rendering import go_to_sign_in, render
from quizapp.request_log import request_id
from quizapp.returning import page_asked_for
from quizapp.services import editing, problems


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What happened, and what to do."""

    code: int
    title: str
    message: str
    action_href: str
    action_label: str


_SAFE = mark("Nothing was changed; the answers you have given are kept.")

# A heading, and sentences.
_WORDS: dict[int, tuple[str, ...]] = {
    400: (
        mark("That could not be read"),
        mark("The request was incomplete or garbled."),
        _SAFE,
        mark("Go back and try once more."),
    ),
    403: (
        mark("This form is too old or came from another site"),
        _SAFE,
        mark("Reload the page with the question and send your answer again."),
    ),
    404: (
        mark("This page is not here"),
        mark(
            "The address may be mistyped, the quiz was taken in another browser, or what was stored of it was deleted: "
            "a quiz opens only where it was begun."
        ),
    ),
    405: (mark("This address does not take that"), _SAFE, mark("Begin again from the first page.")),
    409: (mark("This was settled before"), _SAFE, mark("Open the quiz again to see where it stands.")),
    413: (mark("That was too much at once"), mark("The request was larger than this site takes."), _SAFE),
    422: (
        mark("That is not one of the answers"),
        mark("The answer sent does not belong to this question."),
        _SAFE,
    ),
    429: (
        mark("That was too fast"),
        mark("So much at once is more than this site takes."),
        _SAFE,
        mark("Wait a moment, then send it once more."),
    ),
    500: (
        mark("Something broke on our side"),
        mark("It is not your doing."),
        mark("The answers you have given are kept; try once more."),
    ),
    503: (
        mark("Not saved yet"),
        mark("The server is busy."),
        mark("Your answer was not saved; please send it again in a moment."),
    ),
}

_READING = frozenset({"GET", "HEAD"})
_UNREAD = (
    mark("Not to be had right now"),
    mark("The server is busy or not ready yet."),
    mark("Try once more in a moment."),
)

# What happened there is not what the status usually means here.
_OWN_WORDS: dict[type[problems.ProblemError], tuple[str, ...]] = {
    problems.NothingMissedError: (
        mark("There is nothing to practise"),
        mark("You missed no question of this quiz, or the ones you missed have left the bank."),
        mark("Start a new quiz instead."),
    ),
    problems.NoMistakesError: (
        mark("There is nothing to practise"),
        mark("What you last answered was right, or has left the bank."),
        mark("Start a new quiz instead."),
    ),
    problems.NothingDueError: (
        mark("Nothing is due today"),
        mark("What you have learned is still fresh. Practice is always open."),
    ),
    problems.EmptyBankError: (
        mark("There are no questions yet"),
        mark("For these topics there are no questions to ask."),
        mark("Choose others, or come back when the bank has been built."),
    ),
    problems.ImportGoneError: (
        mark("This file is not kept any more"),
        mark("A file waits for an hour, or until it is imported."),
        mark("Nothing was changed by this; choose the file once more."),
    ),
    editing.EditedMeanwhileError: (
        mark("Somebody else changed this question meanwhile"),
        mark("Nothing was overwritten."),
        mark("Open the question again, look at what is new, and make your change there."),
    ),
    problems.ConflictSettledError: (
        mark("This was decided meanwhile"),
        mark("Somebody else decided it, or a newer rebuild asks something else."),
        mark("Nothing was changed; open the list again."),
    ),
    problems.TooManyReportsError: (
        mark("That is enough for today"),
        mark("You have reported many questions today."),
        mark("Your reports are kept; tell your teacher of the others."),
    ),
    problems.NotReadyError: (
        mark("That cannot be done with this question"),
        mark("Nothing was changed."),
        mark("Open the question to see what is missing."),
    ),
}

_STATUS: dict[type[problems.ProblemError], int] = {
    problems.AttemptNotFoundError: 404,
    problems.ItemNotFoundError: 404,
    problems.SourceNotFoundError: 404,
    problems.OptionNotOfferedError: 422,
    problems.NothingMissedError: 409,
    problems.NoMistakesError: 409,
    problems.NothingDueError: 409,
    problems.EmptyBankError: 409,
    problems.QuestionNotFoundError: 404,
    problems.VersionNotFoundError: 404,
    problems.ReportNotFoundError: 404,
    problems.EntryNotFoundError: 404,
    problems.ImportGoneError: 404,
    problems.NotReadyError: 422,
    editing.EditedMeanwhileError: 409,
    problems.PersonNotFoundError: 404,
    problems.ConflictSettledError: 409,
    problems.TooManyReportsError: 429,
    problems.BusyError: 503,
}


class App(Flask):
    """Leaves it to the handlers here to tell the log of a crash: the address that Flask would name may be a secret."""

    def log_exception(self, *_details: object) -> None:
        """Say nothing."""


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(problems.ProblemError, _problem)
    app.register_error_handler(problems.PasswordNeededError, _ask_for_password)
    app.register_error_handler(CSRFError, _form)
    app.register_error_handler(HTTPException, _http)
    for no_host in (BadHost, SecurityError):
        app.register_error_handler(no_host, _host)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(NoConnectionError, _database)
    app.register_error_handler(500, _crash)


def _problem(error: problems.ProblemError) -> Response:
    return _answer(_STATUS[type(error)], words=_OWN_WORDS.get(type(error)))


def _ask_for_password(error: problems.PasswordNeededError) -> BaseResponse:
    del error
    return go_to_sign_in(url_for("account.confirm", next=page_asked_for()))


def _form(error: CSRFError) -> Response:
    del error
    return _answer(403)


def _http(error: HTTPException) -> Response:
    response = _answer(error.code or 500)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _host(error: HTTPException) -> Response:
    """For a host that is none there are no addresses, hence no page."""
    del error
    return Response("The request names no host that could be ours.\n", 400, mimetype="text/plain")


def _database(error: SQLAlchemyError) -> Response:
    """Busy, away, or the disk is full: foreseeable, and gone by itself or by an operator."""
    current_app.logger.error("database: %s", getattr(error, "orig", error))
    return _answer(503)


def _crash(error: Exception) -> Response:
    """The log has the details under a number that the page shows; the page has nothing else."""
    number = request_id()
    current_app.logger.error(
        "request to %s failed, number %s",
        request.url_rule,
        number,
        exc_info=getattr(error, "original_exception", error),
    )
    return _answer(500, _("If it goes on, tell your teacher the number %(number)s.", number=number))


def _answer(status: int, *more: str, words: tuple[str, ...] | None = None) -> Response:
    is_away = status == HTTPStatus.SERVICE_UNAVAILABLE
    if is_away and request.method in _READING:
        words = _UNREAD
    title, *message = map(_, words or _WORDS.get(status) or _WORDS[status // 100 * 100])
    page = ErrorPage(
        code=status,
        title=title,
        message=" ".join((*message, *more)),
        action_href=url_for("home.index"),
        action_label=_("To the first page"),
    )
    response = render("errors/error.html", "errors/_error.html", page=page, status=status)
    response.headers["HX-Retarget"] = "#notice"
    response.headers["HX-Reswap"] = "innerHTML"
    if is_away:
        response.headers["Retry-After"] = "1"
    return response
