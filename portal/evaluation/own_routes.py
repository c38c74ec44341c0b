"""The inwoner asks people along."""

from uuid import UUID

from flask import Blueprint, Response, g
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.evaluation import commands
from portal.evaluation.forms import PeopleForm
from portal.evaluation.queries import Evaluation
from portal.evaluation.routes import ahead_or_404, back, reads_plan, words
from portal.i18n import _
from portal.plan.models import Role
from portal.plan.queries import people, plan_guests
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget

own_evaluation = Blueprint("own_evaluation", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan/terugkijken")


@own_evaluation.get("/wie")
@permission(Permission.ASK_ALONG)
def ask(dossier_id: UUID) -> Response:
    """Who was let in, to choose from. Who was invited to look back is chosen already, until the inwoner says otherwise."""
    ahead = ahead_or_404()
    numbers = {number: str(one.public_id) for number, one in people(g.db, g.dossier.id).items()}
    chosen = [numbers[number] for number in ahead.people if number in numbers]
    usual = [str(one.person) for one in plan_guests(g.db, dossier_id) if one.role == Role.EVALUATIE]
    form = PeopleForm(people=chosen or usual)
    return _page(ahead, form)


@own_evaluation.post("/wie")
@permission(Permission.ASK_ALONG)
def choose(dossier_id: UUID) -> BaseResponse:
    """Asks these along, and nobody else."""
    ahead = ahead_or_404()
    form = PeopleForm()
    _offer(form)
    if not form.validate_on_submit():
        return _page(ahead, form, status=422)
    try:
        commands.ask_along(g.db, asked(), g.dossier, ahead.public_id, [UUID(one) for one in form.people.data or []])
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _page(ahead, form, status=422)
    forget()
    return back("wie")


def _offer(form: PeopleForm) -> None:
    form.people.offer(
        (str(one.public_id), one.name) for one in people(g.db, g.dossier.id).values() if one.relation in ("naaste", "uitgenodigd")
    )


def _page(ahead: Evaluation, form: PeopleForm, status: int = 200) -> Response:
    _offer(form)
    reads_plan()
    return pages.render("evaluation/people.html", status=status, dossier=g.dossier, ahead=ahead, form=form, **words())
