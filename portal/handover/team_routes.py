"""The team's side: proposing to hand over, giving the code, writing down what was said elsewhere, and what came from another party."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, current_app, g, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages, plainness
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.handover import commands
from portal.handover.forms import AloudForm, ProposeForm, ReceiveForm, TakenForm
from portal.handover.queries import Handover
from portal.handover.routes import answer_page, answered, back, begun, handover_or_404, unanswered_or_404, words
from portal.i18n import _
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

handover_help = Blueprint("handover_help", __name__, url_prefix="/dossier/<uuid:dossier_id>/overdracht")


@handover_help.get("/nieuw")
@permission(Permission.HAND_OVER)
def ask(dossier_id: UUID) -> Response:
    """The form: to whom, why, and what is needed there."""
    return _form_page("handover/propose.html", ProposeForm(formdata=kept_text()))


@handover_help.post("/nieuw")
@permission(Permission.HAND_OVER)
def propose(dossier_id: UUID) -> BaseResponse:
    """Lays it before the inwoner."""
    form = ProposeForm()
    live = plainness.while_writing(form.why)
    if live is not None:
        return live
    if plainness.wanted():
        return _form_page("handover/propose.html", form)
    if not form.validate_on_submit():
        return _form_page("handover/propose.html", form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    try:
        commands.propose(g.db, asked(), g.dossier, number, form.proposed())
    except Refused as refusal:
        if refusal.code != "MB009":
            form.refuse(_(refusal.message), "starts_on" if refusal.code == "MB095" else None)
            return _form_page("handover/propose.html", form, status=422)
    forget()
    return back(number, "voorgelegd")


@handover_help.get("/ontvangen")
@permission(Permission.HAND_OVER)
def ask_received(dossier_id: UUID) -> Response:
    """The form: from whom, and what came along."""
    return _form_page("handover/received.html", ReceiveForm(formdata=kept_text()))


@handover_help.post("/ontvangen")
@permission(Permission.HAND_OVER)
def received(dossier_id: UUID) -> BaseResponse:
    """Received, and confirmed in the own name."""
    form = ReceiveForm()
    live = plainness.while_writing(form.why)
    if live is not None:
        return live
    if plainness.wanted():
        return _form_page("handover/received.html", form)
    if not form.validate_on_submit():
        return _form_page("handover/received.html", form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    try:
        commands.receive(g.db, asked(), g.dossier, number, form.received())
    except Refused as refusal:
        if refusal.code != "MB009":
            form.refuse(_(refusal.message), "starts_on" if refusal.code == "MB095" else None)
            return _form_page("handover/received.html", form, status=422)
    forget()
    return back(number, "ontvangen")


@handover_help.get("/<uuid:handover_id>/antwoord-opschrijven")
@permission(Permission.HAND_OVER)
def ask_answer(dossier_id: UUID, handover_id: UUID) -> Response:
    """The form to write down what the inwoner said."""
    found = unanswered_or_404(handover_id)
    return answer_page(found, begun(AloudForm(formdata=kept_text()), found))


@handover_help.post("/<uuid:handover_id>/antwoord-opschrijven")
@permission(Permission.HAND_OVER)
def answer(dossier_id: UUID, handover_id: UUID) -> BaseResponse:
    """Writes it down, with how it was said."""
    return answered(unanswered_or_404(handover_id), AloudForm())


@handover_help.post("/<uuid:handover_id>/code")
@permission(Permission.HAND_OVER)
def code(dossier_id: UUID, handover_id: UUID) -> BaseResponse:
    """A code for who receives, shown once."""
    found = handover_or_404(handover_id)
    try:
        made = commands.give_code(g.db, asked(), g.dossier, handover_id)
    except Refused:
        return back(handover_id, "dubbel")
    if made is None:
        return back(handover_id, "geen-pakket")
    shows_nothing()
    return pages.render(
        "handover/code.html",
        dossier=g.dossier,
        one=found,
        code=made[0],
        until=made[1],
        address=current_app.extensions["settings"].address_for_residents,
    )


@handover_help.get("/<uuid:handover_id>/bevestigd")
@permission(Permission.HAND_OVER)
def ask_taken(dossier_id: UUID, handover_id: UUID) -> Response:
    """The form to write down what the other party said elsewhere."""
    return _taken_page(handover_or_404(handover_id), TakenForm(formdata=kept_text()))


@handover_help.post("/<uuid:handover_id>/bevestigd")
@permission(Permission.HAND_OVER)
def taken(dossier_id: UUID, handover_id: UUID) -> BaseResponse:
    """Writes it down."""
    found = handover_or_404(handover_id)
    form = TakenForm()
    if not form.validate_on_submit():
        return _taken_page(found, form, status=422)
    try:
        commands.note(g.db, asked(), g.dossier, handover_id, form.taken())
    except Refused as refusal:
        form.refuse(_(refusal.message), "on_day" if refusal.code == "MB095" else None)
        return _taken_page(found, form, status=422)
    forget()
    return back(handover_id, "opgeschreven")


def _form_page(template: str, form: ProposeForm | ReceiveForm, status: int = 200) -> Response:
    form.number.data = form.number.data or str(uuid4())
    shows_nothing()
    overview = url_for("handover.show", dossier_id=g.dossier.public_id)
    return pages.render(template, status=status, dossier=g.dossier, form=form, meters=plainness.measured(form.why), overview=overview)


def _taken_page(found: Handover, form: TakenForm, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.PLAN))
    return pages.render("handover/taken.html", status=status, dossier=g.dossier, one=found, form=form, **words())
