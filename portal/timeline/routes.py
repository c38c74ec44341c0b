"""The dossier as a list, on both faces."""

from typing import TypeVar
from uuid import UUID

from flask import Blueprint, Response, g, request

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.dossier import models
from portal.dossier.models import Leefdomein, Section
from portal.dossier.queries import particulars
from portal.policy import Permission, permission
from portal.timeline import queries

Code = TypeVar("Code", Section, Leefdomein)

listing = Blueprint("timeline", __name__, url_prefix="/dossier/<uuid:dossier_id>")


@listing.get("")
@permission(Permission.READ_DOSSIER)
def show(dossier_id: UUID) -> Response:
    """The timeline, filtered by section and leefdomein, older pages by the entry they go on from."""
    section = _chosen(Section, request.args.get("onderdeel", ""))
    leefdomein = _chosen(Leefdomein, request.args.get("leefdomein", ""))
    older_than = pages.as_uuid(request.args.get("ouder", ""))
    page = queries.timeline(g.db, g.dossier.id, section=section, leefdomein=leefdomein, older_than=older_than)
    reachable = particulars(g.db, g.dossier.inwoner_id) if g.actor.kind in ("professional", "teamleider") else None
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(item.id for item in page.items)))
    return pages.render(
        "timeline/timeline.html",
        dossier=g.dossier,
        page=page,
        notices=queries.notices(g.db, g.dossier.id) if older_than is None and g.actor.kind in ("inwoner", "vertegenwoordiger") else [],
        particulars=reachable,
        section=section,
        leefdomein=leefdomein,
        older_than=older_than,
        names=models,
    )


def _chosen(codes: type[Code], word: str) -> Code | None:
    """The code with this lower-case name in the address, or None."""
    return next((code for code in codes if code.value and code.name.lower() == word), None)
