"""On the residents' face, for who can't sign in: what one can do oneself, and asking the team. The same answer for everybody."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from portal import pages
from portal.door import commands
from portal.door.forms import HelpForm
from portal.i18n import ngettext
from portal.policy import Permission, permission
from portal.secretbox import keyed_hash
from portal.security import visitor_address

blueprint = Blueprint("sign_in_help", __name__)


@blueprint.route("/inloggen/hulp", methods=["GET", "POST"])
@permission(Permission.OPEN)
def ask() -> ResponseReturnValue:
    """What to do without password or telephone; and the form, which tells nobody whether it knows who asks."""
    form = HelpForm()
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate() and form.birth_date.data is not None:
            said = commands.AskedHelp(
                form.lost.data, _line(form.name.data), form.birth_date.data, _line(form.username.data), _line(form.reach.data)
            )
            key = current_app.extensions["settings"].text_key
            subject = keyed_hash(key, "sign-in help", f"{said.birth_date} {said.name.casefold()}")
            with current_app.extensions["database"].plain() as connection:
                wait = commands.ask_help(connection, said, subject, keyed_hash(key, "sign-in address", visitor_address()))
            if not wait:
                return pages.see_other("/inloggen/hulp?klaar=ja")
            status = 429
            minutes = -(-wait // 60)
            form.refuse(
                ngettext("U heeft het te vaak gevraagd. Wacht %(n)s minuut.", "U heeft het te vaak gevraagd. Wacht %(n)s minuten.", minutes)
            )
    return pages.render("door/help.html", status=status, has_errors=status != 200, form=form, done=request.args.get("klaar", ""))


def _line(typed: str | None) -> str:
    return " ".join((typed or "").split())
