"""Signing in and out, staying signed in, and the language. First time: first_time.py."""

import time
from typing import Any

from flask import Blueprint, Response, current_app, g, request, session
from flask.typing import ResponseReturnValue

from portal import pages
from portal.accounts import commands, queries, sessions
from portal.accounts.forms import CodeForm, SignInForm, typed
from portal.accounts.methods import GoOn, PasswordAndCode, Proven, Refused, SignInMethod, Wait
from portal.forms import BaseForm
from portal.i18n import COOKIE, N_, _, ngettext
from portal.policy import Permission, permission
from portal.security import visitor_address

blueprint = Blueprint("accounts", __name__)

# Between the first and the second step: long enough to find the telephone.
_PENDING_SECONDS = 600
_PENDING = "sign_in"
_YEAR = 365 * 24 * 3600

_KEPT = N_("Uw tekst is bewaard. Na het inloggen staat de tekst er weer.")


def method() -> SignInMethod:
    """The way people sign in here."""
    made: SignInMethod = current_app.extensions["sign_in_method"]
    return made


@blueprint.get("/inloggen")
@permission(Permission.OPEN)
def sign_in_page() -> ResponseReturnValue:
    """The page of the first step, with why one sees it."""
    back = sessions.own_url(request.args.get("next"))
    if g.actor is not None:
        return pages.see_other(back or "/")
    form = SignInForm(formdata=None)
    form.next.data = back or ""
    notices = [
        _(text) for text in (queries.REASONS.get(request.args.get("reden", "")), _KEPT if "bewaard" in request.args else None) if text
    ]
    return pages.render("accounts/sign_in.html", form=form, notices=notices)


@blueprint.post("/inloggen")
@permission(Permission.OPEN)
def sign_in() -> ResponseReturnValue:
    """First step: name and password."""
    form = SignInForm()
    if not form.validate():
        return _again("accounts/sign_in.html", form, notices=[])
    outcome = method().begin({"login": typed(form.login), "password": typed(form.password)}, visitor_address())
    if isinstance(outcome, GoOn):
        session[_PENDING] = {
            "remember": dict(outcome.remember),
            "at": int(time.time()),
            "next": sessions.own_url(form.next.data) or "/",
        }
        return pages.see_other(outcome.url)
    return _not_yet("accounts/sign_in.html", form, outcome, notices=[])


@blueprint.get("/inloggen/code")
@permission(Permission.OPEN)
def code_page() -> ResponseReturnValue:
    """The page of the second step. The demo says the code there."""
    pending = pending_sign_in()
    if pending is None:
        return pages.see_other("/inloggen?reden=opnieuw")
    return pages.render("accounts/code.html", form=CodeForm(formdata=None), **_demo(pending))


@blueprint.post("/inloggen/code")
@permission(Permission.OPEN)
def code() -> ResponseReturnValue:
    """Second step: the code. After it the page that was asked for."""
    pending = pending_sign_in()
    if pending is None:
        return pages.see_other("/inloggen?reden=opnieuw")
    form = CodeForm()
    if not form.validate():
        return _again("accounts/code.html", form, **_demo(pending))
    outcome = method().finish(pending["remember"], {"code": typed(form.code)}, visitor_address())
    if not isinstance(outcome, Proven):
        return _not_yet("accounts/code.html", form, outcome, **_demo(pending))
    if sessions.sign_in(outcome.account, method().name) is None:
        return pages.see_other("/inloggen?reden=ended")
    return pages.see_other(pending["next"])


@blueprint.post("/uitloggen")
@permission(Permission.OPEN)
def sign_out() -> ResponseReturnValue:
    """Ends the session. Works for a session that was over already too."""
    sessions.sign_out()
    return pages.see_other("/inloggen?reden=uit")


@blueprint.post("/sessie/verlengen")
@permission(Permission.SIGNED_IN)
def stay() -> ResponseReturnValue:
    """Stay signed in; asking is enough. With script nothing comes back, without it the page one was on."""
    if request.headers.get("HX-Request") or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return pages.no_content()
    return pages.see_other(sessions.referring_page())


@blueprint.post("/taal")
@permission(Permission.OPEN)
def choose_language() -> ResponseReturnValue:
    """Keeps the chosen language: with the account (before signing in: with the one that signs in next), and for this browser."""
    answer = pages.see_other(sessions.own_url(request.form.get("next"), sign_in_pages=True) or sessions.referring_page(sign_in_pages=True))
    language = request.form.get("taal", "")
    if language in current_app.config["OFFERED_LANGUAGES"]:
        if g.account is not None:
            with current_app.extensions["database"].plain() as connection:
                commands.set_language(connection, g.account.token, language)
        else:
            session[sessions.CHOSEN_LANGUAGE] = language
        answer.set_cookie(COOKIE, language, max_age=_YEAR, httponly=True, samesite="Lax", secure=current_app.extensions["settings"].secure)
    return answer


def wait_sentence(seconds: int) -> str:
    """How long to wait, in plain words."""
    if seconds <= 60:
        return ngettext(
            "U heeft het te vaak geprobeerd. Wacht %(n)s seconde.", "U heeft het te vaak geprobeerd. Wacht %(n)s seconden.", seconds
        )
    minutes = -(-seconds // 60)
    return ngettext("U heeft het te vaak geprobeerd. Wacht %(n)s minuut.", "U heeft het te vaak geprobeerd. Wacht %(n)s minuten.", minutes)


def too_soon(template: str, form: BaseForm, seconds: int, **values: Any) -> Response:
    """The page again, with how long to wait."""
    form.refuse(wait_sentence(seconds))
    answer = pages.render(template, status=429, has_errors=True, form=form, **values)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _not_yet(template: str, form: BaseForm, outcome: Proven | GoOn | Refused | Wait, **values: Any) -> Response:
    if isinstance(outcome, Wait):
        return too_soon(template, form, outcome.seconds, **values)
    if isinstance(outcome, Refused):
        form.refuse(_(outcome.message))
    return _again(template, form, **values)


def _again(template: str, form: BaseForm, **values: Any) -> Response:
    return pages.render(template, status=422, form=form, **values)


def pending_sign_in() -> dict[str, Any] | None:
    """What the first step left in the signed cookie, while it is fresh; None: begin anew."""
    pending = session.get(_PENDING)
    if not isinstance(pending, dict) or time.time() - pending["at"] > _PENDING_SECONDS:
        session.pop(_PENDING, None)
        return None
    return pending


def _demo(pending: dict[str, Any]) -> dict[str, Any]:
    demo = current_app.extensions["settings"].mode == "demo"
    return {"demo_code": method().demo_hint(pending["remember"]) if demo else None}


def make_method(app: Any) -> SignInMethod:
    """The method of this program: name and password with a code. DigiD becomes a second one, chosen here."""
    settings = app.extensions["settings"]
    return PasswordAndCode(app.extensions["database"], settings.text_key, settings.text_key_before)
