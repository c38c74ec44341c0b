"""Staff pages on the team's face, for team leads and administrators."""

from collections.abc import Callable
from uuid import UUID, uuid4

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from portal import pages
from portal.actor import Kind
from portal.forms import BaseForm
from portal.i18n import _
from portal.policy import Asked, Permission, permission
from portal.refusals import Refused
from portal.staff import commands, queries
from portal.staff.forms import ROLES, AbsenceForm, ChangeForm, ConfirmForm, DropForm, JoinForm, PostForm
from portal.staff.queries import StaffMember
from portal.typed_text import forget, kept_text

blueprint = Blueprint("staff", __name__, url_prefix="/medewerkers")
days_off = Blueprint("days_off", __name__, url_prefix="/mijn-vrije-dagen")

# At which field a refusal of the database belongs.
_FIELD_OF = {"MB005": "substitute", "MB006": "last_day", "MB007": "role", "MB008": "email"}


@blueprint.get("")
@permission(Permission.MANAGE_STAFF)
def overview() -> ResponseReturnValue:
    """Who works here, who is away, who left; and concepts that stayed behind."""
    members = queries.staff_members(g.db)
    return pages.render(
        "staff/list.html",
        members=[member for member in members if member.left_on is None],
        gone=[member for member in members if member.left_on is not None],
        concepts=queries.concepts_left_behind(g.db),
        roles=ROLES,
        done=request.args.get("klaar", ""),
    )


@blueprint.route("/nieuw", methods=["GET", "POST"])
@permission(Permission.MANAGE_STAFF)
def join() -> ResponseReturnValue:
    """Somebody starts. The answer to the form is the only place where the start code is seen."""
    form = JoinForm() if request.method == "POST" else JoinForm(formdata=kept_text(), account=str(uuid4()))
    _offer_posts(form)
    if request.method == "POST" and form.validate():
        new = commands.NewStaff(
            first_name=_line(form.first_name.data),
            infix=_line(form.infix.data) or None,
            last_name=_line(form.last_name.data),
            job_title=_line(form.job_title.data),
            role=form.role.data,
            team=_uuid(form.team.data),
            account=_uuid(form.account.data) or uuid4(),
            email=_line(form.email.data) or None,
        )
        try:
            joined = commands.join(g.db, Asked(g.actor), new)
        except Refused as refused:
            if refused.code == "MB009":
                return pages.see_other(url_for("staff.overview", klaar="dubbel"))
            _refuse(form, refused)
        else:
            forget()
            return pages.render(
                "staff/start_code.html", name=f"{new.first_name} {new.last_name}", username=joined.username, code=joined.start_code
            )
    return pages.render("staff/join.html", status=422 if form.errors else 200, form=form)


@blueprint.get("/<uuid:person_id>")
@permission(Permission.MANAGE_STAFF)
def member(person_id: UUID) -> ResponseReturnValue:
    """One member of staff and what can be done."""
    return pages.render(
        "staff/member.html", member=_member_or_404(person_id), roles=ROLES, done=request.args.get("klaar", ""), form=ConfirmForm()
    )


@blueprint.route("/<uuid:person_id>/wijzigen", methods=["GET", "POST"])
@permission(Permission.MANAGE_STAFF)
def change(person_id: UUID) -> ResponseReturnValue:
    """Another job, team or role."""
    found = _member_or_404(person_id)
    now = {"job_title": found.job_title, "team": str(found.team_public_id or ""), "role": found.role}
    form = ChangeForm() if request.method == "POST" else ChangeForm(formdata=kept_text(), data=now)
    _offer_posts(form)
    if request.method == "POST" and form.validate():
        try:
            commands.change(
                g.db, Asked(g.actor), person_id, job_title=_line(form.job_title.data), team=_uuid(form.team.data), role=form.role.data
            )
        except Refused as refused:
            _refuse(form, refused)
        else:
            forget()
            # A teamleider may have handed this person to a role that is no longer theirs to manage.
            return pages.see_other(url_for("staff.overview", klaar="gewijzigd"))
    return pages.render("staff/change.html", status=422 if form.errors else 200, form=form, member=found)


@blueprint.route("/<uuid:person_id>/afwezig", methods=["GET", "POST"])
@permission(Permission.MANAGE_STAFF)
def absence(person_id: UUID) -> ResponseReturnValue:
    """Away, and who stands in."""
    found = _member_or_404(person_id)
    form = AbsenceForm() if request.method == "POST" else AbsenceForm(formdata=kept_text())
    form.substitute.offer([("", _("Niemand")), *((str(one.public_id), one.name) for one in queries.possible_substitutes(g.db, person_id))])
    first_day, last_day = form.first_day.data, form.last_day.data
    if request.method == "POST" and form.validate() and first_day and last_day:
        try:
            commands.absence(
                g.db, Asked(g.actor), person_id,
                first_day=first_day, last_day=last_day, substitute=_uuid(form.substitute.data),
            )  # fmt: skip
        except Refused as refused:
            _refuse(form, refused)
        else:
            forget()
            return pages.see_other(url_for("staff.member", person_id=person_id, klaar="afwezig"))
    return pages.render("staff/absence.html", status=422 if form.errors else 200, form=form, member=found)


