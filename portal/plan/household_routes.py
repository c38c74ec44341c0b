"""The household plan, for the inwoner alone: who is in it, coming in, what one shows, and leaving."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.dossier.commands import Superseded
from portal.i18n import _
from portal.plan import household
from portal.plan.forms import HouseholdCodeForm
from portal.plan.queries import the_plan
from portal.plan.routes import reads_plan, words
from portal.policy import Permission, asked, permission
from portal.refusals import Refused

household_plan = Blueprint("household_plan", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan/samen")


@household_plan.get("")
@permission(Permission.JOIN_PLAN)
def show(dossier_id: UUID) -> Response:
    """Who is in it, what the others show, and what one shows oneself; or how to begin."""
    return _page(HouseholdCodeForm())


@household_plan.post("/code")
@permission(Permission.JOIN_PLAN)
def make_code(dossier_id: UUID) -> Response:
    """A code to hand over, shown once."""
    code = household.make_code(g.db, asked(), dossier_id)
    reads_plan()
    return pages.render("plan/household_code.html", dossier=g.dossier, code=code)


@household_plan.post("/meedoen")
@permission(Permission.JOIN_PLAN)
def join(dossier_id: UUID) -> ResponseReturnValue:
    """Who typed a code first sees who asks and what it means, and then says yes."""
    form = HouseholdCodeForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    code = form.code.data or ""
    try:
        if request.form.get("act") == "ja":
            name = None
            if household.join(g.db, asked(), dossier_id, code, with_goals=bool(form.with_goals.data)):
                return _to("samen")
        else:
            name = household.who_asks(g.db, asked(), dossier_id, code)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _page(form, status=422)
    if name is None:
        form.refuse(_("Deze code werkt niet. Kijk of u hem goed overnam."))
        return _page(form, status=422)
    form.with_goals.data = True
    reads_plan()
    return pages.render("plan/household_join.html", dossier=g.dossier, name=name, form=form)


@household_plan.post("/stoppen")
@permission(Permission.JOIN_PLAN)
def leave(dossier_id: UUID) -> BaseResponse:
    """Stops, at once and without a reason."""
    household.leave(g.db, asked(), dossier_id)
    return _to("gestopt")


@household_plan.post("/doel")
@permission(Permission.SHARE_PLAN)
def make_joint(dossier_id: UUID) -> BaseResponse:
    """An own goal becomes one of all."""
    return _act(lambda part, seen: household.make_joint(g.db, asked(), part, seen), "doel")


@household_plan.post("/tonen")
@permission(Permission.SHARE_PLAN)
def show_part(dossier_id: UUID) -> BaseResponse:
    """Shows the others what one own part says."""
    return _act(lambda part, seen: household.show(g.db, asked(), part, seen), "getoond")


@household_plan.post("/verbergen")
@permission(Permission.SHARE_PLAN)
def hide_part(dossier_id: UUID) -> BaseResponse:
    """And no longer."""
    return _act(lambda part, _seen: household.hide(g.db, asked(), part), "verborgen")


def _act(do: Callable[[UUID, int], None], done: str) -> BaseResponse:
    part = pages.as_uuid(request.form.get("deel", "")) or abort(404)
    seen = request.form.get("gezien", "")
    try:
        do(part, int(seen) if seen.isdecimal() and len(seen) < 5 else 0)
    except Superseded:
        return _to("veranderd")
    except Refused:
        abort(404)
    return _to(done)


def _to(done: str) -> BaseResponse:
    return pages.see_other(url_for("household_plan.show", dossier_id=g.dossier.public_id, klaar=done))


def _page(form: HouseholdCodeForm, status: int = 200) -> Response:
    found = household.household(g.db, g.dossier.id)
    plan = the_plan(g.db, g.dossier.id, with_proposals=False)
    reads_plan()
    return pages.render(
        "plan/household.html",
        status=status,
        dossier=g.dossier,
        household=found,
        plan=plan,
        mine=household.may_show(plan),
        theirs=household.read_others(g.db, asked(), g.dossier.public_id) if found.others else [],
        code_until=household.code_until(g.db, g.dossier.public_id),
        form=form,
        done=request.args.get("klaar", ""),
        **words(),
    )
