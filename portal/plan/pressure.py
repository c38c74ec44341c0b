"""Drang and dwang beside a plan, and the copies on paper that wait. PostgreSQL gives only what the actor may see."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.deadlines import AMSTERDAM


@dataclass(frozen=True)
class Pressure:
    """That the help isn't asked for by the inwoner alone, on which ground, through ``until_day`` (None: without end)."""

    public_id: UUID
    kind: int
    ground: str
    from_day: date
    until_day: date | None
    set_by_name: str
    set_at: datetime
    ended_at: datetime | None
    ended_by_name: str | None
    over: bool


def pressures(session: Session, dossier_id: int) -> list[Pressure]:
    """Everything that was ever written down of it, the newest first."""
    rows = session.execute(
        text(
            "SELECT public_id, kind, ground, from_day, until_day, set_by_name, set_at, ended_at, ended_by_name,"
            " ended_at IS NOT NULL OR coalesce(until_day < :today, false)"
            " FROM casus.plan_pressure WHERE dossier_id = :dossier ORDER BY id DESC"
        ),
        {"dossier": dossier_id, "today": datetime.now(AMSTERDAM).date()},
    )
    return [Pressure(*row) for row in rows]
