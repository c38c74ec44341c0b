"""Inviting somebody into the plan, changing that, and stopping by oneself.

The questions one by one, a look at what it will be, and only then the act: as in access_routes.py.
"""

from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.forms import BaseForm
from portal.i18n import _
from portal.plan import models as plan_models
from portal.plan.queries import plan_guests, the_plan
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.sharing import commands, queries
from portal.sharing.access_routes import WHO, handed_over, naaste_or_404, render_page, sharing_now
from portal.sharing.commands import AlreadyDone, Guest, Invitation
from portal.sharing.forms import InviteForm, InviteUntilForm, PlanForm, Question, UntilForm, WhoForm, names_of
from portal.sharing.steps import ACT, UNTIL, WHAT, Answers
from portal.typed_text import forget

guests = Blueprint("plan_guest", __name__, url_prefix="/dossier/<uuid:dossier_id>")


@guests.route("/wie-mag-wat-zien/plan", methods=["GET", "POST"])
@permission(Permission.SHARE)
def invite(dossier_id: UUID) -> ResponseReturnValue:
    """Invites a naaste who was let in before, or somebody new, who gets a code."""
    answers, known = Answers.of_request(), sharing_now().known
    who, what, until = WhoForm(answers.given), _plan_form(answers), InviteUntilForm(answers.given)
    who.offer((str(person), name) for person, name in known)
    until.offer(queries.today())
    steps: dict[str, Question] = {WHO: who, WHAT: what, UNTIL: until}
    shown = answers.step(steps)
    if shown is not None:
        return _question(shown, steps, answers)
    review = InviteForm(answers.given)
    before = next((one for one in known if str(one[0]) == who.who.data), None)
    if answers.acts:
        try:
            return _invited(before, who, what, until, review)
        except AlreadyDone:
            return _to_plan("dubbel")
        except Refused as refused:
            review.refuse(_(refused.message))
    review.number.data = review.number.data or str(uuid4())
    return _look(review, before[1] if before else who.name, what, until, steps, answers, is_new=before is None)


def _invited(
    before: tuple[UUID, str] | None, who: WhoForm, what: PlanForm, until: InviteUntilForm, review: InviteForm
) -> ResponseReturnValue:
    dossier = g.dossier.public_id
    if before is not None:
        commands.give_plan(g.db, asked(), dossier, before[0], _invitation(what, until))
        forget()
        return _to_plan("uitgenodigd")
    guest = Guest(
        pages.as_uuid(review.number.data or "") or uuid4(), who.line("first_name"), who.line("last_name"), who.line("said") or None
    )
    made = commands.invite_to_plan(g.db, asked(), dossier, guest, _invitation(what, until), until.language.data)
    forget()
    return handed_over(who.name, made, until.language.data)


@guests.route("/wie-mag-wat-zien/<uuid:person_id>/plan", methods=["GET", "POST"])
@permission(Permission.SHARE)
def change(dossier_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Another role, more or less of the plan, shorter or longer."""
    naaste, answers = naaste_or_404(person_id), Answers.of_request()
    guest = next((one for one in plan_guests(g.db, dossier_id) if one.person == person_id), None) or abort(404)
    what, until = _plan_form(answers), UntilForm(answers.given)
    what.fill_with(guest)
    until.offer(queries.today(), guest.until)
    steps: dict[str, Question] = {WHAT: what, UNTIL: until}
    shown = answers.step(steps)
    if shown is not None:
        return _question(shown, steps, answers)
    review = InviteForm(answers.given)
    if answers.acts:
        try:
            commands.give_plan(g.db, asked(), dossier_id, person_id, _invitation(what, until))
        except Refused as refused:
            review.refuse(_(refused.message))
        else:
            forget()
            return pages.see_other(url_for("sharing.person", dossier_id=dossier_id, person_id=person_id, klaar="veranderd"))
    return _look(review, naaste.name, what, until, steps, answers)


@guests.route("/niet-meer-meekijken", methods=["GET", "POST"])
@permission(Permission.LEAVE)
def leave(dossier_id: UUID) -> ResponseReturnValue:
    """Who reads along stops by themselves: asks once more, and then nothing is left."""
    if request.method == "POST":
        commands.leave(g.db, asked(), dossier_id)
        return pages.see_other(url_for("start.show"))
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    return pages.render("sharing/leave.html", dossier=g.dossier, form=BaseForm())


def _plan_form(answers: Answers) -> PlanForm:
    form = PlanForm(answers.given)
    form.offer(the_plan(g.db, g.dossier.id))
    return form


def _invitation(what: PlanForm, until: UntilForm) -> Invitation:
    return Invitation(what.role.data, what.whole, tuple(part.public_id for part in what.chosen), until.last_day)


def _question(shown: str, steps: dict[str, Question], answers: Answers) -> Response:
    form = steps[shown]
    will_show(ReadLine(g.dossier.id, What.PLAN))
    return render_page(
        "sharing/plan_question.html", status=422 if form.errors else 200, step=shown, form=form, **answers.ways(shown, steps)
    )


def _look(
    review: InviteForm, name: str, what: PlanForm, until: UntilForm, steps: dict[str, Question], answers: Answers, *, is_new: bool = False
) -> Response:
    return render_page(
        "sharing/plan_review.html",
        status=422 if review.errors else 200,
        form=review,
        name=name,
        role=plan_models.ROLE_NAMES[plan_models.Role(what.role.data)],
        does=plan_models.ROLE_DOES[plan_models.Role(what.role.data)],
        pgb=plan_models.Role(what.role.data) in plan_models.TALKS_ALONG,
        whole=what.whole,
        named=names_of(what.chosen),
        safety=any(part.kind is plan_models.PartKind.VEILIGHEID for part in what.chosen),
        until=until.last_day,
        back=list(steps)[-1],
        act=ACT,
        carried=answers.carried(steps.values()),
        is_new=is_new,
    )


def _to_plan(done: str) -> BaseResponse:
    return pages.see_other(url_for("plan.show", dossier_id=g.dossier.public_id, klaar=done))
