"""Zo ziet ... uw dossier."""

from uuid import UUID

from flask import Blueprint, Response, abort, current_app, g, request

from portal import pages
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.dossier import models
from portal.policy import Permission, permission
from portal.preview import queries

preview = Blueprint("preview", __name__, url_prefix="/dossier/<uuid:dossier_id>/zo-ziet-een-ander")


@preview.get("")
@permission(Permission.PREVIEW)
def people(dossier_id: UUID) -> Response:
    """Through whose eyes one can look."""
    shows_nothing()
    return pages.render("preview/people.html", dossier=g.dossier, guests=queries.guests(g.db, dossier_id))


@preview.get("/<uuid:person_id>")
@permission(Permission.PREVIEW)
def show(dossier_id: UUID, person_id: UUID) -> Response:
    """What this person sees, and the inwoner may see too. The inwoner reads it, so the line in the log is the inwoner's."""
    guest = next((one for one in queries.guests(g.db, dossier_id) if one.public_id == person_id), None)
    number = queries.person_number(g.db, dossier_id, person_id)
    if guest is None or number is None:
        abort(404)
    older_than = pages.as_uuid(request.args.get("ouder", ""))
    found, documents = queries.seen_by(current_app.extensions["database"], g.actor, g.dossier.id, number, older_than)
    will_show(ReadLine(g.dossier.id, What.VOORBEELD, shown=tuple(entry.id for entry in found.entries)))
    return pages.render("preview/show.html", dossier=g.dossier, guest=guest, paper=found, documents=documents, names=models)
