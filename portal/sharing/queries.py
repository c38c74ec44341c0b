"""Who looked in the dossier, and who may."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Table, false, literal, select
from sqlalchemy.orm import Session

from portal.dossier.models import entry, entry_version, imported_read_line, read_log


@dataclass(frozen=True)
class LookedIn:
    """One line: when, who, in which role, on what ground, and what was shown. ``source``: the other system that wrote it; empty: we did."""

    at: datetime
    name: str
    role: str
    ground: str
    detail: str
    program: str
    what: str
    shown: int
    own: bool
    source: str
    entry_id: UUID | None
    title: str | None


# Lines on one page of the log.
LOG_SIZE = 100


def who_looked(
    session: Session, dossier_id: int, person_id: int, *, before: datetime | None = None
) -> tuple[list[LookedIn], datetime | None]:
    """The newest lines first, and the moment to go on from (None at the end). Only the owner gets any."""
    return _lines(session, read_log, read_log.c.reader_id == person_id, literal(""), dossier_id, before)


def who_looked_elsewhere(session: Session, dossier_id: int, *, before: datetime | None = None) -> tuple[list[LookedIn], datetime | None]:
    """The same of the lines that other systems wrote before the dossier came here."""
    return _lines(session, imported_read_line, false(), imported_read_line.c.source, dossier_id, before)


def _lines(
    session: Session, log: Table, own: ColumnElement[bool], source: ColumnElement[str], dossier_id: int, before: datetime | None
) -> tuple[list[LookedIn], datetime | None]:
    title = (
        select(entry_version.c.title)
        .where(entry_version.c.entry_id == log.c.entry_id)
        .order_by(entry_version.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            log.c.id,
            log.c.at,
            log.c.reader_name,
            log.c.reader_role,
            log.c.ground,
            log.c.ground_detail,
            log.c.program,
            log.c.what,
            log.c.shown,
            own,
            source,
            entry.c.public_id,
            title,
        )
        .join_from(log, entry, entry.c.id == log.c.entry_id, isouter=True)
        .where(log.c.dossier_id == dossier_id)
        .order_by(log.c.at.desc(), log.c.id.desc())
        .limit(LOG_SIZE + 1)
    )
    if before is not None:
        query = query.where(log.c.at < before)
    rows = session.execute(query).all()
    more = rows[LOG_SIZE - 1].at if len(rows) > LOG_SIZE else None
    return [LookedIn(*row[1:]) for row in rows[:LOG_SIZE]], more
