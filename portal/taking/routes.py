"""Neem uw dossier mee: ask for a copy, see how far it is, fetch it."""

from uuid import UUID

from flask import Blueprint, Response, abort, current_app, g, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.policy import Permission, asked, permission
from portal.taking import commands, queries

taking = Blueprint("taking", __name__, url_prefix="/dossier/<uuid:dossier_id>/meenemen")


@taking.get("")
@permission(Permission.TAKE_ALONG)
def show(dossier_id: UUID) -> Response:
    """What one can take along, and how far that is."""
    shows_nothing()
    found = queries.own_taking(g.db, g.dossier.id)
    return pages.render("taking/taking.html", dossier=g.dossier, taking=found)


@taking.post("")
@permission(Permission.TAKE_ALONG)
def ask(dossier_id: UUID) -> BaseResponse:
    """Have the copy made."""
    commands.ask(g.db, asked(), g.dossier, g.language)
    return pages.see_other(url_for("taking.show", dossier_id=dossier_id))


@taking.post("/weg")
@permission(Permission.TAKE_ALONG)
def drop(dossier_id: UUID) -> BaseResponse:
    """Throw it away."""
    commands.drop(g.db, asked(), g.dossier)
    return pages.see_other(url_for("taking.show", dossier_id=dossier_id))


@taking.post("/ophalen")
@permission(Permission.TAKE_ALONG)
def fetch(dossier_id: UUID) -> Response:
    """The copy itself. Its name tells nothing."""
    found = queries.own_taking(g.db, g.dossier.id)
    if found is None or found.made_at is None:
        abort(404)
    commands.fetched(g.db, asked(), g.dossier)
    will_show(ReadLine(g.dossier.id, What.UITVOER, shown=tuple(found.entries)))
    extensions = current_app.extensions
    body = queries.pieces(extensions["database"], extensions["settings"], g.actor, g.dossier.id, found)
    response = Response(body, mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="kopie.zip"'
    response.content_length = found.size
    return response
