"""The page with the norm and the waiting times, on the team's face."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from portal import pages
from portal.city import city
from portal.deadlines import NORM_START
from portal.norms import figures, queries
from portal.norms.figures import Case, Counted, Figures, Waiting
from portal.norms.queries import Team
from portal.policy import Permission, permission
from portal.withholding.queries import postponed_notices

blueprint = Blueprint("norms", __name__)


@dataclass(frozen=True)
class MonthRow:
    """One month of the chart and of the table beside it. ``complete``: waiting changes its figures no more."""

    month: date
    figures: Figures
    complete: bool


@dataclass(frozen=True)
class TeamRow:
    """One team over all months of the page."""

    team: Team
    figures: Figures
    waiting: Waiting


@blueprint.get("/cijfers")
@permission(Permission.SEE_FIGURES)
def show() -> ResponseReturnValue:
    """How many people got help in time, by month, and who waits: of all teams, or with ``?team=`` of one."""
    now = datetime.now(UTC)
    start = city().start_term
    months = figures.last_months(now)
    by_team = queries.cases_since(g.db, months[0])
    chosen = _chosen(by_team)
    counted = {team: [one for one in figures.count(cases, now, start) if one.month >= months[0]] for team, cases in by_team.items()}
    of_all: list[Case] = [case for team, cases in by_team.items() if chosen in (None, team) for case in cases]
    shown: list[Counted] = [one for team, ones in counted.items() if chosen in (None, team) for one in ones]
    return pages.render(
        "norms/figures.html",
        chosen=chosen,
        months=[
            MonthRow(month, figures.figures(one for one in shown if one.month == month), figures.is_complete(month, now, start))
            for month in months
        ],
        teams=[TeamRow(team, figures.figures(ones), figures.waiting(by_team[team], now)) for team, ones in counted.items()],
        together=TeamRow(Team(None, None), figures.figures(shown), figures.waiting(of_all, now)),
        definition=figures.DEFINITION,
        postponed={} if chosen else postponed_notices(g.db),
        days=start.length,
        norm=round(100 * NORM_START),
        small=figures.SMALL,
        now=now,
    )


def _chosen(by_team: dict[Team, list[Case]]) -> Team | None:
    wanted = request.args.get("team", "")
    if not wanted:
        return None
    public_id: UUID | None = None if wanted == "geen" else pages.as_uuid(wanted)
    found = next((team for team in by_team if team.public_id == public_id), None)
    if found is None or (public_id is None and wanted != "geen"):
        abort(404)
    return found
