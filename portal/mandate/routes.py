"""Who acts for the inwoner: for the inwoner alone. And what a mandate names, for who acts by it: who looked, and who may see what."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.dossier import models
from portal.i18n import local
from portal.mandate import commands, queries
from portal.mandate.forms import EndForm
from portal.mandate.models import GROUND_NAMES
from portal.policy import Permission, asked, permission
from portal.sharing.queries import Naaste, today, who_may_see_for

own_mandates = Blueprint("own_mandate", __name__, url_prefix="/dossier/<uuid:dossier_id>/vertegenwoordigers")

named = Blueprint("named", __name__, url_prefix="/dossier/<uuid:dossier_id>/namens")


@own_mandates.get("")
@permission(Permission.SEE_MANDATES)
def overview(dossier_id: UUID) -> Response:
    """Who acts for the inwoner, why, what that covers and until when; and who did."""
    return _page("mandate/own.html", mandates=queries.mandates_of(g.db, dossier_id), done=request.args.get("klaar", ""))


@own_mandates.route("/<uuid:mandate_id>/stoppen", methods=["GET", "POST"])
@permission(Permission.SEE_MANDATES)
def end(dossier_id: UUID, mandate_id: UUID) -> ResponseReturnValue:
    """Asks once more, and ends what the inwoner gave; of what a judge gave it says who can end it."""
    found = queries.mandates_of(g.db, dossier_id)
    one = next((one for one in found if one.public_id == mandate_id and not one.is_over), None) or abort(404)
    if request.method == "POST":
        if not commands.end(g.db, asked(), mandate_id):
            abort(404)
        return pages.see_other(url_for("own_mandate.overview", dossier_id=dossier_id, klaar="gestopt"))
    return _page("mandate/own_end.html", one=one, form=EndForm())


@own_mandates.post("/<uuid:mandate_id>/klopt")
@permission(Permission.SHARE)
def confirm(dossier_id: UUID, mandate_id: UUID) -> ResponseReturnValue:
    """Yes, it still holds."""
    if not commands.confirm(g.db, asked(), mandate_id):
        abort(404)
    return pages.see_other(url_for("own_mandate.overview", dossier_id=dossier_id, klaar="klopt"))


@named.get("/wie-keek-er")
@permission(Permission.SEE_LOG_FOR)
def who_looked(dossier_id: UUID) -> Response:
    """Who of the team looked in the dossier, day by day."""
    lines, more = queries.log_for(g.db, dossier_id, before=pages.as_moment(request.args.get("tot", "")))
    days = [(day, list(on_day)) for day, on_day in groupby(lines, key=lambda line: local(line.at).date())]
    will_show(ReadLine(g.dossier.id, What.LOGBOEK))
    return pages.render("mandate/who_looked.html", dossier=g.dossier, days=days, more=more)


@named.get("/wie-mag-wat-zien")
@permission(Permission.SHARE_FOR)
def who_may_see(dossier_id: UUID) -> Response:
    """Who may see what of the dossier, and until when."""
    sharing = who_may_see_for(g.db, dossier_id, today())
    return _named_page("mandate/who_may_see.html", sharing.shown, sharing=sharing, done=request.args.get("klaar", ""))


@named.route("/wie-mag-wat-zien/<uuid:person_id>/stoppen", methods=["GET", "POST"])
@permission(Permission.SHARE_FOR)
def stop(dossier_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Asks once more, and stops it in the name of the inwoner."""
    if request.method == "POST":
        if not commands.stop_for(g.db, asked(), dossier_id, person_id):
            abort(404)
        return pages.see_other(url_for("named.who_may_see", dossier_id=dossier_id, klaar="gestopt"))
    naaste: Naaste = who_may_see_for(g.db, dossier_id, today()).naaste(person_id) or abort(404)
    return _named_page("mandate/stop.html", naaste.shown, naaste=naaste, form=EndForm())


def _named_page(template: str, shown: tuple[int, ...], **context: Any) -> Response:
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=shown))
    return pages.render(template, dossier=g.dossier, names=models, today=today(), translated=models.section_names, **context)


def _page(template: str, **context: Any) -> Response:
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    return pages.render(template, dossier=g.dossier, grounds=GROUND_NAMES, today=today(), **context)
