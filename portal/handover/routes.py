"""Handovers as both sides read them, and what both sides' answer is made of."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.dossier.models import titled
from portal.handover import commands, models, queries
from portal.handover.forms import AnswerForm
from portal.handover.packing import NOTHING, pack
from portal.handover.queries import Goes, Handover
from portal.i18n import _, current, format_date
from portal.plan.models import Plan
from portal.plan.queries import the_plan
from portal.policy import Permission, Relation, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget

handover = Blueprint("handover", __name__, url_prefix="/dossier/<uuid:dossier_id>/overdracht")


@handover.get("")
@permission(Permission.SEE_HANDOVER)
def show(dossier_id: UUID) -> Response:
    """Every handover, the newest first."""
    found = queries.handovers(g.db, g.dossier.id)
    will_show(ReadLine(g.dossier.id, What.PLAN))
    return pages.render("handover/handovers.html", dossier=g.dossier, found=found, done=request.args.get("klaar", ""), **words())


@handover.get("/<uuid:handover_id>")
@permission(Permission.SEE_HANDOVER)
def look(dossier_id: UUID, handover_id: UUID) -> Response:
    """One handover, and what goes along."""
    found = handover_or_404(handover_id)
    went = queries.went(g.db, found.id)
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(one.id for one in went)))
    return pages.render("handover/handover.html", dossier=g.dossier, one=found, went=went, done=request.args.get("klaar", ""), **words())


@handover.post("/<uuid:handover_id>/terugnemen")
@permission(Permission.WITHDRAW_HANDOVER)
def withdraw(dossier_id: UUID, handover_id: UUID) -> BaseResponse:
    """Takes it back."""
    try:
        commands.withdraw(g.db, asked(), g.dossier, handover_or_404(handover_id).public_id)
    except Refused:
        return back(handover_id, "dubbel")
    return back(handover_id, "teruggenomen")


def words() -> dict[str, Any]:
    """What these pages say things with."""
    own = g.get("relation") in (Relation.INWONER, Relation.VERTEGENWOORDIGER)
    return {
        "names": models,
        "Standing": models.Standing,
        "standings": models.OWN_STANDING_NAMES if own else models.STANDING_NAMES,
        "own": own,
    }


def handover_or_404(handover_id: UUID) -> Handover:
    """The handover of this dossier with this id."""
    return next((one for one in queries.handovers(g.db, g.dossier.id) if one.public_id == handover_id), None) or abort(404)


def unanswered_or_404(handover_id: UUID) -> Handover:
    """The same, when it waits for the inwoner."""
    found = handover_or_404(handover_id)
    return found if found.standing is models.Standing.PROPOSED else abort(404)


def back(handover_id: UUID, done: str) -> BaseResponse:
    """To the page of this handover."""
    return pages.see_other(url_for("handover.look", dossier_id=g.dossier.public_id, handover_id=handover_id, klaar=done))


def begun(form: AnswerForm, found: Handover) -> AnswerForm:
    """The form as the professional proposed it, unless something was filled in already."""
    if not form.shown.data and not form.is_submitted():
        form.sections.data = list(found.sections)
        form.from_day.data = found.from_day
        if "with_plan" in form:
            form.with_plan.data = found.with_plan
    return form


def offered(form: AnswerForm) -> tuple[list[Goes], Plan | None]:
    """Puts in the form what can go along of the chosen sections: ticked, but for what was unticked.

    Gives that, and the plan that can go.
    """
    found = queries.can_go(g.db, g.dossier.id, [int(one) for one in form.sections.data or []], form.from_day.data)
    before = set((form.shown.data or "").split())
    ticked = set(form.entries.data or [])
    form.entries.offer((str(one.public_id), _entry(one)) for one in found)
    form.entries.data = [str(one.public_id) for one in found if str(one.public_id) in ticked or str(one.public_id) not in before]
    plan = the_plan(g.db, g.dossier.id)
    if plan.agreed is None:
        if "with_plan" in form:
            del form.with_plan
        return found, None
    return found, plan


def _entry(one: Goes) -> str:
    # Isolated: a title may run from right to left beside a date that doesn't.
    return f"{format_date(one.occurred_at, current().language.code)}: \u2068{titled(one.title)}\u2069"


def answer_page(found: Handover, form: AnswerForm, status: int = 200) -> Response:
    """What goes along, and the question whether that is good."""
    goes, plan = offered(form)
    form.shown.data = " ".join(str(one.public_id) for one in goes)
    form.seen.data = datetime.now(UTC).isoformat()
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(one.id for one in goes)))
    return pages.render(
        "handover/answer.html",
        status=status,
        dossier=g.dossier,
        one=found,
        form=form,
        goes=goes[: models.MOST_ENTRIES],
        too_many=len(goes) > models.MOST_ENTRIES,
        plan=plan,
        **words(),
    )


def answered(found: Handover, form: AnswerForm) -> BaseResponse:
    """Keeps the answer; with a yes it packs what goes along."""
    ticked = list(form.entries.data or [])
    goes, plan = offered(form)
    if "toon" in request.form:
        return answer_page(found, form)
    form.entries.data = [str(one.public_id) for one in goes if str(one.public_id) in ticked]
    if not form.validate():
        return answer_page(found, form, status=422)
    if form.choice.data == 1 and len(form.entries.data) > models.MOST_ENTRIES:
        form.refuse(_("Dit zijn te veel notities. Kies er minder."), "entries")
        return answer_page(found, form, status=422)
    said = form.said(plan.agreed.version if plan and plan.agreed else None)
    chosen = [UUID(one) for one in form.entries.data] if said.choice == 1 else []
    try:
        settings = current_app.extensions["settings"]
        packed = pack(g.db, settings, g.dossier, chosen, plan if said.plan_version else None) if said.choice == 1 else NOTHING
        commands.answer(g.db, asked(), g.dossier, found.public_id, said, chosen, packed)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return answer_page(found, form, status=422)
    forget()
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(one.id for one in goes if one.public_id in chosen)))
    return back(found.public_id, "ja" if said.choice == 1 else "nee")
