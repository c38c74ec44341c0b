"""What the inwoner says of the reason, and coming back in one step."""

from uuid import UUID

from flask import Blueprint, Response, g
from werkzeug.wrappers import Response as BaseResponse

from portal.ending import commands
from portal.ending.forms import AnswerForm
from portal.ending.routes import answer_page, answered, back, open_or_404
from portal.policy import Permission, asked, permission
from portal.typed_text import kept_text

own_ending = Blueprint("own_ending", __name__, url_prefix="/dossier/<uuid:dossier_id>/stoppen-met-hulp")


@own_ending.get("/antwoord")
@permission(Permission.ANSWER_ENDING)
def ask(dossier_id: UUID) -> Response:
    """The reason, and the question whether it is so."""
    return answer_page(open_or_404(), AnswerForm(formdata=kept_text()))


@own_ending.post("/antwoord")
@permission(Permission.ANSWER_ENDING)
def answer(dossier_id: UUID) -> BaseResponse:
    """What the inwoner says of it."""
    found = open_or_404()
    form = AnswerForm()
    if not form.validate_on_submit():
        return answer_page(found, form, status=422)
    return answered(found, form, "portaal")


@own_ending.post("/weer-hulp")
@permission(Permission.COME_BACK)
def come_back(dossier_id: UUID) -> BaseResponse:
    """Help again, in one step (R163)."""
    return back("terug" if commands.come_back(g.db, asked(), g.dossier) else "dubbel")
