"""The rows that the figures are counted from: no names. PostgreSQL decides who may ask (migrations/rls/49_figures.sql)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.deadlines import AMSTERDAM
from portal.intake.steps import Event
from portal.norms.figures import Case


@dataclass(frozen=True)
class Team:
    """A team that has meldingen; ``public_id`` None stands for those that belong to no team yet."""

    public_id: UUID | None
    name: str | None


def cases_since(db: Session, month: date) -> dict[Team, list[Case]]:
    """Give the meldingen that count from a month (its first day) on, and all that may wait, by team in the order of its name."""
    since = datetime.combine(month, time(0), tzinfo=AMSTERDAM)
    found: dict[Team, list[Case]] = {}
    rows = db.execute(
        text("SELECT team, team_name, received_at, events, moments FROM casus.melding_figures(:since) ORDER BY team_name NULLS LAST"),
        {"since": since},
    )
    for team, name, received_at, events, moments in rows:
        happened = tuple(Event(event, at) for event, at in zip(events, moments, strict=True))
        found.setdefault(Team(team, name), []).append(Case(name, received_at, happened))
    return found
