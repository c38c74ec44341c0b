"""The moment that lies ahead, what was said before, planning, saying how it went, and what comes of it; on both faces."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import deadlines, pages, plainness
from portal.audit import ReadLine, What, will_show
from portal.dossier.commands import Superseded
from portal.evaluation import commands, models, queries
from portal.evaluation.commands import Planned, Said
from portal.evaluation.forms import LookForm, OutcomeForm, PlanForm, look_form
from portal.evaluation.models import Kind, Outcome, Side
from portal.evaluation.queries import Evaluation, Look, Moment
from portal.i18n import _, local
from portal.plan import commands as plan_commands
from portal.plan.models import Goal
from portal.plan.queries import Holder, people, the_goals
from portal.policy import Permission, Relation, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

evaluation = Blueprint("evaluation", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan/terugkijken")
_ASKED = ("content", "words", "anchored", "together", "together_words", "safe", "fits")


@evaluation.get("")
@permission(Permission.READ_EVALUATION)
def show(dossier_id: UUID) -> Response:
    """The moment that lies ahead with what each said so far, and every moment before."""
    found = queries.evaluations(g.db, g.dossier.id)
    goals = the_goals(g.db, g.dossier.id)
    reads_plan()
    return pages.render(
        "evaluation/evaluation.html",
        dossier=g.dossier,
        ahead=ahead_of(found),
        before=[one for one in found if not one.is_ahead],
        goals=goals,
        people=people(g.db, g.dossier.id),
        done=request.args.get("klaar", ""),
        today=local(datetime.now(UTC)).date(),
        **words(),
    )


@evaluation.get("/<uuid:evaluation_id>")
@permission(Permission.READ_EVALUATION)
def one(dossier_id: UUID, evaluation_id: UUID) -> Response:
    """One moment of before, with what each said and what came of it."""
    found = next((one for one in queries.evaluations(g.db, g.dossier.id) if one.public_id == evaluation_id and not one.is_ahead), None)
    if found is None:
        abort(404)
    goals = the_goals(g.db, g.dossier.id)
    reads_plan()
    return pages.render("evaluation/before.html", dossier=g.dossier, found=found, goals=goals, **words())


@evaluation.get("/plannen")
@permission(Permission.PLAN_EVALUATION)
def ask_plan(dossier_id: UUID) -> Response:
    """The form to plan the moment, or to move it; a year on unless somebody chooses (eis 9, R147)."""
    ahead = ahead_of(queries.evaluations(g.db, g.dossier.id))
    form = PlanForm(
        formdata=kept_text(),
        planned_on=ahead.planned_on if ahead else local(deadlines.due(deadlines.LOOK_BACK, datetime.now(UTC))).date(),
        place=ahead.place if ahead else "",
        kind=ahead.kind if ahead else Kind.JAARLIJKS.value,
        about_pgb=ahead.about_pgb if ahead else False,
        others=ahead.others if ahead else "",
    )
    return _plan_page(form)


@evaluation.post("/plannen")
@permission(Permission.PLAN_EVALUATION)
def plan(dossier_id: UUID) -> BaseResponse:
    """Plans it, or moves it."""
    form = PlanForm()
    if not form.validate_on_submit() or form.planned_on.data is None:
        return _plan_page(form, status=422)
    planned = Planned(
        Kind(form.kind.data),
        form.planned_on.data,
        (form.place.data or "").strip(),
        about_pgb=form.about_pgb.data,
        others=(form.others.data or "").strip(),
    )
    try:
        commands.plan(g.db, asked(), g.dossier, uuid4(), planned)
    except Refused as refusal:
        form.refuse(_(refusal.message), "planned_on")
        return _plan_page(form, status=422)
    forget()
    return back("gepland")


@evaluation.get("/invullen")
@permission(Permission.LOOK_BACK)
def ask_look(dossier_id: UUID) -> Response:
    """The questions, with what one answered before."""
    side, ahead, old = _mine()
    return look_page(side, ahead, old, filled(side, old), aloud=False)


@evaluation.post("/invullen")
@permission(Permission.LOOK_BACK)
def look(dossier_id: UUID) -> BaseResponse:
    """Writes what one says of how it went."""
    side, ahead, old = _mine()
    return written(side, ahead, old, aloud=False)


@evaluation.get("/uitkomst")
@permission(Permission.PLAN_EVALUATION)
def ask_outcome(dossier_id: UUID) -> Response:
    """What was said, side by side, and the question what to agree on."""
    return _outcome_page(ahead_or_404(), OutcomeForm(formdata=kept_text()))


@evaluation.post("/uitkomst")
@permission(Permission.PLAN_EVALUATION)
def settle(dossier_id: UUID) -> BaseResponse:
    """What comes of it. Going on as it is lays the plan before the inwoner at once; else it is changed first (eis 9.2)."""
    ahead = ahead_or_404()
    form = OutcomeForm()
    live = plainness.while_writing(form.reason)
    if live is not None:
        return live
    if plainness.wanted():
        return _outcome_page(ahead, form)
    if not form.validate_on_submit():
        return _outcome_page(ahead, form, status=422)
    outcome = Outcome(form.outcome.data)
    try:
        commands.settle(g.db, asked(), g.dossier, ahead.public_id, outcome, (form.reason.data or "").strip())
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _outcome_page(ahead, form, status=422)
    forget()
    if outcome is Outcome.DOORGAAN:
        return _laid_before()
    if outcome is Outcome.AFSLUITEN:
        return back("afsluiten")
    return pages.see_other(url_for("plan.show", dossier_id=dossier_id, klaar="uitkomst"))


def _laid_before() -> BaseResponse:
    """The same plan as a new version, for the inwoner to say yes to; what isn't whole yet is mended on the page of the plan."""
    number = uuid4()
    try:
        plan_commands.propose(g.db, asked(), g.dossier, number)
    except Refused:
        return pages.see_other(url_for("plan.show", dossier_id=g.dossier.public_id, klaar="uitkomst"))
    if g.relation in (Relation.INWONER, Relation.VERTEGENWOORDIGER):
        return pages.see_other(url_for("own_plan.look", dossier_id=g.dossier.public_id, proposal_id=number))
    return pages.see_other(url_for("plan.show", dossier_id=g.dossier.public_id, klaar="voorgelegd"))


