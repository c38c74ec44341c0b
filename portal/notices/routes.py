"""The inwoner chooses how notices come."""

from uuid import UUID

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from portal import pages
from portal.audit import shows_nothing
from portal.notices import commands, queries
from portal.notices.forms import NoticesForm
from portal.policy import Permission, asked, permission
from portal.typed_text import forget

blueprint = Blueprint("notices", __name__)


@blueprint.route("/dossier/<uuid:dossier_id>/berichtgeving", methods=["GET", "POST"])
@permission(Permission.CHOOSE_NOTICES)
def choose(dossier_id: UUID) -> ResponseReturnValue:
    """Each topic with its way, and what is always told."""
    shows_nothing()
    reach = queries.reach(g.db, g.dossier)
    form = NoticesForm()
    form.offer(queries.choices(g.db, g.dossier), reach)
    if form.is_submitted() and form.validate():
        commands.choose(g.db, asked(), g.dossier, form.chosen)
        forget()
        return pages.see_other(url_for("notices.choose", dossier_id=dossier_id, klaar="bewaard"))
    done = request.args.get("klaar", "")
    return pages.render("notices/choose.html", status=422 if form.errors else 200, dossier=g.dossier, form=form, reach=reach, done=done)
