"""Drang and dwang beside the plan, read by the inwoner's side and written down by the team; and copies on paper that were given."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.forms import BaseForm
from portal.plan import commands, pressure
from portal.plan.commands import Flag
from portal.plan.forms import PressureForm
from portal.plan.routes import plan_or_404, reads_plan, words
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

pressed = Blueprint("pressed", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")
flagging = Blueprint("flagging", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")


@pressed.get("/drang-of-dwang")
@permission(Permission.SEE_PRESSURE)
def show(dossier_id: UUID) -> Response:
    """What was written down of it, ever."""
    return _page(PressureForm(formdata=kept_text(), number=str(uuid4())))


@flagging.post("/drang-of-dwang")
@permission(Permission.FLAG_PRESSURE)
def flag(dossier_id: UUID) -> BaseResponse:
    """Writes it down; the inwoner is told that there is something new."""
    form = PressureForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    told = Flag(form.kind.data, (form.ground.data or "").strip(), form.first_day, form.until_day.data)
    commands.flag_pressure(g.db, asked(), g.dossier, number, told)
    forget()
    return _back("bewaard")


@flagging.post("/drang-of-dwang/<uuid:pressure_id>/stoppen")
@permission(Permission.FLAG_PRESSURE)
def end(dossier_id: UUID, pressure_id: UUID) -> BaseResponse:
    """It ends today."""
    try:
        commands.end_pressure(g.db, asked(), g.dossier, pressure_id)
    except Refused:
        abort(404)
    return _back("gestopt")


@flagging.post("/versie/<int:number>/gegeven")
@permission(Permission.RECORD_PLAN)
def given(dossier_id: UUID, number: int) -> BaseResponse:
    """The inwoner got the copy on paper; back to the worklist."""
    one = next((proposal for proposal in plan_or_404().proposals if proposal.version == number), None) or abort(404)
    commands.copy_given(g.db, asked(), g.dossier, one.public_id)
    reads_plan()
    return pages.see_other(url_for("start.show", klaar="stand"))


def _back(done: str) -> BaseResponse:
    return pages.see_other(url_for("pressed.show", dossier_id=g.dossier.public_id, klaar=done))


def _page(form: PressureForm, status: int = 200) -> Response:
    found = pressure.pressures(g.db, g.dossier.id)
    reads_plan()
    return pages.render(
        "plan/pressure.html",
        status=status,
        dossier=g.dossier,
        found=found,
        form=form,
        ending=BaseForm(),
        done=request.args.get("klaar", ""),
        **words(),
    )
