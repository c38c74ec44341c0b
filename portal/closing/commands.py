"""Closing and opening again, and reading in an emergency. PostgreSQL checks the actor and does each in one function."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.queries import DossierView, EntryView
from portal.policy import Asked, Permission, require


def close_entry(session: Session, asked: Asked, which: EntryView, *, person: UUID | None, tell: bool) -> bool:
    """Closes an entry for one person, or (None) for all but the responsible professional; what those were writing about it ends too.

    ``tell``: the professionals it is closed for read that something changed. Gives whether there was anybody to close it for.
    """
    require(Permission.CLOSE_ENTRY, asked)
    values = {"entry": which.public_id, "person": person, "tell": tell}
    closed = bool(session.execute(text("SELECT acl.close_entry(:entry, :person, :tell)"), values).scalar())
    if closed:
        record(session, Event.CLOSING_MADE, dossier_id=which.dossier_id, entry_id=which.id)
    return closed


def reopen_entry(session: Session, asked: Asked, which: EntryView, closure_id: UUID) -> bool:
    """Opens again what the inwoner closed. Gives whether there was such a closure."""
    require(Permission.CLOSE_ENTRY, asked)
    values = {"entry": which.public_id, "closure": closure_id}
    opened = bool(session.execute(text("SELECT acl.reopen_entry(:entry, :closure)"), values).scalar())
    if opened:
        record(session, Event.CLOSING_ENDED, dossier_id=which.dossier_id, entry_id=which.id)
    return opened


def open_emergency(session: Session, asked: Asked, about: DossierView, reason: str) -> None:
    """For 24 hours the actor reads what was closed for all but the responsible professional; the inwoner is told and reads the reason."""
    require(Permission.OPEN_EMERGENCY, asked)
    values = {"dossier": about.public_id, "reason": reason}
    if session.execute(text("SELECT acl.open_emergency(:dossier, :reason)"), values).scalar():
        record(session, Event.EMERGENCY_OPENED, dossier_id=about.id)


def review_emergency(session: Session, asked: Asked, reading: UUID, *, justified: bool, words: str) -> bool:
    """A team lead's judgement, which the inwoner reads. Gives whether it waited for this team lead."""
    require(Permission.REVIEW_EMERGENCY, asked)
    values = {"reading": reading, "justified": justified, "words": words}
    return bool(session.execute(text("SELECT acl.review_emergency(:reading, :justified, :words)"), values).scalar())


def notice_seen(session: Session, asked: Asked, notice: UUID) -> None:
    """Takes what an inwoner told from the worklist."""
    require(Permission.SEE_CASELOAD, asked)
    session.execute(text("SELECT acl.access_notice_seen(:notice)"), {"notice": notice})
