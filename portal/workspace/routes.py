"""The first page of the residents' face: the way to help, and for who is signed in the own dossiers."""

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, g, request

from portal import pages
from portal.accounts.queries import renewals_to_show
from portal.asking.queries import unread_answers
from portal.city import city
from portal.closing.queries import emergencies_to_show
from portal.dossier.queries import my_dossiers
from portal.ending.queries import my_endings
from portal.evaluation.queries import asked_to
from portal.handover.queries import my_handovers
from portal.intake.queries import own_meldingen, standing_of
from portal.mandate.queries import to_ask_again
from portal.messages.queries import unread as unread_messages
from portal.particulars.queries import other_own_dossiers
from portal.plan.queries import plan_only
from portal.plan.steps import my_steps, unseen_remarks
from portal.policy import Permission, Relation, asked, permission, require
from portal.sharing.queries import access_changed_at, access_to_look_at, today

start = Blueprint("start", __name__)


@start.get("/")
@permission(Permission.OPEN)
def show() -> Response:
    """What one can do here. Signed in: the own dossier first, then those one may read along in."""
    if g.actor is None:
        g.findable = current_app.extensions["settings"].mode == "productie"
        return pages.render("front/start.html")
    require(Permission.SEE_START, asked())
    now = datetime.now(UTC)
    dossiers = my_dossiers(g.db)
    addresses = {one.id: one.public_id for one in dossiers}
    urgent = [(addresses[number], one) for number, one in emergencies_to_show(g.db, list(addresses), g.actor.person_id, now)]
    meldingen = [(sent, standing_of(sent, now, city().start_term)) for sent in own_meldingen(g.db)]
    return pages.render(
        "workspace/start.html",
        dossiers=dossiers,
        meldingen=meldingen,
        renewals=renewals_to_show(g.db, now),
        urgent=urgent,
        access={one.id: access_to_look_at(g.db, one.id, today()) for one in dossiers if one.relation is Relation.INWONER},
        mandates_to_ask={one.id: to_ask_again(g.db, one.id) for one in dossiers if one.relation is Relation.INWONER},
        access_changed_at=access_changed_at(g.db),
        steps=my_steps(g.db, g.actor.person_id),
        remarks=unseen_remarks(g.db),
        today=today(),
        done=request.args.get("klaar", ""),
        plan_only=plan_only(g.db),
        asked_to=asked_to(g.db),
        endings=my_endings(g.db),
        handovers=my_handovers(g.db),
        other_dossiers=other_own_dossiers(g.db),
        answers=unread_answers(g.db, g.actor.person_id),
        unread_messages=unread_messages(g.db, g.actor.person_id),
    )