def ahead_of(found: list[Evaluation]) -> Evaluation | None:
    """The moment that lies ahead."""
    return next((one for one in found if one.is_ahead), None)


def ahead_or_404() -> Evaluation:
    """The same; "not found" when none is planned."""
    return ahead_of(queries.evaluations(g.db, g.dossier.id)) or abort(404)


def back(done: str) -> BaseResponse:
    """To the page of looking back."""
    return pages.see_other(url_for("evaluation.show", dossier_id=g.dossier.public_id, klaar=done))


def reads_plan() -> None:
    """This answer shows something of the plan."""
    will_show(ReadLine(g.dossier.id, What.PLAN))


def words() -> dict[str, Any]:
    """What these pages say things with."""
    return {"names": models, "me": g.actor.person_id}


def filled(side: Side, old: Look | None, *, aloud: bool = False) -> LookForm:
    """The questions with what was answered before."""
    goals = the_goals(g.db, g.dossier.id)
    numbers = {goal.part.id: goal.part.public_id for goal in goals}
    before = {f"doel_{numbers[part]}": result for part, result in old.goals.items() if part in numbers} if old else {}
    values = (
        {name: getattr(old, name) for name in ("content", "words", "safe", "together", "together_words", "anchored", "fits")} if old else {}
    )
    form: LookForm = _form(goals, side, aloud=aloud)(
        formdata=kept_text(), base=str(old.number if old else 0), way=old.way if old else None, **values, **before
    )
    return form


def look_page(
    side: Side, ahead: Evaluation | Moment, old: Look | None, form: LookForm, *, aloud: bool, superseded: bool = False, status: int = 200
) -> Response:
    """The page with the questions."""
    reads_plan()
    return pages.render(
        "evaluation/look.html",
        status=status,
        dossier=g.dossier,
        side=side,
        ahead=ahead,
        old=old,
        form=form,
        guest=g.relation is Relation.NAASTE,
        aloud=aloud,
        superseded=superseded,
        **words(),
    )


def written(side: Side, ahead: Evaluation | Moment, old: Look | None, *, aloud: bool) -> BaseResponse:
    """Writes the answers. Who wrote in another window too sees the form once more, with these answers."""
    form = _form(the_goals(g.db, g.dossier.id), side, aloud=aloud)()
    if not form.validate_on_submit():
        return look_page(side, ahead, old, form, aloud=aloud, status=422)
    said = Said(**{name: _given(form, name) for name in _ASKED}, way=form.way.data if aloud else "portaal")
    sent = form.base.data or ""
    base = int(sent) if sent.isdecimal() and len(sent) < 5 else 0
    try:
        commands.look_back(g.db, asked(), g.dossier, ahead.public_id, side, base=base, said=said, goals=form.by_goal)
    except Superseded:
        form.base.data = str(old.number if old else 0)
        return look_page(side, ahead, old, form, aloud=aloud, superseded=True, status=422)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return look_page(side, ahead, old, form, aloud=aloud, status=422)
    forget()
    if side is Side.MEEGEVRAAGD:
        return pages.see_other(url_for("start.show", klaar="terugkijken"))
    return back("ingevuld")


def _given(form: LookForm, name: str) -> Any:
    data = form[name].data if name in form else None
    if name in ("words", "anchored", "together_words"):
        return (data or "").strip()
    return data or None


def _form(goals: list[Goal], side: Side, *, aloud: bool) -> type[LookForm]:
    return look_form(goals, side, aloud=aloud, cooperates=side is Side.MEEGEVRAAGD or _helpers(people(g.db, g.dossier.id)) > 1)


def _helpers(some: dict[int, Holder]) -> int:
    return sum(one.relation == "professional" for one in some.values())


def _mine() -> tuple[Side, Evaluation | Moment, Look | None]:
    """From which side the actor looks back, at which moment, and what they said before.

    "Not found" when none lies ahead, or they weren't asked.
    """
    person = g.actor.person_id
    if g.relation is Relation.NAASTE:
        moment = next((one for one in queries.asked_to(g.db) if one.dossier_id == g.dossier.id), None)
        return Side.MEEGEVRAAGD, moment or abort(404), queries.said_along(g.db, g.dossier.id, person)
    side = Side.INWONER if g.relation in (Relation.INWONER, Relation.VERTEGENWOORDIGER) else Side.PROFESSIONAL
    ahead = ahead_or_404()
    return side, ahead, ahead.own(person, side)


def _plan_page(form: PlanForm, status: int = 200) -> Response:
    reads_plan()
    return pages.render("evaluation/plan.html", status=status, dossier=g.dossier, form=form, **words())


def _outcome_page(ahead: Evaluation, form: OutcomeForm, status: int = 200) -> Response:
    goals = the_goals(g.db, g.dossier.id)
    reads_plan()
    return pages.render(
        "evaluation/outcome.html",
        status=status,
        dossier=g.dossier,
        found=ahead,
        goals=goals,
        form=form,
        meters=plainness.measured(form.reason),
        **words(),
    )
