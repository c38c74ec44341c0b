"""The dossier as a list, and what is in it; on both faces."""

from uuid import UUID

from flask import Blueprint, Response, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.actor import Kind
from portal.audit import ReadLine, What, will_show
from portal.city import WATCHDOG
from portal.dossier import models
from portal.dossier.queries import particulars
from portal.plan.queries import plan_only, reads_some_plan
from portal.policy import Permission, Relation, permission
from portal.timeline import queries
from portal.timeline.queries import Cursor, Part, Since, Standing, Timeline
from portal.withholding.models import TOLD

listing = Blueprint("timeline", __name__, url_prefix="/dossier/<uuid:dossier_id>")

_OUTSIDE = (Kind.INWONER, Kind.VERTEGENWOORDIGER, Kind.NAASTE)


@listing.get("")
@permission(Permission.READ_DOSSIER)
def show(dossier_id: UUID) -> BaseResponse:
    """The timeline, of one section, leefdomein or year when asked, or only what is new; further pages by the entry they go on from.

    Who is invited into the plan and reads nothing else goes on to the plan.
    """
    if "plan" in g.named and g.dossier.id in plan_only(g.db):
        return pages.see_other(url_for("plan.show", dossier_id=dossier_id))
    part, cursor, only_new = Part.of(request.args), _cursor(), bool(request.args.get("nieuw"))
    outside = g.actor.kind in _OUTSIDE
    whole = not (part or cursor or only_new)
    standing = queries.standing(g.db, g.dossier.id, part, g.actor.person_id, outside=outside, count_new=whole)
    since = Since(standing.previous_visit, g.actor.person_id, outside)
    page = queries.timeline(g.db, g.dossier.id, part, since, cursor=cursor, only_new=only_new)
    pause, reads_until = (None, None) if outside else queries.for_the_team(g.db, g.dossier.public_id)
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(item.id for item in page.items)))
    return pages.render(
        "timeline/timeline.html",
        dossier=g.dossier,
        page=page,
        further=_further(page, part, standing, only_new=only_new),
        standing=standing,
        notices=queries.notices(g.db, g.dossier.id) if whole and g.actor.kind in (Kind.INWONER, Kind.VERTEGENWOORDIGER) else [],
        watchdog=WATCHDOG,
        grounds=TOLD,
        particulars=None if outside else particulars(g.db, g.dossier.inwoner_id),
        pause=pause,
        has_plan=g.relation is not Relation.NAASTE or reads_some_plan(g.db),
        reads_until=reads_until,
        part=part,
        chosen=part.words,
        only_new=only_new,
        whole=whole,
        done=request.args.get("klaar"),
        names=models,
    )


@listing.get("/inhoud")
@permission(Permission.READ_DOSSIER)
def contents(dossier_id: UUID) -> Response:
    """How many entries there are, per section and per year."""
    found = queries.contents(g.db, g.dossier.id)
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    return pages.render("timeline/contents.html", dossier=g.dossier, contents=found, names=models)


def _further(page: Timeline, part: Part, standing: Standing, *, only_new: bool) -> dict[str, dict[str, str]]:
    """Where older and newer lead, as words in the address; at the end of a year into the one beside it."""
    words = part.words | ({"nieuw": "1"} if only_new else {})
    found: dict[str, dict[str, str]] = {}
    if page.older:
        found["older"] = words | {"ouder": str(page.older)}
    if page.newer:
        found["newer"] = words | {"nieuwer": str(page.newer)}
    if part.year is not None and not only_new:
        before = [year for year in standing.years if year < part.year]
        after = [year for year in standing.years if year > part.year]
        if before and "older" not in found:
            found["older"] = words | {"jaar": str(max(before))}
        if after and "newer" not in found and page.items:
            found["newer"] = words | {"jaar": str(min(after)), "nieuwer": str(page.items[0].public_id)}
    return found


def _cursor() -> Cursor | None:
    for word, newer in (("ouder", False), ("nieuwer", True)):
        entry_id = pages.as_uuid(request.args.get(word, ""))
        if entry_id is not None:
            return Cursor(entry_id, newer)
    return None
