"""Laying the plan before the inwoner, the inwoner's own act, and what was agreed before."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.forms import BaseForm
from portal.i18n import _
from portal.plan import commands, pdfs, queries
from portal.plan.asks import asks_of
from portal.plan.commands import Decision
from portal.plan.forms import DecideForm, RecordForm
from portal.plan.models import Choice, Plan, Proposal
from portal.plan.routes import plan_or_404, reads_plan, words
from portal.policy import Permission, Relation, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

agreement = Blueprint("agreement", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")
own_plan = Blueprint("own_plan", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")
recording = Blueprint("recording", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")


@agreement.get("/voorleggen")
@permission(Permission.PROPOSE_PLAN)
def ask(dossier_id: UUID) -> Response:
    """What will be laid before the inwoner, and what one could still think of."""
    return _propose_page(BaseForm())


@agreement.post("/voorleggen")
@permission(Permission.PROPOSE_PLAN)
def propose(dossier_id: UUID) -> BaseResponse:
    """Lays it before the inwoner; the inwoner goes on to say yes or no."""
    form = BaseForm()
    number = uuid4()
    try:
        commands.propose(g.db, asked(), g.dossier, number)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _propose_page(form, status=422)
    if g.relation in (Relation.INWONER, Relation.VERTEGENWOORDIGER):
        return pages.see_other(url_for("own_plan.look", dossier_id=dossier_id, proposal_id=number))
    return pages.see_other(url_for("plan.show", dossier_id=dossier_id, klaar="voorgelegd"))


@own_plan.get("/akkoord/<uuid:proposal_id>")
@permission(Permission.AGREE_PLAN)
def look(dossier_id: UUID, proposal_id: UUID) -> Response:
    """Old beside new, and the question whether the inwoner agrees."""
    found = _waiting_or_404(proposal_id)
    return _decide_page("plan/agree.html", found, DecideForm(formdata=kept_text()))


@own_plan.post("/akkoord/<uuid:proposal_id>")
@permission(Permission.AGREE_PLAN)
def decide(dossier_id: UUID, proposal_id: UUID) -> BaseResponse:
    """The inwoner's own act: only now the plan counts."""
    found = _waiting_or_404(proposal_id)
    form = DecideForm()
    if not form.validate_on_submit():
        return _decide_page("plan/agree.html", found, form, status=422)
    return _settle("plan/agree.html", found, form, _decision(form))


@own_plan.post("/volgorde")
@permission(Permission.ORDER_PLAN)
def order(dossier_id: UUID) -> BaseResponse:
    """Moves a goal one place up."""
    ids = [goal.part.public_id for goal in plan_or_404().goals]
    sent = pages.as_uuid(request.form.get("omhoog", "")) or abort(404)
    if sent not in ids:
        abort(404)
    place = ids.index(sent)
    if place:
        ids[place - 1], ids[place] = ids[place], ids[place - 1]
    commands.order(g.db, asked(), g.dossier, ids)
    return pages.see_other(url_for("plan.show", dossier_id=dossier_id, klaar="volgorde", _anchor=f"doel-{sent}"))


@recording.get("/akkoord-opschrijven/<uuid:proposal_id>")
@permission(Permission.RECORD_PLAN)
def ask_record(dossier_id: UUID, proposal_id: UUID) -> Response:
    """The same, to write down what the inwoner said on paper or aloud."""
    return _decide_page("plan/record.html", _waiting_or_404(proposal_id), RecordForm(formdata=kept_text()))


@recording.post("/akkoord-opschrijven/<uuid:proposal_id>")
@permission(Permission.RECORD_PLAN)
def record(dossier_id: UUID, proposal_id: UUID) -> BaseResponse:
    """Writes it down, with the proof."""
    found = _waiting_or_404(proposal_id)
    form = RecordForm()
    if not form.validate_on_submit():
        return _decide_page("plan/record.html", found, form, status=422)
    return _settle("plan/record.html", found, form, _decision(form, form.way.data, form.proof.data or "", form))


@agreement.get("/versies")
@permission(Permission.READ_PLAN)
def versions(dossier_id: UUID) -> Response:
    """Every version that was agreed with; for the inwoner's side and the team also what was not."""
    found = plan_or_404()
    reads_plan()
    return pages.render("plan/versions.html", dossier=g.dossier, plan=found, **words())


@agreement.get("/versie/<int:number>")
@permission(Permission.READ_PLAN)
def version(dossier_id: UUID, number: int) -> Response:
    """One version as it was agreed with, on a page that can be printed."""
    found = plan_or_404()
    one = next((proposal for proposal in found.proposals if proposal.version == number), None) or abort(404)
    frozen = queries.frozen(g.db, one.id)
    reads_plan()
    return pages.render(
        "plan/version.html",
        dossier=g.dossier,
        proposal=one,
        frozen=frozen,
        actions=queries.by_goal(frozen),
        done=request.args.get("klaar", ""),
        **words(),
    )


@agreement.get("/versie/<int:number>/pdf")
@permission(Permission.READ_PLAN)
def version_pdf(dossier_id: UUID, number: int) -> Response:
    """The same as a PDF, tagged. Its name tells nothing of whose it is."""
    one = next((proposal for proposal in plan_or_404().proposals if proposal.version == number), None) or abort(404)
    made = pdfs.make(one, queries.frozen(g.db, one.id), g.dossier.inwoner_name, current_app.extensions["settings"].site_title)
    reads_plan()
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="plan-{number}.pdf"'
    return response


def _decision(form: DecideForm, way: str = "portaal", proof: str = "", recorded: RecordForm | None = None) -> Decision:
    return Decision(
        Choice(form.choice.data),
        (form.words.data or "").strip(),
        form.copy.data,
        form.own.data or None,
        way,
        proof,
        recorded.decided_on.data if recorded else None,
    )


def _settle(template: str, found: Proposal, form: DecideForm, decision: Decision) -> BaseResponse:
    try:
        number = commands.decide(g.db, asked(), g.dossier, found.public_id, decision)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _decide_page(template, found, form, status=422)
    forget()
    if number is None:
        return pages.see_other(url_for("plan.show", dossier_id=g.dossier.public_id, klaar="niet-eens"))
    return pages.see_other(url_for("agreement.version", dossier_id=g.dossier.public_id, number=number, klaar=f"exemplaar-{decision.copy}"))


def _waiting_or_404(proposal_id: UUID) -> Proposal:
    """What lies before the inwoner; what was answered or replaced is shown no more as if it could be agreed with."""
    waiting = plan_or_404().waiting
    return waiting if waiting is not None and waiting.public_id == proposal_id else abort(404)


def _propose_page(form: BaseForm, status: int = 200) -> Response:
    found: Plan = plan_or_404()
    reads_plan()
    return pages.render("plan/propose.html", status=status, dossier=g.dossier, plan=found, asks=asks_of(found), form=form, **words())


def _decide_page(template: str, found: Proposal, form: DecideForm, status: int = 200) -> Response:
    agreed = plan_or_404().agreed
    now = queries.frozen(g.db, found.id)
    before = queries.frozen(g.db, agreed.id) if agreed else []
    reads_plan()
    return pages.render(
        template,
        status=status,
        dossier=g.dossier,
        proposal=found,
        agreed=agreed,
        changes=queries.changes(before, now),
        frozen=now,
        actions=queries.by_goal(now),
        form=form,
        **words(),
    )
