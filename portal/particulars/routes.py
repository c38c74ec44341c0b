"""Going on in another one of the own dossiers."""

from contextlib import suppress

from flask import Blueprint, g, url_for
from werkzeug.wrappers import Response

from portal import pages
from portal.particulars import commands
from portal.particulars.forms import OpenForm
from portal.policy import Asked, Permission, permission
from portal.refusals import Refused

other_dossier = Blueprint("other_dossier", __name__)


@other_dossier.post("/ander-dossier")
@permission(Permission.OPEN_OTHER_DOSSIER)
def go_on() -> Response:
    """Opens it. What isn't there (any more) opens nothing: the first page shows which dossier is open."""
    wanted = pages.as_uuid(OpenForm().dossier.data or "")
    if wanted is not None:
        with suppress(Refused):
            commands.open_other(g.db, Asked(g.actor), wanted)
    return pages.see_other(url_for("start.show"))
