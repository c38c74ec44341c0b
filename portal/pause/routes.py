"""The inwoner puts the own dossier out of sight."""

from uuid import UUID

from flask import Blueprint, Response, g, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import shows_nothing
from portal.pause import commands
from portal.policy import Permission, asked, permission

pause = Blueprint("pause", __name__)


@pause.get("/dossier/<uuid:dossier_id>/uitzetten")
@permission(Permission.PAUSE)
def ask(dossier_id: UUID) -> Response:
    """What will happen, before it does."""
    shows_nothing()
    return pages.render("pause/ask.html", dossier=g.dossier)


@pause.post("/dossier/<uuid:dossier_id>/uitzetten")
@permission(Permission.PAUSE)
def put_off(dossier_id: UUID) -> BaseResponse:
    """Does it, and goes to the first page, which says nothing about it: somebody may look over the shoulder."""
    commands.pause(g.db, asked(), g.dossier)
    return pages.see_other(url_for("start.show"))
