"""How the help ends, as both sides read it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.ending import commands, models, queries
from portal.ending.forms import AnswerForm
from portal.ending.queries import Ending
from portal.i18n import _
from portal.policy import Permission, Relation, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget

ending = Blueprint("ending", __name__, url_prefix="/dossier/<uuid:dossier_id>/stoppen-met-hulp")


@ending.get("")
@permission(Permission.SEE_ENDING)
def show(dossier_id: UUID) -> Response:
    """The ending that is going on, and those before."""
    found = queries.endings(g.db, g.dossier.id)
    reads()
    return pages.render(
        "ending/ending.html",
        dossier=g.dossier,
        now=next((one for one in found if one.back_at is None), None),
        before=[one for one in found if one.back_at is not None],
        can_be_done=any(one.back_at is None and one.can_be_done(datetime.now(UTC)) for one in found),
        done=request.args.get("klaar", ""),
        **words(),
    )


def words() -> dict[str, Any]:
    """What these pages say things with."""
    own = g.get("relation") in (Relation.INWONER, Relation.VERTEGENWOORDIGER)
    return {"names": models, "kinds": models.OWN_NAMES if own else models.KIND_NAMES}


def reads() -> None:
    """This answer shows how the help ends."""
    will_show(ReadLine(g.dossier.id, What.PLAN))


def open_or_404() -> Ending:
    """The ending that is going on, or that ended the help."""
    return queries.current(g.db, g.dossier.id) or abort(404)


def back(done: str) -> BaseResponse:
    """To the page of the ending."""
    return pages.see_other(url_for("ending.show", dossier_id=g.dossier.public_id, klaar=done))


def answer_page(found: Ending, form: AnswerForm, status: int = 200) -> Response:
    """The reason, and the question whether it is so."""
    reads()
    return pages.render("ending/answer.html", status=status, dossier=g.dossier, found=found, form=form, **words())


def answered(found: Ending, form: AnswerForm, way: str) -> BaseResponse:
    """Writes down what the inwoner says of the reason."""
    if found.choice is not None:
        return back("dubbel")
    try:
        commands.answer(g.db, asked(), g.dossier, found.public_id, form.choice.data or 0, (form.words.data or "").strip(), way)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return answer_page(found, form, status=422)
    forget()
    return back("antwoord")
