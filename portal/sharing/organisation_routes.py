"""Letting an organisation read that the city agreed with, changing that and stopping it: as for a person, without a code."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.dossier import models
from portal.i18n import _
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.sharing import commands, queries
from portal.sharing.forms import Question, SectionsForm, TellForm, UntilForm
from portal.sharing.queries import Organisation
from portal.sharing.steps import ACT, UNTIL, WANTED, WHAT, Answers
from portal.typed_text import forget

organisations = Blueprint("consent", __name__, url_prefix="/dossier/<uuid:dossier_id>/wie-mag-wat-zien/organisatie/<uuid:program_id>")


@organisations.get("")
@permission(Permission.SHARE)
def show(dossier_id: UUID, program_id: UUID) -> Response:
    """What one organisation reads, what for, and what the inwoner can do about it."""
    return _page("sharing/organisation.html", organisation=_organisation_or_404(program_id), done=request.args.get("klaar", ""))


@organisations.route("/toestemming", methods=["GET", "POST"])
@permission(Permission.SHARE)
def give(dossier_id: UUID, program_id: UUID) -> ResponseReturnValue:
    """Consents, or changes a consent: which parts, until when, a look at it, and only then the act."""
    organisation, answers = _organisation_or_404(program_id), Answers.of_request()
    if not organisation.offered:
        abort(404)
    what, until = SectionsForm(answers.given), UntilForm(answers.given)
    what.offer(organisation.offered)
    if answers.given is None:
        what.sections.data = organisation.sections
    until.offer(queries.today(), organisation.first_end)
    steps: dict[str, Question] = {WHAT: what, UNTIL: until}
    shown = answers.step(steps)
    if shown is not None:
        form = steps[shown]
        return _page(
            "sharing/organisation_question.html", status=422 if form.errors else 200, organisation=organisation, step=shown, form=form,
            **answers.ways(shown, steps),
        )  # fmt: skip
    form = TellForm(answers.given)
    sections = tuple(what.sections.data or ())
    if answers.acts:
        try:
            commands.consent(g.db, asked(), dossier_id, program_id, sections, until.last_day, tell=bool(form.tell.data))
        except Refused as refused:
            form.refuse(_(refused.message))
        else:
            forget()
            return pages.see_other(url_for("consent.show", dossier_id=dossier_id, program_id=program_id, klaar="gegeven"))
    return _page(
        "sharing/organisation_review.html", status=422 if form.errors else 200, organisation=organisation, form=form, sections=sections,
        count=queries.how_many(g.db, g.dossier.id, False, sections, ()), until=until.last_day, back=UNTIL, act=ACT,
        carried=answers.carried(steps.values()),
    )  # fmt: skip


@organisations.route("/stoppen", methods=["GET", "POST"])
@permission(Permission.SHARE)
def stop(dossier_id: UUID, program_id: UUID) -> ResponseReturnValue:
    """Asks once more, and stops it: from its next question on the organisation finds what it finds of a dossier that isn't there."""
    form = TellForm()
    if request.method == "POST":
        try:
            commands.withdraw_consent(g.db, asked(), dossier_id, program_id, tell=bool(form.tell.data))
        except Refused:
            abort(404)
        return _done("organisatie-gestopt")
    organisation = _organisation_or_404(program_id)
    if not organisation.parts:
        abort(404)
    return _page("sharing/organisation_stop.html", organisation=organisation, form=form)


@organisations.post("/klopt")
@permission(Permission.SHARE)
def confirm(dossier_id: UUID, program_id: UUID) -> BaseResponse:
    """Yes, it still holds."""
    try:
        commands.confirm_consent(g.db, asked(), dossier_id, program_id)
    except Refused:
        abort(404)
    return _done("klopt")


def _organisation_or_404(program_id: UUID) -> Organisation:
    now = queries.today()
    sharing = queries.who_may_see(g.db, g.dossier.public_id, now)
    found = queries.organisations(g.db, g.dossier.public_id, sharing, now)
    return next((one for one in found if one.number == program_id), None) or abort(404)


def _page(template: str, *, status: int = 200, **context: Any) -> Response:
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    return pages.render(
        template,
        status=status,
        dossier=g.dossier,
        names=models,
        today=queries.today(),
        wanted=WANTED,
        translated=models.section_names,
        **context,
    )


def _done(what: str) -> BaseResponse:
    return pages.see_other(url_for("sharing.overview", dossier_id=g.dossier.public_id, klaar=what))
