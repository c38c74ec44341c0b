"""Goals and actions: writing, ordering, and how far they are; on both faces."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.dossier.commands import Superseded
from portal.dossier.models import Audience
from portal.i18n import _, local
from portal.plan import commands, queries
from portal.plan.commands import NewPart, Words
from portal.plan.examples import EXAMPLES, Example
from portal.plan.forms import ActionForm, GoalForm
from portal.plan.models import Goal, Part, PartKind, Status
from portal.plan.routes import plan_or_404, reads_plan, words
from portal.policy import Permission, allows, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

goals = Blueprint("goals", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")

_LOOK_AFTER = timedelta(days=14)


@goals.get("/doel")
@permission(Permission.WRITE_PLAN)
def begin(dossier_id: UUID) -> Response:
    """The form of a new goal, and examples to begin with: never an empty page."""
    example = _example()
    domain = request.args.get("leefdomein", "")
    form = GoalForm(
        formdata=kept_text(),
        number=str(uuid4()),
        base="0",
        body=_(example.goal) if example else "",
        leefdomein=example.leefdomein.value if example else int(domain) if domain in map(str, range(1, 10)) else 0,
    )
    return _goal_page(None, form)


@goals.post("/doel")
@permission(Permission.WRITE_PLAN)
def write(dossier_id: UUID) -> BaseResponse:
    """Makes a goal, with the first actions of the example that one began with."""
    form = GoalForm()
    if not form.validate_on_submit():
        return _goal_page(None, form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    audience = Audience(form.audience.data) if allows(Permission.SHARE_PLAN, asked()) else Audience.EVERYONE
    try:
        commands.begin(g.db, asked(), g.dossier, NewPart(number, PartKind.DOEL, audience), _goal_words(form))
    except Superseded:
        return _back("bewaard", number)  # The form was sent twice.
    except Refused:
        abort(404)
    example = _example()
    for action in example.actions if example else ():
        says = _example_words(action.words, action.days)
        commands.begin(g.db, asked(), g.dossier, NewPart(uuid4(), PartKind.ACTIE, audience, number), says)
    forget()
    return _back("bewaard", number)


@goals.get("/doel/<uuid:goal_id>/acties")
@permission(Permission.READ_PLAN)
def show(dossier_id: UUID, goal_id: UUID) -> Response:
    """Every action of a goal, what is done too."""
    goal = _goal_or_404(goal_id)
    reads_plan()
    return pages.render("plan/actions.html", dossier=g.dossier, goal=goal, done=request.args.get("klaar", ""), **words())


@goals.get("/doel/<uuid:goal_id>")
@permission(Permission.WRITE_PLAN)
def edit(dossier_id: UUID, goal_id: UUID) -> Response:
    """The form to change a goal."""
    goal = _goal_or_404(goal_id)
    old = goal.part.text
    form = GoalForm(
        formdata=kept_text(),
        base=str(old.number),
        body=old.body,
        why=old.why,
        leefdomein=old.leefdomein,
        perspective=old.perspective,
        audience=goal.part.audience,
    )
    return _goal_page(goal.part, form)


@goals.post("/doel/<uuid:goal_id>")
@permission(Permission.WRITE_PLAN)
def change(dossier_id: UUID, goal_id: UUID) -> BaseResponse:
    """Writes a goal anew, or takes it out of the plan."""
    goal = _goal_or_404(goal_id)
    form = GoalForm()
    if request.form.get("act") == "weghalen":
        _drop(goal.part)
        return _back("weggehaald")
    if not form.validate_on_submit():
        return _goal_page(goal.part, form, status=422)
    try:
        commands.write(g.db, asked(), g.dossier, goal_id, base=_base(form.base.data, goal.part), words=_goal_words(form))
    except Superseded:
        return _goal_page(_newest(goal_id, form), form, superseded=True, status=422)
    if allows(Permission.SHARE_PLAN, asked()):
        commands.share(g.db, asked(), g.dossier, goal_id, Audience(form.audience.data))
    forget()
    return _back("bewaard", goal_id)


@goals.get("/doel/<uuid:goal_id>/actie")
@permission(Permission.WRITE_PLAN)
def begin_action(dossier_id: UUID, goal_id: UUID) -> Response:
    """The form of a new action: a day two weeks on, and a day to look at it after that, so that neither is forgotten."""
    goal = _goal_or_404(goal_id)
    today = local(datetime.now(UTC)).date()
    form = ActionForm(formdata=kept_text(), number=str(uuid4()), base="0", due_on=today + _LOOK_AFTER, look_on=today + 2 * _LOOK_AFTER)
    return _action_page(goal, None, form)


@goals.post("/doel/<uuid:goal_id>/actie")
@permission(Permission.WRITE_PLAN)
def write_action(dossier_id: UUID, goal_id: UUID) -> BaseResponse:
    """Makes an action of a goal."""
    goal = _goal_or_404(goal_id)
    form = ActionForm()
    _offer(form)
    if not form.validate_on_submit():
        return _action_page(goal, None, form, status=422)
    new = NewPart(pages.as_uuid(form.number.data or "") or uuid4(), PartKind.ACTIE, Audience(goal.part.audience), goal_id)
    try:
        commands.begin(g.db, asked(), g.dossier, new, _action_words(form))
    except Superseded:
        return _back("bewaard", goal_id)  # The form was sent twice.
    forget()
    return _back("bewaard", goal_id)


@goals.get("/actie/<uuid:action_id>")
@permission(Permission.WRITE_PLAN)
def edit_action(dossier_id: UUID, action_id: UUID) -> Response:
    """The form to change an action."""
    goal, action = _action_or_404(action_id)
    old = action.text
    people = queries.people(g.db, g.dossier.id)
    known = people.get(old.holder_id) if old.holder_id else None
    form = ActionForm(
        formdata=kept_text(),
        base=str(old.number),
        body=old.body,
        holder=str(known.public_id) if known else "ander" if old.holder_name else "",
        holder_name="" if known else old.holder_name,
        due_on=old.due_on,
        look_on=old.look_on,
    )
    return _action_page(goal, action, form)


@goals.post("/actie/<uuid:action_id>")
@permission(Permission.WRITE_PLAN)
def change_action(dossier_id: UUID, action_id: UUID) -> BaseResponse:
    """Writes an action anew, or takes it out of the plan."""
    goal, action = _action_or_404(action_id)
    form = ActionForm()
    _offer(form)
    if request.form.get("act") == "weghalen":
        _drop(action)
        return _back("weggehaald", goal.part.public_id)
    if not form.validate_on_submit():
        return _action_page(goal, action, form, status=422)
    try:
        commands.write(g.db, asked(), g.dossier, action_id, base=_base(form.base.data, action), words=_action_words(form))
    except Superseded:
        return _action_page(goal, _newest(action_id, form), form, superseded=True, status=422)
    forget()
    return _back("bewaard", goal.part.public_id)


@goals.post("/stand")
@permission(Permission.STEP_PLAN)
def step(dossier_id: UUID) -> BaseResponse:
    """How far an action is, in one tap: ``klaar``, ``bezig``, ``open`` or ``vervallen`` names the action.

    ``naar``, ``doel``: the page to go back to.
    """
    for status in Status:
        sent = pages.as_uuid(request.form.get(status.name.lower(), ""))
        if sent is not None:
            try:
                commands.step(g.db, asked(), g.dossier, sent, status)
            except Refused:
                abort(404)
            if request.form.get("naar") == "start":
                return pages.see_other(url_for("start.show", klaar="stand"))
            goal = pages.as_uuid(request.form.get("doel", ""))
            if goal is not None and plan_or_404().goal(goal) is not None:
                return pages.see_other(url_for("goals.show", dossier_id=dossier_id, goal_id=goal, klaar="stand"))
            return _back("stand")
    return abort(404)


def _back(done: str, goal: UUID | None = None) -> BaseResponse:
    return pages.see_other(url_for("plan.show", dossier_id=g.dossier.public_id, klaar=done, _anchor=f"doel-{goal}" if goal else None))


def _drop(part: Part) -> None:
    old = part.text
    says = Words(
        old.body, old.why, old.answers, old.leefdomein, old.perspective, None, old.holder_name, old.due_on, old.look_on, dropped=True
    )
    try:
        commands.write(g.db, asked(), g.dossier, part.public_id, base=old.number, words=says)
    except Superseded:
        abort(404)


def _goal_words(form: GoalForm) -> Words:
    return Words(
        (form.body.data or "").strip(), form.why.data or "", leefdomein=form.leefdomein.data or 0, perspective=form.perspective.data or None
    )


def _action_words(form: ActionForm) -> Words:
    return Words(
        (form.body.data or "").strip(),
        holder=UUID(form.named) if form.named else None,
        holder_name=form.typed,
        due_on=form.due_on.data,
        look_on=form.look_on.data,
    )


def _example() -> Example | None:
    return EXAMPLES.get(request.args.get("voorbeeld", ""))


def _example_words(says: str, days: int) -> Words:
    today: date = local(datetime.now(UTC)).date()
    inwoner = next(iter(queries.people(g.db, g.dossier.id).values()))
    due = today + timedelta(days=days)
    return Words(_(says), holder=inwoner.public_id, due_on=due, look_on=due + _LOOK_AFTER)


def _goal_or_404(goal_id: UUID) -> Goal:
    return plan_or_404().goal(goal_id) or abort(404)


def _action_or_404(action_id: UUID) -> tuple[Goal, Part]:
    pairs = ((goal, action) for goal in plan_or_404().goals for action in goal.actions)
    return next((pair for pair in pairs if pair[1].public_id == action_id), None) or abort(404)


def _newest(part_id: UUID, form: GoalForm | ActionForm) -> Part:
    """The part as somebody else just wrote it; the form goes on from there."""
    part = plan_or_404().part(part_id) or abort(404)
    form.base.data = str(part.text.number)
    return part


def _base(sent: str | None, part: Part) -> int:
    return int(sent) if sent and sent.isdecimal() and len(sent) < 5 else part.text.number


def _offer(form: ActionForm) -> None:
    people = queries.people(g.db, g.dossier.id).values()
    form.offer([(str(one.public_id), _("%(name)s (uitgenodigd)", name=one.name) if one.is_invited else one.name) for one in people])


def _goal_page(old: Part | None, form: GoalForm, *, superseded: bool = False, status: int = 200) -> Response:
    if not allows(Permission.SHARE_PLAN, asked()) and "audience" in form:
        del form.audience
    reads_plan()
    return pages.render(
        "plan/goal.html", status=status, dossier=g.dossier, old=old, form=form, superseded=superseded, examples=EXAMPLES, **words()
    )


def _action_page(goal: Goal, old: Part | None, form: ActionForm, *, superseded: bool = False, status: int = 200) -> Response:
    if not form.holder.choices:
        _offer(form)
    reads_plan()
    return pages.render(
        "plan/action.html", status=status, dossier=g.dossier, goal=goal, old=old, form=form, superseded=superseded, **words()
    )
