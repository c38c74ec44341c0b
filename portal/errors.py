"""When something goes wrong: a plain sentence, a way on, and what was typed. Never a stack trace or anybody's data.

Logs name the kind of error and the place in the code. Messages of a database driver quote what people typed,
so they are left out.
"""

import re
import secrets
import traceback
from dataclasses import dataclass
from types import TracebackType

import psycopg
from flask import Flask, Response, current_app, g, make_response, request
from flask_wtf.csrf import CSRFError
from sqlalchemy import exc as sql
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from portal import i18n, pages, security
from portal.assets import asset_url
from portal.i18n import gettext as _
from portal.typed_text import NEVER_KEPT

RETRY_SECONDS = 30
_TEMPLATES = {400: "400", 403: "403", 404: "404", 405: "405", 413: "413", 422: "422", 429: "429", 503: "503"}
# What is read of a body that is too large: to give the text back, and then to let the answer arrive at all.
_GIVEN_BACK = 2 * security.LARGEST_BODY
_DRAINED = 8 * security.LARGEST_BODY
_GONE = (sql.OperationalError, sql.InterfaceError, sql.TimeoutError, sql.PendingRollbackError)
_GONE_BELOW = (psycopg.OperationalError, psycopg.InterfaceError)
_WORDS = re.compile(r"\s|.{12}", re.DOTALL)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


@dataclass(frozen=True, slots=True)
class TypedField:
    """One field of a form that could not be used; ``long`` is text to show, the rest goes along unseen."""

    name: str
    value: str
    long: bool


def init_errors(app: Flask) -> None:
    """Answer every error with a page of ours, in tests too."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.log_exception = _log  # type: ignore[method-assign]
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(sql.DataError, _unreadable)
    app.register_error_handler(InternalServerError, _failed)
    for gone in (*_GONE, *_GONE_BELOW):
        app.register_error_handler(gone, _database_gone)


def _refused(error: HTTPException) -> Response:
    """Answer what a view or the server refused. An answer that was made by the view goes as it is."""
    if isinstance(error.response, Response):
        return error.response
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    if isinstance(error, RequestEntityTooLarge):
        return _answer(413, typed=_rest_of_large_form())
    unreadable = bool(g.get("unreadable"))
    # What isn't there (any more) can't be sent again, but somebody may have written for an hour.
    again = {} if code in (400, 429) else {"resend": False}
    response = _answer(code, typed=typed_fields() if code in (400, 403, 404, 429) else [], unreadable=unreadable, **again)
    retry = getattr(error, "retry_after", None)
    if retry is not None:
        response.headers["Retry-After"] = str(retry)
    if code == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or []))
    return response


def _stale_form(_error: CSRFError) -> Response:
    """The form belongs to another session. What was typed comes back, to be sent again by a person's own click.

    From another site nothing is given back: somebody else's words should not stand ready to be sent.
    """
    if security.from_elsewhere():
        return _answer(400)
    return _answer(400, stale=True, typed=typed_fields())


def _unreadable(error: sql.DataError) -> Response:
    """PostgreSQL refused a value, such as text with NUL in a field that doesn't check it itself."""
    _log_problem(error)
    return _answer(400, unreadable=True, typed=typed_fields())


def _failed(error: InternalServerError) -> Response:
    """Answer what we did not foresee; a number ties the page to the log."""
    problem = error.original_exception
    if isinstance(problem, (*_GONE, *_GONE_BELOW)):
        return _database_gone(problem)
    return _answer(500, typed=typed_fields(), number=g.get("problem_number", ""))


def _database_gone(error: BaseException) -> Response:
    """The database is away, restarting or too busy. Whoever wants to leave still leaves."""
    _log_problem(error)
    response = _answer(503, typed=typed_fields())
    response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
    return response


def typed_fields() -> list[TypedField]:
    """Give what was typed in the form of this request, without what proves who somebody is."""
    if request.method != "POST":
        return []
    try:
        items = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [
        TypedField(name, value, bool(_WORDS.search(value)) and not _UUID.fullmatch(value))
        for name, value in items
        if name not in NEVER_KEPT and name != "next"
    ]


def _left_out() -> bool:
    """Whether a field such as a password isn't given back, so that sending again would be in vain."""
    return not (NEVER_KEPT - {"csrf_token"}).isdisjoint(request.form)


def _rest_of_large_form() -> list[TypedField]:
    """Read on, within reason: to give the text back, and because a browser that still sends can't listen."""
    if (request.content_length or 0) <= _GIVEN_BACK:
        request.max_content_length = request.max_form_memory_size = _GIVEN_BACK
        return typed_fields()
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, _DRAINED)
    while left > 0 and (part := stream.read(min(left, 1 << 16))):
        left -= len(part)
    return []


def _answer(code: int, *, typed: list[TypedField] | None = None, **about: object) -> Response:
    if request.endpoint == "security.leave":
        return security.leave_response()
    template = f"errors/{_TEMPLATES.get(code, '400' if code < 500 else '500')}.html"
    context: dict[str, object] = {
        "typed": typed or [],
        "resend": bool(typed) and request.url_rule is not None and not _left_out(),
        "stale": False,
        "unreadable": False,
        "number": "",
        **about,
    }
    # The shell of a page asks who is signed in. When that is what failed, the page does without.
    if "account" in g:
        try:
            return pages.render(template, status=code, has_errors=False, **context)
        except Exception as problem:
            _log_problem(problem)
    return _without_shell(template, code, context)


def _without_shell(template: str, code: int, context: dict[str, object]) -> Response:
    """Render with nothing but what is known here; and if even that fails, give one sentence."""
    if "translator" not in g:
        wish = request.cookies.get(i18n.COOKIE), request.headers.get("Accept-Language", "")
        i18n.use(i18n.choose(None, *wish, current_app.config["OFFERED_LANGUAGES"]))
    now = i18n.current()
    settings = current_app.extensions["settings"]
    known: dict[str, object] = {
        "_": now.gettext,
        "language": now.language.code,
        "direction": now.language.direction,
        "comma": lambda: now.language.comma,
        "translation_checked": now.checked,
        "signed_in": False,
        "navigation": [],
        "session_until": None,
        "has_errors": False,
        "face": settings.face,
        "site_title": settings.site_title,
        "neutral_titles": settings.neutral_titles,
        "demo": settings.mode == "demo",
        "city": current_app.extensions["city"],
        "request": request,
        "asset": asset_url,
    }
    try:
        body = current_app.jinja_env.get_template(template).render(**{**known, **context})
    except Exception as problem:
        _log_problem(problem)
        sentence = _("Er ging iets mis. Probeer het over een paar minuten weer.")
        return Response(sentence + "\n", code, mimetype="text/plain")
    return make_response(body, code)


def _log(exc_info: _ExcInfo) -> None:
    """Write an unforeseen error to the log. Replaces Flask's own, which would write the message too."""
    g.problem_number = secrets.token_hex(3).upper()
    if exc_info[1] is not None:
        _log_problem(exc_info[1], g.problem_number)


def _log_problem(error: BaseException, number: str = "-") -> None:
    chain: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(chain) < 5:
        chain.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    steps = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{step.filename}:{step.lineno} {step.name}" for step in reversed(steps[-12:]))
    message = ""
    if current_app.extensions["settings"].mode == "test":
        message = f": {error}"
    current_app.logger.error("problem %s in %s %s: %s%s at %s", number, request.method, request.endpoint, " < ".join(chain), message, place)
