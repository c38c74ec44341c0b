"""The dossier, or a part of it, made to be printed; on both faces."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, abort, g, request

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.dossier import models
from portal.paper import queries
from portal.policy import Permission, permission
from portal.timeline.queries import Cursor, Part

printing = Blueprint("paper", __name__, url_prefix="/dossier/<uuid:dossier_id>")


@printing.get("/afdrukken")
@permission(Permission.READ_DOSSIER)
def show(dossier_id: UUID) -> Response:
    """The words of a part of the dossier, or of one entry."""
    part, only = Part.of(request.args), None
    if "notitie" in request.args:
        part, only = Part(), pages.as_uuid(request.args["notitie"])
        if only is None:
            abort(404)
    older_than = None if only else pages.as_uuid(request.args.get("ouder", ""))
    found = queries.paper(g.db, g.dossier.id, part, cursor=Cursor(older_than) if older_than else None, only=[only] if only else None)
    if only and not found.entries:
        abort(404)
    will_show(ReadLine(g.dossier.id, What.AFDRUK, found.entries[0].id if only else None, tuple(entry.id for entry in found.entries)))
    return pages.render(
        "paper/paper.html",
        dossier=g.dossier,
        paper=found,
        part=part,
        only=only,
        printed_at=datetime.now(UTC),
        names=models,
    )
