"""Who looked in the dossier, and who may."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.dossier.models import entry, entry_version, read_log


@dataclass(frozen=True)
class LookedIn:
    """One line: when, who, in which role, on what ground, and what was shown."""

    at: datetime
    name: str
    role: str
    ground: str
    detail: str
    program: str
    what: str
    shown: int
    own: bool
    entry_id: UUID | None
    title: str | None


# Lines on one page of the log.
LOG_SIZE = 100


def who_looked(
    session: Session, dossier_id: int, person_id: int, *, before: datetime | None = None
) -> tuple[list[LookedIn], datetime | None]:
    """The newest lines first, and the moment to go on from (None at the end). Only the owner gets any."""
    title = (
        select(entry_version.c.title)
        .where(entry_version.c.entry_id == read_log.c.entry_id)
        .order_by(entry_version.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            read_log.c.id,
            read_log.c.at,
            read_log.c.reader_name,
            read_log.c.reader_role,
            read_log.c.ground,
            read_log.c.ground_detail,
            read_log.c.program,
            read_log.c.what,
            read_log.c.shown,
            read_log.c.reader_id == person_id,
            entry.c.public_id,
            title,
        )
        .join_from(read_log, entry, entry.c.id == read_log.c.entry_id, isouter=True)
        .where(read_log.c.dossier_id == dossier_id)
        .order_by(read_log.c.at.desc(), read_log.c.id.desc())
        .limit(LOG_SIZE + 1)
    )
    if before is not None:
        query = query.where(read_log.c.at < before)
    rows = session.execute(query).all()
    more = rows[LOG_SIZE - 1].at if len(rows) > LOG_SIZE else None
    return [LookedIn(*row[1:]) for row in rows[:LOG_SIZE]], more
