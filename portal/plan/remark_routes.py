"""Remarks beside a part of the plan: reading and answering them on both faces, making and withdrawing them on the residents' face."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.i18n import _
from portal.plan import commands
from portal.plan.forms import AnswerForm, RemarkForm
from portal.plan.models import Part, PartKind
from portal.plan.remarks import remarks_of
from portal.plan.routes import plan_or_404, reads_plan, words
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

remarks = Blueprint("remarks", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")
own_remarks = Blueprint("own_remarks", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")


@remarks.get("/opmerkingen/<uuid:part_id>")
@permission(Permission.READ_PLAN)
def show(dossier_id: UUID, part_id: UUID) -> Response:
    """The remarks beside a part, and for who is invited to think along a form to make one."""
    return _page(_part_or_404(part_id), RemarkForm(formdata=kept_text(), number=str(uuid4())))


@own_remarks.post("/opmerkingen/<uuid:part_id>")
@permission(Permission.REMARK_PLAN)
def write(dossier_id: UUID, part_id: UUID) -> BaseResponse:
    """Makes one."""
    part = _part_or_404(part_id)
    form = RemarkForm()
    if not form.validate_on_submit():
        return _page(part, form, status=422)
    try:
        commands.remark(g.db, asked(), g.dossier, part_id, pages.as_uuid(form.number.data or "") or uuid4(), (form.body.data or "").strip())
    except Refused:
        abort(404)
    forget()
    return _back(part_id, "gezegd")


@own_remarks.post("/opmerking/<uuid:remark_id>/intrekken")
@permission(Permission.READ_PLAN)
def withdraw(dossier_id: UUID, remark_id: UUID) -> BaseResponse:
    """The author takes it back."""
    try:
        commands.withdraw_remark(g.db, asked(), g.dossier, remark_id)
    except Refused:
        abort(404)
    return _back(pages.as_uuid(request.form.get("deel", "")), "ingetrokken")


@remarks.post("/opmerking/<uuid:remark_id>/gelezen")
@permission(Permission.ANSWER_REMARK)
def see(dossier_id: UUID, remark_id: UUID) -> BaseResponse:
    """Somebody of the inwoner's side or the team read it, with an answer or without."""
    form = AnswerForm(prefix=_mark(remark_id))
    part_id = pages.as_uuid(request.form.get("deel", ""))
    part = _part_or_404(part_id) if part_id else None
    if part is not None and not form.validate_on_submit():
        return _page(part, None, answering={remark_id: form}, status=422)
    try:
        commands.see_remark(g.db, asked(), g.dossier, remark_id, (form.answer.data or "").strip())
    except Refused as refusal:
        if part is None or refusal.code == "MB001":
            abort(404)
        form.refuse(_(refusal.message))
        return _page(part, None, answering={remark_id: form}, status=422)
    forget()
    return _back(part_id, "gelezen")


def _mark(remark_id: UUID) -> str:
    """What makes the names of a form the only ones on the page."""
    return f"o{remark_id.hex}"


def _part_or_404(part_id: UUID) -> Part:
    found = plan_or_404().part(part_id)
    return found if found is not None and found.kind is not PartKind.ACTIE else abort(404)


def _back(part_id: UUID | None, done: str) -> BaseResponse:
    if part_id is None:
        return pages.see_other(url_for("plan.show", dossier_id=g.dossier.public_id))
    return pages.see_other(url_for("remarks.show", dossier_id=g.dossier.public_id, part_id=part_id, klaar=done))


def _page(part: Part, form: RemarkForm | None, *, answering: dict[UUID, AnswerForm] | None = None, status: int = 200) -> Response:
    found = remarks_of(g.db, part.id)
    forms = {one.public_id: AnswerForm(formdata=None, prefix=_mark(one.public_id)) for one in found if one.seen_at is None} | (
        answering or {}
    )
    reads_plan()
    return pages.render(
        "plan/remarks.html",
        status=status,
        dossier=g.dossier,
        part=part,
        remarks=found,
        form=form,
        forms=forms,
        wrong=next(iter((answering or {}).values()), form),
        done=request.args.get("klaar", ""),
        **words(),
    )
