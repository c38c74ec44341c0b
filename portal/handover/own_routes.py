"""The inwoner's side: choosing what goes along, and saying that it doesn't go on."""

from uuid import UUID

from flask import Blueprint, Response, g
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.handover import commands
from portal.handover.forms import AnswerForm, StuckForm
from portal.handover.queries import Handover
from portal.handover.routes import answer_page, answered, back, begun, handover_or_404, unanswered_or_404, words
from portal.i18n import _
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

own_handover = Blueprint("own_handover", __name__, url_prefix="/dossier/<uuid:dossier_id>/overdracht/<uuid:handover_id>")


@own_handover.get("/antwoord")
@permission(Permission.ANSWER_HANDOVER)
def ask(dossier_id: UUID, handover_id: UUID) -> Response:
    """What goes along, and the question whether that is good."""
    found = unanswered_or_404(handover_id)
    return answer_page(found, begun(AnswerForm(formdata=kept_text()), found))


@own_handover.post("/antwoord")
@permission(Permission.ANSWER_HANDOVER)
def answer(dossier_id: UUID, handover_id: UUID) -> BaseResponse:
    """The inwoner's own act."""
    return answered(unanswered_or_404(handover_id), AnswerForm())


@own_handover.get("/loopt-vast")
@permission(Permission.ANSWER_HANDOVER)
def ask_stuck(dossier_id: UUID, handover_id: UUID) -> Response:
    """The form to say what doesn't go on."""
    return _stuck_page(handover_or_404(handover_id), StuckForm(formdata=kept_text()))


@own_handover.post("/loopt-vast")
@permission(Permission.ANSWER_HANDOVER)
def stuck(dossier_id: UUID, handover_id: UUID) -> BaseResponse:
    """The team sees it from now on (eis 13.1)."""
    found = handover_or_404(handover_id)
    form = StuckForm()
    if not form.validate_on_submit():
        return _stuck_page(found, form, status=422)
    try:
        commands.stuck(g.db, asked(), g.dossier, handover_id, (form.words.data or "").strip())
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _stuck_page(found, form, status=422)
    forget()
    return back(handover_id, "vast")


def _stuck_page(found: Handover, form: StuckForm, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.PLAN))
    return pages.render("handover/stuck.html", status=status, dossier=g.dossier, one=found, form=form, **words())
