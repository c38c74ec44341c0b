"""A professional puts a dossier out of sight for an inwoner who asked for it, and brings it back."""

from uuid import UUID

from flask import Blueprint, Response, abort, g, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import shows_nothing
from portal.pause import commands, queries
from portal.pause.forms import CalledForm, SeenForm
from portal.policy import Permission, asked, permission

pause_for = Blueprint("pause_for", __name__)


@pause_for.get("/dossier/<uuid:dossier_id>/uitzetten")
@permission(Permission.PAUSE_FOR)
def ask(dossier_id: UUID) -> Response:
    """Asks how the inwoner asked for it; when it is out of sight already, how it comes back."""
    return _page(CalledForm(), SeenForm())


@pause_for.post("/dossier/<uuid:dossier_id>/uitzetten")
@permission(Permission.PAUSE_FOR)
def put_off(dossier_id: UUID) -> BaseResponse:
    """Puts it out of sight."""
    form = CalledForm()
    if not form.validate_on_submit():
        return _page(form, SeenForm(formdata=None), status=422)
    commands.pause_for(g.db, asked(), g.dossier, form.way.data)
    return pages.see_other(url_for("timeline.show", dossier_id=dossier_id))


@pause_for.post("/dossier/<uuid:dossier_id>/aanzetten")
@permission(Permission.PAUSE_FOR)
def bring_back(dossier_id: UUID) -> BaseResponse:
    """Brings it back."""
    form = SeenForm()
    if not form.validate_on_submit():
        return _page(CalledForm(formdata=None), form, status=422)
    commands.resume(g.db, asked(), g.dossier)
    return pages.see_other(url_for("timeline.show", dossier_id=dossier_id))


def _page(called: CalledForm, seen: SeenForm, status: int = 200) -> Response:
    shows_nothing()
    found = queries.pause_of(g.db, g.dossier.public_id)
    if found is not None and found.way == queries.DIED:
        abort(404)
    return pages.render("pause/ask_for.html", status=status, dossier=g.dossier, pause=found, called=called, seen=seen)
