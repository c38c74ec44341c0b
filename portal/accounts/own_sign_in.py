"""An inwoner's own way in: another app, the card for who has no telephone, the e-mail address, and logging out everywhere."""

from flask import Blueprint, current_app, g, request, session
from flask.typing import ResponseReturnValue

from portal import pages
from portal.accounts import commands, queries, sessions, totp
from portal.accounts.forms import CardForm, CodeForm, EmailCodeForm, SureForm, typed
from portal.accounts.methods import GoOn, Proven, Refused, Wait
from portal.accounts.routes import method, pending_sign_in, too_soon, wait_sentence
from portal.forms import BaseForm
from portal.i18n import N_, _, current
from portal.mail import queue_mail
from portal.policy import Permission, permission
from portal.secretbox import SealError, keyed_hash
from portal.security import visitor_address

blueprint = Blueprint("own_sign_in", __name__)

_AGAIN = "/inloggen?reden=opnieuw"
_METHOD = "wachtwoord_en_kaart"
_GOALS = ("app", "kaart")
_NEW_APP = "new_app"
_APP_DIGITS = 6
_WRONG = N_("Deze code staat niet op uw kaart, of u heeft hem al gebruikt.")
_WRONG_PASSWORD = N_("Dit wachtwoord klopt niet.")
_WRONG_CODE = N_("Deze code klopt niet, of u heeft hem al gebruikt.")


@blueprint.route("/inloggen/kaart", methods=["GET", "POST"])
@permission(Permission.OPEN)
def card_code() -> ResponseReturnValue:
    """Second step without a telephone: a code of the card. After it one sees how many are left."""
    pending = pending_sign_in()
    if pending is None:
        return pages.see_other(_AGAIN)
    form = CardForm()
    if form.is_submitted() and form.validate():
        account = pages.as_uuid(pending["remember"]["account"])
        assert account is not None
        with current_app.extensions["database"].plain() as connection:
            left = commands.use_card_code(connection, account, typed(form.code), _trace("account", str(account)))
        if isinstance(left, commands.TooSoon):
            return too_soon("accounts/card_code.html", form, left.seconds)
        if left is not None:
            if sessions.sign_in(account, _METHOD) is None:
                return pages.see_other("/inloggen?reden=ended")
            return pages.see_other("/mijn-inloggen?klaar=kaart")
        form.refuse(_(_WRONG), "code")
    return pages.render("accounts/card_code.html", status=422 if form.errors else 200, form=form)


