"""An inwoner's own way in: the card for who has no telephone, the e-mail address, and logging out everywhere."""

from flask import Blueprint, current_app, g, request, session
from flask.typing import ResponseReturnValue

from portal import pages
from portal.accounts import commands, queries, sessions
from portal.accounts.forms import CardForm, EmailCodeForm, typed
from portal.accounts.routes import pending_sign_in, too_soon, wait_sentence
from portal.forms import BaseForm
from portal.i18n import N_, _, current
from portal.mail import queue_mail
from portal.policy import Permission, permission
from portal.secretbox import keyed_hash
from portal.security import visitor_address

blueprint = Blueprint("own_sign_in", __name__)

_AGAIN = "/inloggen?reden=opnieuw"
_METHOD = "wachtwoord_en_kaart"
_WRONG = N_("Deze code staat niet op uw kaart, of u heeft hem al gebruikt.")


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


@blueprint.route("/mijn-inloggen/kaart", methods=["GET", "POST"])
@permission(Permission.SIGNED_IN)
def card() -> ResponseReturnValue:
    """A card with ten codes. The answer to the form is the only place where they are seen."""
    if request.method == "POST":
        return pages.render("accounts/card.html", codes=commands.new_card(g.db, g.account.account), own=queries.own_sign_in(g.db))
    return pages.render("accounts/ask_card.html", own=queries.own_sign_in(g.db))


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
