"""Who is signed in on this request: from the token in Flask's signed cookie to a live session in PostgreSQL, and to the actor.

Flask-Login carries the token; everything that counts (which account, whether the session still lives, as what the person comes in)
is asked of the database for each request, so a session that ends there is over at once.
"""

import time
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from flask import Flask, current_app, g, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user
from werkzeug.exceptions import HTTPException

from portal.accounts import commands, queries
from portal.accounts.queries import AccountView, SessionOver
from portal.actor import Actor
from portal.db import Database
from portal.security import on_leave
from portal.typed_text import keep_after_end

_TOKEN = "_user_id"  # noqa: S105 – the name under which Flask-Login keeps what AccountView.get_id gives
CHOSEN_LANGUAGE = "language"
"""Where the cookie of this visit keeps a language that was chosen before signing in."""
PROVED, CONFIRMED = "proved_at", "confirmed_at"
"""When, in this session, a second step was done (at sign-in), and password and second step were given once more."""
_RECENT_SECONDS = 600
# Where one doesn't go back to after signing in; and by no link at all, because opening it is already an act.
_SIGN_IN_PAGES = ("/inloggen", "/eerste-keer")
_LEAVE = ("/weg",)


def init_login(app: Flask) -> None:
    """Ties Flask-Login to our sessions."""
    manager = LoginManager()
    # Its guess by address and browser would sign people out on a train, and protects nothing that the token doesn't.
    manager.session_protection = None
    manager.user_loader(_load_user)
    manager.init_app(app)


def _load_user(token: str) -> AccountView | None:
    with _database().plain() as connection:
        found = queries.load_session(connection, token)
    if isinstance(found, SessionOver):
        g.session_over = found
        return None
    return found


def load_account() -> AccountView | None:
    """Who is signed in, or None. Asks the database once per request; a session that is over is left in ``g.session_over``."""
    g.session_over = None
    if request.endpoint == "static" or _TOKEN not in session:
        return None
    # The proxy passes for its class, but what is kept for the request must be the thing itself.
    account = current_user._get_current_object()  # noqa: SLF001
    return account if isinstance(account, AccountView) else None


def load_actor() -> Actor | None:
    """The actor for this request: as what the person comes in on this face, for whom, in which session. Notes that something was done."""
    account: AccountView | None = g.account
    if account is None or account.kind is None:
        return None
    _touch(account)
    return Actor(account.person_id, account.kind, account.session_id, account.on_behalf_of)


def _touch(account: AccountView) -> None:
    """Lengthens the session, at most once a minute."""
    if not account.touch_due:
        return
    with _database().plain() as connection:
        g.session_until = commands.touch_session(connection, account.token) or account.until


def context() -> dict[str, object]:
    """What every page may say about who is signed in."""
    account: AccountView | None = g.get("account")
    over: SessionOver | None = g.get("session_over")
    return {
        "signed_in": account is not None,
        "account_name": account.name if account else "",
        "session_until": g.get("session_until", account.until) if account else None,
        "why_signed_out": queries.REASONS[over.state] if over else "",
    }


def sign_in(proven: UUID, method: str) -> AccountView | None:
    """Opens a new session with a new token and a clean cookie, and ends the one this browser had. None: the account may not be used.

    A language that was chosen on the way in becomes the account's: who chose it is the one who signs in.
    """
    old, language = session.get(_TOKEN), session.get(CHOSEN_LANGUAGE)
    with _database().plain() as connection:
        if old:
            commands.end_session(connection, old, "opnieuw_ingelogd")
        token = commands.start_session(connection, proven, method)
        if token and language:
            commands.set_language(connection, token, language)
        account = queries.load_session(connection, token) if token else None
    if not isinstance(account, AccountView):
        return None
    session.clear()
    login_user(account, remember=False)
    note(PROVED)
    g.account = account
    return account


def note(what: str) -> None:
    """Keeps the moment of PROVED or CONFIRMED in the signed cookie of this session."""
    session[what] = int(time.time())


def is_recent(what: str) -> bool:
    """Whether PROVED or CONFIRMED was less than ten minutes ago in this session."""
    at = session.get(what)
    return isinstance(at, int) and time.time() - at < _RECENT_SECONDS


def sign_out(reason: str = "uitgelogd") -> None:
    """Ends the session in the database and empties the cookie. ``reason`` as in commands.end_session; without a session nothing happens."""
    token = session.get(_TOKEN)
    if token:
        with _database().plain() as connection:
            commands.end_session(connection, token, reason)
    session.clear()
    g.account = None
    g.actor = None


def _leave() -> None:
    sign_out("snel_weg")


on_leave.append(_leave)


def ask_to_sign_in() -> ResponseReturnValue:
    """The answer to who asks for a page and isn't signed in (any more). What was typed is kept; after signing in the page comes back."""
    about: dict[str, str] = {}
    back = _page_to_return_to()
    if back != "/":
        about["next"] = back
    over: SessionOver | None = g.session_over
    if over is not None:
        about["reden"] = over.state
        if request.method == "POST" and keep_after_end(queries.token_hash(session[_TOKEN]), over.person_id):
            about["bewaard"] = "ja"
    url = "/inloggen" + (f"?{urlencode(about)}" if about else "")
    if request.headers.get("HX-Request"):
        # htmx would put the sign-in page inside this one; this makes the browser go there.
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = url
        answer.headers["WWW-Authenticate"] = "Session"
        return answer
    return redirect(url, 303)


def own_url(wanted: str | None, *, sign_in_pages: bool = False) -> str | None:
    """``wanted`` when it is a page of this site that one may go to, else None: no other site, no form without a page, not "Snel weg"."""
    if not wanted or not wanted.startswith("/") or wanted[1:2] in ("/", "\\") or "\\" in wanted or len(wanted) > 2000:
        return None
    if any(ord(character) <= 32 or ord(character) == 127 for character in wanted):
        return None
    parts = urlsplit(wanted)
    closed = _LEAVE if sign_in_pages else _LEAVE + _SIGN_IN_PAGES
    if parts.scheme or parts.netloc or any(parts.path == page or parts.path.startswith(f"{page}/") for page in closed):
        return None
    return wanted if _has_page(parts.path) else None


def referring_page(*, sign_in_pages: bool = False) -> str:
    """The page of ours on which the form of this request stood, or the start page."""
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if came_from.netloc != request.host:
        return "/"
    return own_url(came_from.path + (f"?{came_from.query}" if came_from.query else ""), sign_in_pages=sign_in_pages) or "/"


def _page_to_return_to() -> str:
    """This address when it has a page; for a form without a page of its own, the page it stood on."""
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return own_url(request.full_path.rstrip("?")) or "/"
    return (own_url(request.path) if request.method == "POST" else None) or referring_page()


def _has_page(path: str) -> bool:
    try:
        current_app.url_map.bind(request.host).match(path, method="GET")
    except HTTPException:
        return False
    return True


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
