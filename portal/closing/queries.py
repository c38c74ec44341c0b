"""What is closed and for whom it can be, and what was read in an emergency. PostgreSQL gives only what the actor may know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal import deadlines


@dataclass(frozen=True)
class Somebody:
    """Somebody for whom an entry can be closed; ``responsible``: keeps reading when it is closed for all others."""

    public_id: UUID
    name: str
    relation: str
    detail: str
    responsible: bool


@dataclass(frozen=True)
class Closure:
    """An entry is closed for ``person``, or (None) for everybody but the professional who is responsible."""

    public_id: UUID
    person: str | None
    since: datetime


@dataclass(frozen=True)
class Closed:
    """An entry that the inwoner closed, for ``person`` or (None) for everybody but who goes on reading."""

    entry: UUID
    title: str
    person: str | None
    since: datetime
    number: int


@dataclass(frozen=True)
class Emergency:
    """Somebody read in an emergency; ``justified`` is None until a team lead looked at it."""

    name: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    reviewed_at: datetime | None
    reviewer: str | None
    justified: bool | None
    judgement: str | None


@dataclass(frozen=True)
class Review:
    """An emergency reading that waits for a team lead; ``lines`` is how many pages were opened."""

    public_id: UUID
    reader: str
    inwoner: str
    reason: str
    opened_at: datetime
    lines: int


@dataclass(frozen=True)
class AccessNotice:
    """The inwoner changed what this professional may see, and wished to tell."""

    public_id: UUID
    dossier_id: UUID
    inwoner: str
    made_at: datetime


def closable_for(session: Session, entry_id: UUID) -> list[Somebody]:
    """Everybody who can read the entry today, but for the inwoner and who wrote it. Nobody when it isn't the actor's own dossier."""
    return [Somebody(*row) for row in session.execute(text("SELECT * FROM acl.closable_for(:entry)"), {"entry": entry_id})]


def closures(session: Session, entry_id: UUID) -> list[Closure]:
    """What the inwoner closed of an entry, oldest first."""
    return [Closure(*row) for row in session.execute(text("SELECT * FROM acl.own_closures(:entry)"), {"entry": entry_id})]


def goes_on_reading(session: Session, entry_id: UUID) -> list[str]:
    """The names of who reads on when the entry is closed for everybody else."""
    return [row[0] for row in session.execute(text("SELECT name FROM acl.goes_on_reading(:entry)"), {"entry": entry_id})]


def all_closed(session: Session, dossier_id: int) -> list[Closed]:
    """What the inwoner closed in the own dossier and did not open again, the newest first. Nothing for anybody else."""
    query = (
        "SELECT c.entry, (SELECT v.title FROM casus.entry_version v WHERE v.entry_id = e.id ORDER BY v.number DESC LIMIT 1),"
        " c.person, c.since, e.id"
        " FROM acl.all_own_closures(:dossier) c JOIN casus.entry e ON e.public_id = c.entry ORDER BY c.since DESC, e.id, c.person"
    )
    return [Closed(*row) for row in session.execute(text(query), {"dossier": dossier_id})]


def emergencies(session: Session, dossier_id: int) -> list[Emergency]:
    """Who read in an emergency, newest first; for the inwoner and who represents them."""
    return [Emergency(*row) for row in session.execute(text("SELECT * FROM acl.emergencies(:dossier)"), {"dossier": dossier_id})]


_SEEN = text(
    "SELECT (SELECT max(c.at) FROM casus.change_log c WHERE c.dossier_id = :dossier AND c.event = 'dossier.resumed') AS back,"
    " (SELECT max(l.at) FROM casus.read_log l WHERE l.dossier_id = :dossier AND l.reader_id = :me AND l.what = 'logboek') AS looked"
)


def emergencies_to_show(session: Session, dossier_ids: list[int], person_id: int, now: datetime) -> list[tuple[int, Emergency]]:
    """Those that stand on the start page of this person, with their dossier: until they were read with the judgement, or are long ago.

    While a dossier is out of sight nobody reads it, so deadlines.EMERGENCY_SHOWN counts from when it was back.
    """
    found = []
    for dossier_id in dossier_ids:
        read = emergencies(session, dossier_id)
        if not read:
            continue
        back, looked = session.execute(_SEEN, {"dossier": dossier_id, "me": person_id}).one()
        for one in read:
            is_read = one.reviewed_at is not None and looked is not None and looked > one.reviewed_at
            since = max(one.opened_at, back) if back is not None else one.opened_at
            if not is_read and not deadlines.is_over(deadlines.EMERGENCY_SHOWN, since, now):
                found.append((dossier_id, one))
    return found


def emergency_until(session: Session, dossier_id: UUID) -> datetime | None:
    """Until when the actor reads in an emergency in this dossier; None: not now."""
    until: datetime | None = session.execute(text("SELECT acl.emergency_until(:dossier)"), {"dossier": dossier_id}).scalar()
    return until


def emergencies_to_review(session: Session) -> list[Review]:
    """What waits for this team lead, oldest first."""
    return [Review(*row) for row in session.execute(text("SELECT * FROM acl.emergencies_to_review()"))]


def access_notices(session: Session) -> list[AccessNotice]:
    """What inwoners wished to tell this professional, oldest first."""
    return [AccessNotice(*row) for row in session.execute(text("SELECT * FROM acl.access_notices()"))]
