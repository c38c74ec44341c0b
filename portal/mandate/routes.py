"""Who acts for the inwoner: for the inwoner alone."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.mandate import commands, queries
from portal.mandate.forms import EndForm
from portal.mandate.models import GROUND_NAMES
from portal.policy import Permission, asked, permission

own_mandates = Blueprint("own_mandate", __name__, url_prefix="/dossier/<uuid:dossier_id>/vertegenwoordigers")


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


def _page(template: str, **context: Any) -> Response:
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    return pages.render(template, dossier=g.dossier, grounds=GROUND_NAMES, today=queries.today(), **context)
