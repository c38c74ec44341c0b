"""The team's start page: the caseload and one's concepts."""

from datetime import UTC, datetime

from flask import Blueprint, Response, g, request

from portal import deadlines, pages
from portal.asking.queries import look_questions
from portal.asking.queries import waiting as questions_waiting
from portal.choice.queries import wishes_due
from portal.closing.queries import access_notices, emergencies_to_review
from portal.concepts.queries import my_concepts
from portal.destruction.queries import plans_waiting
from portal.destruction.queries import waiting as to_destroy
from portal.ending.queries import came_back, to_agree_with
from portal.handover.queries import my_handovers
from portal.mandate.queries import asked_for
from portal.messages.queries import waiting as messages_waiting
from portal.particulars.queries import to_agree
from portal.plan.steps import paper_copies, work_steps
from portal.policy import Asked, Permission, allows, permission
from portal.post.queries import waiting
from portal.repair.queries import breaches
from portal.sharing.queries import today
from portal.withholding.queries import to_confirm, to_review
from portal.workspace.queries import caseload

start = Blueprint("start", __name__)


@start.get("/")
@permission(Permission.SIGNED_IN)
def show() -> Response:
    """Own cases with their last activity; concepts that wait longer than the agreed working day stand on top. And the post of the team."""
    now = datetime.now(UTC)
    due = [one.due for one in questions_waiting(g.db)] + [one.due for one in look_questions(g.db)]
    due += [one.question.answer_due for one in to_destroy(g.db)] + [one.answer_due for one in plans_waiting(g.db)]
    questions = {"questions": len(due), "late": sum(1 for until in due if until < now)}
    if not allows(Permission.SEE_CASELOAD, Asked(g.actor)):
        return pages.render(
            "workspace/caseload.html",
            cases=[],
            concepts=[],
            notices=[],
            reviews=[],
            messages_waiting=[],
            post=None,
            wrong_entries=False,
            withholdings=0,
            mandates=0,
            steps=[],
            paper_copies=[],
            done="",
            endings_waiting=0,
            came_back=[],
            handovers=[],
            particulars_waiting=0,
            wishes_waiting=0,
            works_with_people=False,
            **questions,
        )
    concepts = [
        (concept, dossier_id, name, now >= deadlines.due(deadlines.CONCEPT_REMINDER, concept.created_at))
        for concept, dossier_id, name in my_concepts(g.db)
    ]
    wishes = wishes_due(g.db)
    return pages.render(
        "workspace/caseload.html",
        cases=caseload(g.db),
        wishes_waiting=len(wishes),
        wishes_late=sum(1 for until in wishes if until < now),
        concepts=concepts,
        notices=access_notices(g.db),
        endings_waiting=len(to_agree_with(g.db)) if allows(Permission.AGREE_ENDING, Asked(g.actor)) else 0,
        came_back=came_back(g.db),
        handovers=my_handovers(g.db),
        particulars_waiting=sum(1 for one in to_agree(g.db) if not one.own),
        reviews=emergencies_to_review(g.db) if allows(Permission.REVIEW_EMERGENCY, Asked(g.actor)) else [],
        messages_waiting=messages_waiting(g.db),
        post=waiting(g.db),
        wrong_entries=any(one.waits for one in breaches(g.db)),
        withholdings=len(to_confirm(g.db)) + len(to_review(g.db)),
        paper_copies=paper_copies(g.db),
        steps=work_steps(g.db, g.actor.person_id),
        today=today(),
        done=request.args.get("klaar", ""),
        mandates=sum(1 for one in asked_for(g.db) if not one.own),
        works_with_people=True,
        **questions,
    )
