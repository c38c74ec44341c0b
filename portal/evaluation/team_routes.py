"""Writing down what the inwoner said on paper or aloud."""

from uuid import UUID

from flask import Blueprint, Response, g
from werkzeug.wrappers import Response as BaseResponse

from portal.evaluation.models import Side
from portal.evaluation.routes import ahead_or_404, filled, look_page, written
from portal.policy import Permission, permission

said_aloud = Blueprint("said_aloud", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan/terugkijken")


@said_aloud.get("/invullen-voor-inwoner")
@permission(Permission.RECORD_PLAN)
def ask(dossier_id: UUID) -> Response:
    """The inwoner's questions, to write down the answers."""
    ahead = ahead_or_404()
    old = ahead.own(g.actor.person_id, Side.INWONER)
    return look_page(Side.INWONER, ahead, old, filled(Side.INWONER, old, aloud=True), aloud=True)


@said_aloud.post("/invullen-voor-inwoner")
@permission(Permission.RECORD_PLAN)
def write(dossier_id: UUID) -> BaseResponse:
    """Writes them down, with how they were said."""
    ahead = ahead_or_404()
    return written(Side.INWONER, ahead, ahead.own(g.actor.person_id, Side.INWONER), aloud=True)
