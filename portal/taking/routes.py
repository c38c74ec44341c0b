"""Neem uw dossier mee: ask for a copy, see how far it is, fetch it."""

from uuid import UUID

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.i18n import gettext as _
from portal.paper.queries import PrintedEntry, paper
from portal.policy import Permission, asked, permission
from portal.taking import commands, pdfs, queries
from portal.timeline.queries import Part

taking = Blueprint("taking", __name__, url_prefix="/dossier/<uuid:dossier_id>/meenemen")


@taking.get("")
@permission(Permission.TAKE_ALONG)
def show(dossier_id: UUID) -> Response:
    """What one can take along, and how far that is."""
    shows_nothing()
    found = queries.own_taking(g.db, g.dossier.id)
    return pages.render("taking/taking.html", dossier=g.dossier, taking=found, too_long="lang" in request.args)


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


@taking.get("/notitie/<uuid:entry_id>")
@permission(Permission.TAKE_ALONG)
def entry_pdf(dossier_id: UUID, entry_id: UUID) -> Response:
    """One entry as a PDF."""
    found = paper(g.db, g.dossier.id, Part(), only=[entry_id]).entries
    if not found:
        abort(404)
    will_show(ReadLine(g.dossier.id, What.AFDRUK, found[0].id, (found[0].id,)))
    return _pdf(found, _("Notitie uit mijn dossier"), "notitie.pdf")


@taking.get("/jaar/<int:year>")
@permission(Permission.TAKE_ALONG)
def year_pdf(dossier_id: UUID, year: int) -> BaseResponse:
    """One year as a PDF; a year that is too long to wait for is in the copy of everything."""
    if not 1900 <= year < 2100:
        abort(404)
    found = pdfs.of_year(g.db, g.dossier.id, year, pdfs.MOST)
    if found is None:
        return pages.see_other(url_for("taking.show", dossier_id=dossier_id, lang=1))
    if not found:
        abort(404)
    will_show(ReadLine(g.dossier.id, What.AFDRUK, shown=tuple(entry.id for entry in found)))
    return _pdf(found, _("Mijn dossier in %(year)s", year=year), f"{year}.pdf")


def _pdf(entries: list[PrintedEntry], title: str, name: str) -> Response:
    response = Response(pdfs.make(entries, title, current_app.extensions["settings"].site_title), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