@blueprint.post("/<uuid:person_id>/terug")
@permission(Permission.MANAGE_STAFF)
def back(person_id: UUID) -> ResponseReturnValue:
    """Back at work."""
    found = _member_or_404(person_id)
    commands.back(g.db, Asked(g.actor), found.public_id)
    return pages.see_other(url_for("staff.member", person_id=person_id, klaar="terug"))


@blueprint.route("/<uuid:person_id>/startcode", methods=["GET", "POST"])
@permission(Permission.MANAGE_STAFF)
def start_code(person_id: UUID) -> ResponseReturnValue:
    """A new start code, after asking once more: the old password stops."""

    def give(found: StaffMember) -> ResponseReturnValue:
        username, code = commands.start_code(g.db, Asked(g.actor), found.public_id)
        return pages.render("staff/start_code.html", name=found.name, username=username, code=code)

    return _after_asking(person_id, "staff/ask_start_code.html", give)


@blueprint.route("/<uuid:person_id>/uit-dienst", methods=["GET", "POST"])
@permission(Permission.MANAGE_STAFF)
def leave(person_id: UUID) -> ResponseReturnValue:
    """Somebody leaves, after asking once more."""

    def end(found: StaffMember) -> ResponseReturnValue:
        commands.leave(g.db, Asked(g.actor), found.public_id)
        return pages.see_other(url_for("staff.overview", klaar="uit-dienst"))

    return _after_asking(person_id, "staff/ask_leave.html", end)


def _after_asking(person_id: UUID, template: str, act: Callable[[StaffMember], ResponseReturnValue]) -> ResponseReturnValue:
    found = _member_or_404(person_id)
    form = ConfirmForm()
    if request.method == "POST":
        try:
            return act(found)
        except Refused as refused:
            _refuse(form, refused)
    return pages.render(template, status=422 if form.errors else 200, form=form, member=found)


@days_off.route("", methods=["GET", "POST"])
@permission(Permission.PLAN_ABSENCE)
def show() -> ResponseReturnValue:
    """The own days off, and who stands in; inwoners see that."""
    form = AbsenceForm() if request.method == "POST" else AbsenceForm(formdata=kept_text())
    form.substitute.offer([("", _("Niemand")), *((str(one.public_id), one.name) for one in queries.team_mates(g.db, g.actor.person_id))])
    first_day, last_day = form.first_day.data, form.last_day.data
    if request.method == "POST" and form.validate() and first_day and last_day:
        try:
            commands.plan_own(g.db, Asked(g.actor), first_day=first_day, last_day=last_day, substitute=_uuid(form.substitute.data))
        except Refused as refused:
            _refuse(form, refused)
        else:
            forget()
            return pages.see_other(url_for("days_off.show", klaar="bewaard"))
    return pages.render(
        "staff/days_off.html",
        status=422 if form.errors else 200,
        form=form,
        days=queries.own_days_off(g.db, g.actor.person_id),
        done=request.args.get("klaar", ""),
    )


@days_off.post("/weghalen")
@permission(Permission.PLAN_ABSENCE)
def drop() -> ResponseReturnValue:
    """Days that don't happen. Pressed twice, or after they began, it says that they aren't there to take away."""
    form = DropForm()
    if form.validate() and form.day.data:
        try:
            commands.drop_own(g.db, Asked(g.actor), form.day.data)
        except Refused:
            pass
        else:
            return pages.see_other(url_for("days_off.show", klaar="weg"))
    return pages.see_other(url_for("days_off.show", klaar="niet"))


def _refuse(form: BaseForm, refused: Refused) -> None:
    if refused.code == "MB001":
        abort(404)
    field = _FIELD_OF.get(refused.code)
    form.refuse(_(refused.message), field if field in form else None)


def _member_or_404(person_id: UUID) -> StaffMember:
    found = queries.staff_member(g.db, person_id)
    if found is None:
        abort(404)
    return found


def _offer_posts(form: PostForm) -> None:
    """The teams and roles this actor may give. What can't be chosen otherwise is chosen already."""
    kind: Kind = g.actor.kind
    teams = [(str(one.public_id), one.name) for one in queries.teams(g.db, kind)]
    if kind is Kind.BEHEERDER:
        teams.insert(0, ("", _("Geen team")))
    roles = [(code, name) for code, name in ROLES.items() if kind is Kind.BEHEERDER or code == "professional"]
    form.team.offer(teams)
    form.role.offer(roles)
    if request.method == "GET" and len(roles) == 1:
        form.role.data = roles[0][0]


def _line(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _uuid(typed: str | None) -> UUID | None:
    try:
        return UUID(typed or "")
    except ValueError:
        return None
