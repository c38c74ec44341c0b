"""The answer of the team: what stays, why, the whole answer once more, and then it goes."""

from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages, plainness
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.destruction import commands, queries
from portal.destruction.forms import GroundForm, KeepForm, PlanForm, ground_forms
from portal.dossier.models import KIND_NAMES
from portal.forms import TextAreaField
from portal.i18n import _
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

destroying = Blueprint("destroying", __name__, url_prefix="/dossier/<uuid:dossier_id>/wissen/<uuid:destruction_id>")

destroying_plan = Blueprint("destroying_plan", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan-wissen/<uuid:destruction_id>")


@destroying.get("")
@permission(Permission.ANSWER)
def show(dossier_id: UUID, destruction_id: UUID) -> Response:
    """What was asked, to tick what stays."""
    found = _question_or_404(destruction_id)
    return _keep_page(found, _keep_form(found, sent=False))


@destroying.post("/redenen")
@permission(Permission.ANSWER)
def grounds(dossier_id: UUID, destruction_id: UUID) -> Response:
    """Asks why each of these stays; when nothing stays, shows the whole answer."""
    found = _question_or_404(destruction_id)
    form = _keep_form(found, sent=True)
    if not form.validate_on_submit():
        return _keep_page(found, form, status=422)
    kept = _kept(found, form)
    return _grounds_page(found, ground_forms(kept, sent=False)) if kept else _answer_page(found, {})


@destroying.post("/nakijken")
@permission(Permission.ANSWER)
def check(dossier_id: UUID, destruction_id: UUID) -> Response:
    """Shows the whole answer as the inwoner will read it, or only measures the language of the reasons. Nothing is sent yet."""
    found = _question_or_404(destruction_id)
    kept = ground_forms(_kept(found, _keep_form(found, sent=True)), sent=True)
    live = plainness.while_writing(*_reasons(kept)) if kept else None
    if live is not None:
        return live
    if plainness.wanted() and kept:
        return _grounds_page(found, kept)
    good = [form.validate_on_submit() for form in kept.values()]
    return _answer_page(found, kept) if all(good) else _grounds_page(found, kept, status=422)


@destroying.post("/versturen")
@permission(Permission.ANSWER)
def send(dossier_id: UUID, destruction_id: UUID) -> BaseResponse:
    """Destroys what goes, and tells the inwoner."""
    found = _question_or_404(destruction_id)
    kept = ground_forms(_kept(found, _keep_form(found, sent=True)), sent=True)
    good = [form.validate_on_submit() for form in kept.values()]
    if not all(good):
        return _grounds_page(found, kept, status=422)
    gone = [one for one in map(pages.as_uuid, request.form.getlist("weg")) if one is not None]
    stays = [commands.Kept(entry, form.ground.data, form.reason.data or "") for entry, form in kept.items()]
    try:
        commands.answer(g.db, asked(), destruction_id, gone=gone, kept=stays)
    except Refused as refusal:
        form = _keep_form(found, sent=True)
        form.refuse(_(refusal.message))
        return _keep_page(found, form, status=422)
    forget()
    return pages.see_other(url_for("answering.overview", klaar="antwoord"))


@destroying_plan.get("")
@permission(Permission.ANSWER)
def show_plan(dossier_id: UUID, destruction_id: UUID) -> Response:
    """That the plan is to go, with the question."""
    return _plan_page(_plan_or_404(destruction_id), PlanForm(formdata=kept_text()))


@destroying_plan.post("")
@permission(Permission.ANSWER)
def answer_plan(dossier_id: UUID, destruction_id: UUID) -> BaseResponse:
    """Destroys it, or keeps it with the reason; the inwoner is told."""
    found = _plan_or_404(destruction_id)
    form = PlanForm()
    live = plainness.while_writing(form.reason)
    if live is not None:
        return live
    if plainness.wanted():
        return _plan_page(found, form)
    if not form.validate_on_submit():
        return _plan_page(found, form, status=422)
    ground = form.outcome.data if form.outcome.data in queries.GROUNDS else None
    shows_nothing()
    try:
        commands.answer_plan(g.db, asked(), destruction_id, ground, (form.reason.data or "").strip())
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _plan_page(found, form, status=422)
    forget()
    return pages.see_other(url_for("answering.overview", klaar="antwoord"))


def _plan_or_404(destruction_id: UUID) -> queries.PlanWaiting:
    here = (one for one in queries.plans_waiting(g.db) if one.dossier_id == g.dossier.public_id)
    return next((one for one in here if one.public_id == destruction_id), None) or abort(404)


def _plan_page(found: queries.PlanWaiting, form: PlanForm, status: int = 200) -> Response:
    shows_nothing()
    meters = plainness.measured(form.reason)
    return pages.render("destruction/plan.html", status=status, dossier=g.dossier, question=found, form=form, meters=meters)


def _keep_form(found: queries.Waiting, *, sent: bool) -> KeepForm:
    form = KeepForm() if sent else KeepForm(formdata=None)
    form.keep.offer([(str(one.entry_id), "") for one in found.question.items])
    return form


def _kept(found: queries.Waiting, form: KeepForm) -> list[UUID]:
    ticked = set(form.keep.data or [])
    return [one.entry_id for one in found.question.items if str(one.entry_id) in ticked]


def _keep_page(found: queries.Waiting, form: KeepForm, status: int = 200) -> Response:
    return _page("destruction/keep.html", found, status, form=form)


def _grounds_page(found: queries.Waiting, kept: dict[UUID, GroundForm], status: int = 200) -> Response:
    return _page("destruction/grounds.html", found, status, kept=kept, meters=plainness.measured(*_reasons(kept)))


def _reasons(kept: dict[UUID, GroundForm]) -> list[TextAreaField]:
    return [form.reason for form in kept.values()]


def _answer_page(found: queries.Waiting, kept: dict[UUID, GroundForm]) -> Response:
    return _page("destruction/answer.html", found, 200, kept=kept, grounds=queries.GROUNDS)


def _page(template: str, found: queries.Waiting, status: int, **words: object) -> Response:
    named = queries.titles(g.db, [one.entry_id for one in found.question.items])
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(number for number, _title in named.values())))
    return pages.render(
        template,
        status=status,
        dossier=g.dossier,
        question=found.question,
        titles={entry: title for entry, (_number, title) in named.items()},
        kinds=KIND_NAMES,
        **words,
    )


def _question_or_404(destruction_id: UUID) -> queries.Waiting:
    return next((one for one in queries.waiting(g.db) if one.question.public_id == destruction_id), None) or abort(404)
