"""Coming in the first time: user name and start code, then a password, then the authenticator app. One question per page."""

import time
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, session
from flask.typing import ResponseReturnValue

from portal import pages
from portal.accounts import commands, passwords, queries, sessions, totp
from portal.accounts.forms import CodeForm, NewPasswordForm, StartForm, typed
from portal.accounts.routes import method, too_soon
from portal.db import Database
from portal.i18n import N_, _
from portal.paper_code import code_hash
from portal.policy import Permission, permission
from portal.secretbox import SealError, keyed_hash
from portal.security import visitor_address
from portal.settings import Settings

blueprint = Blueprint("first_time", __name__)

_PENDING = "first_time"
_PENDING_SECONDS = 1800
_WRONG = N_("Deze naam en deze startcode horen niet bij elkaar. Of de code is te oud.")
_TOO_LATE = "/eerste-keer"


@blueprint.route("/eerste-keer", methods=["GET", "POST"])
@permission(Permission.OPEN)
def start() -> ResponseReturnValue:
    """User name and start code."""
    form = StartForm()
    if not form.is_submitted():
        return pages.render("accounts/first_start.html", form=form)
    if form.validate():
        login = typed(form.login).strip().lower()
        trace = commands.Trace(
            keyed_hash(_text_key(), "sign-in start", login), keyed_hash(_text_key(), "sign-in address", visitor_address())
        )
        with _database().plain() as connection:
            found = commands.begin_first_time(connection, login, typed(form.start_code), trace)
        if isinstance(found, commands.TooSoon):
            return too_soon("accounts/first_start.html", form, found.seconds)
        if found is not None:
            session[_PENDING] = {
                "account": str(found.account),
                "username": found.username,
                "code": code_hash(typed(form.start_code)).hex(),
                "at": int(time.time()),
            }
            return pages.see_other("/eerste-keer/wachtwoord")
        form.refuse(_(_WRONG))
    return pages.render("accounts/first_start.html", status=422, form=form)


@blueprint.route("/eerste-keer/wachtwoord", methods=["GET", "POST"])
@permission(Permission.OPEN)
def password() -> ResponseReturnValue:
    """A password of one's own."""
    pending = _pending()
    if pending is None:
        return pages.see_other(_TOO_LATE)
    form = NewPasswordForm()
    if not form.is_submitted():
        return pages.render("accounts/first_password.html", form=form, username=pending["username"])
    if form.validate():
        objection = passwords.objection(typed(form.password), (pending["username"],))
        if objection:
            form.refuse(_(objection), "password")
        elif passwords.normal(typed(form.password)) != passwords.normal(typed(form.password_again)):
            form.refuse(_("U heeft twee verschillende wachtwoorden getypt."), "password_again")
        else:
            secret = totp.sealed_secret(_text_key(), UUID(pending["account"]), totp.new_secret())
            with _database().plain() as connection:
                kept = commands.choose_first_password(
                    connection, UUID(pending["account"]), bytes.fromhex(pending["code"]), typed(form.password), secret
                )
            return pages.see_other("/eerste-keer/code" if kept else _TOO_LATE)
    return pages.render("accounts/first_password.html", status=422, form=form, username=pending["username"])


@blueprint.route("/eerste-keer/code", methods=["GET", "POST"])
@permission(Permission.OPEN)
def code() -> ResponseReturnValue:
    """The secret for the authenticator app, and the first code from it. Right: one is signed in."""
    pending = _pending()
    secret = _secret(pending) if pending else None
    if pending is None or secret is None:
        return pages.see_other(_TOO_LATE)
    form = CodeForm()
    if form.is_submitted() and form.validate():
        step = totp.step_of(secret, typed(form.code), None)
        if step is not None:
            return _done(pending, step)
        form.refuse(_("Deze code klopt niet. Kijk in uw app en probeer het opnieuw."), "code")
    settings = _settings()
    return pages.render(
        "accounts/first_code.html",
        status=422 if form.errors else 200,
        form=form,
        secret=totp.in_groups(secret),
        app_link=totp.app_link(secret, pending["username"], settings.site_title),
        demo_code=totp.code_to_show(secret, None) if settings.mode == "demo" else None,
    )


def _done(pending: dict[str, Any], step: int) -> ResponseReturnValue:
    with _database().plain() as connection:
        done = commands.finish_first_time(connection, UUID(pending["account"]), bytes.fromhex(pending["code"]), step)
    if not done or sessions.sign_in(UUID(pending["account"]), method().name) is None:
        return pages.see_other(_TOO_LATE)
    # Password and app are a minute old: nobody asks for them again before the card.
    sessions.note(sessions.CONFIRMED)
    # Residents get codes to keep beside the telephone; of colleagues a beheerder knows the face.
    return pages.see_other("/mijn-inloggen/kaart" if _settings().face == "inwoner" else "/")


def _pending() -> dict[str, Any] | None:
    pending = session.get(_PENDING)
    if not isinstance(pending, dict) or time.time() - pending["at"] > _PENDING_SECONDS:
        session.pop(_PENDING, None)
        return None
    return pending


def _secret(pending: dict[str, Any]) -> str | None:
    with _database().plain() as connection:
        sealed = queries.first_secret(connection, UUID(pending["account"]), bytes.fromhex(pending["code"]))
    if sealed is None:
        return None
    try:
        return totp.open_secret(_text_key(), UUID(pending["account"]), bytes(sealed), _settings().text_key_before)
    except SealError:
        return None


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _text_key() -> bytes:
    return _settings().text_key


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
