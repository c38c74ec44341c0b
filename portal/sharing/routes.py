"""Wie keek er? Per day who, in which role, on what ground, and what was shown."""

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from flask import Blueprint, Response, g, request

from portal import pages
from portal.asking.queries import own_look_questions
from portal.audit import ReadLine, What, will_show
from portal.city import WATCHDOG
from portal.closing.queries import emergencies
from portal.i18n import local
from portal.policy import Permission, permission
from portal.sharing import queries

looking = Blueprint("log", __name__, url_prefix="/dossier/<uuid:dossier_id>")


@looking.get("/wie-keek-er")
@permission(Permission.READ_LOG)
def who_looked(dossier_id: UUID) -> Response:
    """The read log of the own dossier, own reading folded away; and apart, with their source, the lines of other systems."""
    before = pages.as_moment(request.args.get("tot", ""))
    elsewhere_before = pages.as_moment(request.args.get("elders", ""))
    lines: list[queries.LookedIn] = []
    elsewhere: list[queries.LookedIn] = []
    more = more_elsewhere = None
    if elsewhere_before is None:
        lines, more = queries.who_looked(g.db, g.dossier.id, g.actor.person_id, before=before)
    if before is None:
        elsewhere, more_elsewhere = queries.who_looked_elsewhere(g.db, g.dossier.id, before=elsewhere_before)
    asked_about = own_look_questions(g.db, g.dossier.id)
    days = [(day, _together(on_day, asked_about)) for day, on_day in groupby(lines, key=lambda line: local(line.at).date())]
    will_show(ReadLine(g.dossier.id, What.LOGBOEK))
    sources = [(source, _together(of_source, {})) for source, of_source in groupby(elsewhere, key=lambda line: line.source)]
    return pages.render(
        "sharing/who_looked.html",
        dossier=g.dossier,
        asked_about=asked_about,
        watchdog=WATCHDOG,
        emergencies=emergencies(g.db, g.dossier.id) if before is None and elsewhere_before is None else [],
        days=days,
        more=more,
        sources=sources,
        more_elsewhere=more_elsewhere,
        only_elsewhere=elsewhere_before is not None,
    )


def _together(lines: Iterable[queries.LookedIn], alone: Container[datetime]) -> list[tuple[queries.LookedIn, int]]:
    """The same person seeing the same thing again and again is one line, with how often (the newest time stands); ``alone`` stand alone."""
    same = groupby(lines, key=lambda line: line if line.at in alone else replace(line, at=datetime.min.replace(tzinfo=UTC)))
    found = []
    for _, group in same:
        times = list(group)
        found.append((times[0], len(times)))
    return found
