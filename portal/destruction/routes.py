"""Notities laten wissen: choose, look once more, ask; see how far it is, take it back, read the answer."""

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import deadlines, pages
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.city import WATCHDOG
from portal.destruction import commands, queries
from portal.dossier.models import KIND_NAMES
from portal.policy import Permission, asked, permission
from portal.refusals import Refused

destruction = Blueprint("destruction", __name__, url_prefix="/dossier/<uuid:dossier_id>/wissen")


@destruction.get("")
@permission(Permission.ASK_DESTRUCTION)
def overview(dossier_id: UUID) -> Response:
    """What one can ask, and what one asked."""
    shows_nothing()
    return pages.render(
        "destruction/overview.html",
        dossier=g.dossier,
        questions=queries.own_questions(g.db, g.dossier.id),
        **_plan(),
        done=request.args.get("klaar", ""),
    )


@destruction.get("/kiezen")
@permission(Permission.ASK_DESTRUCTION)
def choose(dossier_id: UUID) -> Response:
    """The entries to choose from, of one year (``jaar``), else of the newest."""
    return _choose_page()


@destruction.get("/alles")
@permission(Permission.ASK_DESTRUCTION)
def everything(dossier_id: UUID) -> Response:
    """Look once more before asking for everything."""
    shows_nothing()
    return pages.render("destruction/sure.html", dossier=g.dossier, chosen=[], whole=True, number=uuid4(), **_plan())


@destruction.post("/nakijken")
@permission(Permission.ASK_DESTRUCTION)
def check(dossier_id: UUID) -> Response:
    """Look once more before asking for what was chosen. Nothing is asked yet."""
    wanted = {pages.as_uuid(one) for one in request.form.getlist("notitie")}
    chosen = [one for some in queries.choices(g.db, g.dossier.id).values() for one in some if one.public_id in wanted]
    if not chosen:
        return _choose_page(nothing=True, status=422)
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(one.id for one in chosen)))
    return pages.render("destruction/sure.html", dossier=g.dossier, chosen=chosen, whole=False, number=uuid4(), has_plan=False)


@destruction.post("")
@permission(Permission.ASK_DESTRUCTION)
def ask(dossier_id: UUID) -> BaseResponse:
    """Asks it."""
    number = pages.as_uuid(request.form.get("number", "")) or uuid4()
    if "alles" in request.form:
        # Refused when there is no plan.
        with suppress(Refused):
            commands.ask_for_plan(g.db, asked(), g.dossier, number)
    wanted = [one for one in map(pages.as_uuid, request.form.getlist("notitie")) if one is not None]
    try:
        commands.ask(g.db, asked(), g.dossier, number=number, entries=wanted, whole="alles" in request.form)
    except Refused:
        where = "overview" if "alles" in request.form else "choose"
        return pages.see_other(url_for(f"destruction.{where}", dossier_id=dossier_id))
    return pages.see_other(url_for("destruction.show", dossier_id=dossier_id, destruction_id=number, klaar="gevraagd"))


@destruction.get("/plan")
@permission(Permission.ASK_DESTRUCTION)
def plan(dossier_id: UUID) -> Response:
    """Look once more before asking for the plan."""
    shows_nothing()
    return pages.render("destruction/sure_of_plan.html", dossier=g.dossier, number=uuid4())


@destruction.post("/plan")
@permission(Permission.ASK_DESTRUCTION)
def ask_for_plan(dossier_id: UUID) -> BaseResponse:
    """Asks it."""
    done = "plan"
    try:
        commands.ask_for_plan(g.db, asked(), g.dossier, pages.as_uuid(request.form.get("number", "")) or uuid4())
    except Refused:
        done = "geen-plan"
    return pages.see_other(url_for("destruction.overview", dossier_id=dossier_id, klaar=done))


@destruction.post("/plan/<uuid:destruction_id>/terug")
@permission(Permission.ASK_DESTRUCTION)
def take_back_plan(dossier_id: UUID, destruction_id: UUID) -> BaseResponse:
    """Takes it back when nobody decided."""
    if not any(one.public_id == destruction_id for one in queries.plan_questions(g.db, g.dossier.id)):
        abort(404)
    # Refused when somebody answered just now; the page says what.
    with suppress(Refused):
        commands.take_back_plan(g.db, asked(), destruction_id)
    return pages.see_other(url_for("destruction.overview", dossier_id=dossier_id))


@destruction.get("/<uuid:destruction_id>")
@permission(Permission.ASK_DESTRUCTION)
def show(dossier_id: UUID, destruction_id: UUID) -> Response:
    """One question: until when the answer comes, the answer, and what one can do then."""
    found = _question_or_404(destruction_id)
    named = queries.titles(g.db, [one.entry_id for one in found.items])
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(number for number, _title in named.values())))
    return pages.render(
        "destruction/question.html",
        dossier=g.dossier,
        question=found,
        titles={entry: title for entry, (_number, title) in named.items()},
        kinds=KIND_NAMES,
        grounds=queries.GROUNDS,
        watchdog=WATCHDOG,
        objection_until=deadlines.due(deadlines.OBJECTION, found.answered_at) if found.answered_at else None,
        done=request.args.get("klaar", ""),
    )


@destruction.post("/<uuid:destruction_id>/terug")
@permission(Permission.ASK_DESTRUCTION)
def take_back(dossier_id: UUID, destruction_id: UUID) -> BaseResponse:
    """Takes it back as far as nobody decided."""
    _question_or_404(destruction_id)
    # Refused when somebody answered just now; the page says what.
    with suppress(Refused):
        commands.take_back(g.db, asked(), destruction_id)
    return pages.see_other(url_for("destruction.show", dossier_id=dossier_id, destruction_id=destruction_id))


def _plan() -> dict[str, Any]:
    plans = queries.plan_questions(g.db, g.dossier.id)
    stays = plans[0].decided_at if plans and plans[0].outcome in queries.GROUNDS else None
    return {
        "plans": plans,
        "watchdog": WATCHDOG,
        "objection_until": deadlines.due(deadlines.OBJECTION, stays) if stays else None,
        "has_plan": queries.has_plan(g.db, g.dossier.id),
        "grounds": queries.GROUNDS,
    }


def _choose_page(*, nothing: bool = False, status: int = 200) -> Response:
    by_year = queries.choices(g.db, g.dossier.id)
    asked_year = request.values.get("jaar", "")
    year = next((one for one in by_year if str(one) == asked_year), next(iter(by_year), None))
    offered = by_year.get(year, []) if year is not None else []
    waits = {item.entry_id for one in queries.own_questions(g.db, g.dossier.id) for item in one.waiting}
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(one.id for one in offered)))
    return pages.render(
        "destruction/choose.html",
        status=status,
        dossier=g.dossier,
        years=list(by_year),
        year=year,
        offered=offered,
        waits=waits,
        nothing=nothing,
    )


def _question_or_404(destruction_id: UUID) -> queries.Question:
    return next((one for one in queries.own_questions(g.db, g.dossier.id) if one.public_id == destruction_id), None) or abort(404)
