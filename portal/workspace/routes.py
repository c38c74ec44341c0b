"""The inwoner's start page."""

from flask import Blueprint, Response, g

from portal import pages
from portal.dossier.queries import my_dossiers
from portal.policy import Permission, permission

start = Blueprint("start", __name__)


@start.get("/")
@permission(Permission.SEE_START)
def show() -> Response:
    """What one can do here: the own dossier first, then those one may read along in."""
    return pages.render("workspace/start.html", dossiers=my_dossiers(g.db))