@blueprint.get("/mijn-inloggen")
@permission(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    """What one signs in with, and what happened with it."""
    return _page(EmailCodeForm(formdata=None), done=request.args.get("klaar", ""))


@blueprint.route("/mijn-inloggen/zeker", methods=["GET", "POST"])
@permission(Permission.SIGNED_IN)
def make_sure() -> ResponseReturnValue:
    """Password and code once more, before app or card change: who finds a computer that was left signed in has neither.

    Who used a code to sign in less than ten minutes ago gives the password alone: it may have been the last code of the card.
    """
    goal = request.args.get("voor", "")
    if goal not in _GOALS:
        return pages.see_other("/mijn-inloggen")
    form, demo = SureForm(), current_app.extensions["settings"].mode == "demo"
    if sessions.is_recent(sessions.PROVED):
        del form.code
    if form.is_submitted() and form.validate():
        outcome = _proof(form)
        if isinstance(outcome, Proven):
            sessions.note(sessions.CONFIRMED)
            return pages.see_other(f"/mijn-inloggen/{goal}")
        if isinstance(outcome, Wait):
            return too_soon("accounts/make_sure.html", form, outcome.seconds, goal=goal)
        form.refuse(_(outcome.message))
    return pages.render(
        "accounts/make_sure.html",
        status=422 if form.errors else 200,
        form=form,
        goal=goal,
        demo_code=method().demo_hint({"account": str(g.account.account)}) if demo else None,
    )


def _proof(form: SureForm) -> Proven | Refused | Wait:
    """Tried and counted as at sign-in."""
    begun = method().begin({"login": g.account.username, "password": typed(form.password)}, visitor_address())
    if isinstance(begun, Wait):
        return begun
    if not isinstance(begun, GoOn):
        return Refused(_WRONG_PASSWORD)
    if "code" not in form:
        return Proven(g.account.account)
    code = typed(form.code)
    if len("".join(code.split())) == _APP_DIGITS:
        outcome = method().finish(begun.remember, {"code": code}, visitor_address())
        return Refused(_WRONG_CODE) if isinstance(outcome, Refused) else outcome
    with current_app.extensions["database"].plain() as connection:
        left = commands.use_card_code(connection, g.account.account, code, _trace("account", str(g.account.account)))
    if isinstance(left, commands.TooSoon):
        return Wait(left.seconds)
    return Proven(g.account.account) if left is not None else Refused(_WRONG_CODE)


@blueprint.route("/mijn-inloggen/app", methods=["GET", "POST"])
@permission(Permission.SIGNED_IN)
def new_app() -> ResponseReturnValue:
    """Another authenticator app, for who has another telephone. After it a new card: the old one stops too."""
    if not sessions.is_recent(sessions.CONFIRMED):
        return pages.see_other("/mijn-inloggen/zeker?voor=app")
    settings = current_app.extensions["settings"]
    sealed, secret = _secret_of_the_new_app()
    form = CodeForm()
    if form.is_submitted() and form.validate():
        step = totp.step_of(secret, typed(form.code), None)
        if step is not None:
            del session[_NEW_APP]
            changed = commands.change_app(g.db, sealed, step)
            return pages.see_other("/mijn-inloggen/kaart?klaar=app" if changed else _AGAIN)
        form.refuse(_("Deze code klopt niet. Kijk in uw app en probeer het opnieuw."), "code")
    return pages.render(
        "accounts/new_app.html",
        status=422 if form.errors else 200,
        form=form,
        secret=totp.in_groups(secret),
        app_link=totp.app_link(secret, g.account.username, settings.site_title),
        demo_code=totp.code_to_show(secret, None) if settings.mode == "demo" else None,
    )


def _secret_of_the_new_app() -> tuple[bytes, str]:
    """Sealed and as it is. Sealed in the cookie, so that the page can be opened again and nothing is written before the code is right."""
    settings = current_app.extensions["settings"]
    try:
        sealed = bytes.fromhex(session[_NEW_APP])
        return sealed, totp.open_secret(settings.text_key, g.account.account, sealed, settings.text_key_before)
    except (KeyError, ValueError, SealError):
        secret = totp.new_secret()
        sealed = totp.sealed_secret(settings.text_key, g.account.account, secret)
        session[_NEW_APP] = sealed.hex()
        return sealed, secret


@blueprint.route("/mijn-inloggen/kaart", methods=["GET", "POST"])
@permission(Permission.SIGNED_IN)
def card() -> ResponseReturnValue:
    """A card with ten codes. The answer to the form is the only place where they are seen."""
    if not sessions.is_recent(sessions.CONFIRMED):
        return pages.see_other("/mijn-inloggen/zeker?voor=kaart")
    if request.method == "POST":
        del session[sessions.CONFIRMED]
        return pages.render("accounts/card.html", codes=commands.new_card(g.db, g.account.account), own=queries.own_sign_in(g.db))
    return pages.render("accounts/ask_card.html", own=queries.own_sign_in(g.db), done=request.args.get("klaar", ""))


@blueprint.post("/mijn-inloggen/mail")
@permission(Permission.SIGNED_IN)
def mail_code() -> ResponseReturnValue:
    """Mails a code to the address that waits."""
    address = commands.new_email_code(g.db)
    if address is not None:
        queue_mail(g.db, "mailcode", current().language.code, address, person_id=g.actor.person_id)
    return pages.see_other("/mijn-inloggen?klaar=mail")


@blueprint.post("/mijn-inloggen/bevestigen")
@permission(Permission.SIGNED_IN)
def confirm() -> ResponseReturnValue:
    """The code that came by mail."""
    form = EmailCodeForm()
    if form.validate():
        outcome = commands.confirm_email(g.db, typed(form.code), _trace("mail", str(g.account.account)))
        if outcome is True:
            return pages.see_other("/mijn-inloggen?klaar=bevestigd")
        if outcome is False:
            form.refuse(_("Deze code klopt niet, of hij is te oud. Vraag een nieuwe code."), "code")
        else:
            form.refuse(wait_sentence(outcome.seconds))
    return _page(form)


@blueprint.post("/mijn-inloggen/overal-uit")
@permission(Permission.SIGNED_IN)
def leave_everywhere() -> ResponseReturnValue:
    """Ends every session, this one too."""
    commands.end_all_sessions(g.db)
    session.clear()
    return pages.see_other("/inloggen?reden=uit")


def _page(form: BaseForm, done: str = "") -> ResponseReturnValue:
    return pages.render(
        "accounts/own_sign_in.html",
        status=422 if form.errors else 200,
        form=form,
        own=queries.own_sign_in(g.db),
        events=queries.sign_in_events(g.db, g.actor.person_id),
        done=done,
    )


def _trace(kind: str, value: str) -> commands.Trace:
    key = current_app.extensions["settings"].text_key
    return commands.Trace(keyed_hash(key, f"sign-in {kind}", value), keyed_hash(key, "sign-in address", visitor_address()))
