"""Entries that stood in the wrong dossier. PostgreSQL gives only what the actor has to do with, and never a word of the entry."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal import deadlines


@dataclass(frozen=True)
class Breach:
    """The record of one entry that stood in the dossier of ``inwoner``; ``own``: the actor took it out.

    ``proposed_id`` and ``proposed_name``: the dossier that who took it out named, and whose it is; None: none, or it was decided.
    """

    public_id: UUID
    dossier_id: UUID
    inwoner: str
    kind: int
    occurred_at: datetime
    author_name: str
    reason: str
    found_at: datetime
    found_by: str
    own: bool
    decided_at: datetime | None
    decided_by: str | None
    decision: str | None
    moved_to: str | None
    reported: bool | None
    report_why: str | None
    reported_at: datetime | None
    told_on: date | None
    told_how: str | None
    other_told_on: date | None
    other_told_how: str | None
    proposed_id: UUID | None
    proposed_name: str | None

    @property
    def confirm_due(self) -> datetime:
        """Until when a second professional may take (UTC)."""
        return deadlines.due(deadlines.WRONG_ENTRY, self.found_at)

    @property
    def report_due(self) -> datetime:
        """Until when a report to the Autoriteit Persoonsgegevens may take (UTC)."""
        return deadlines.due(deadlines.BREACH, self.found_at)

    @property
    def waits(self) -> bool:
        """Whether something is still to be done."""
        if self.decision == "terug":
            return False
        told = self.told_on is not None and (self.reason == "onbekend" or self.other_told_on is not None)
        return self.decision is None or self.reported is None or not told


@dataclass(frozen=True)
class Reader:
    """Somebody who had the entry on the page, ``times`` times, from the log."""

    name: str
    role: str
    times: int
    last_at: datetime


def breaches(session: Session) -> list[Breach]:
    """Every record that the actor has to do with, oldest first."""
    return [Breach(*row) for row in session.execute(text("SELECT * FROM casus.breaches()"))]


def readers(session: Session, breach: UUID) -> list[Reader]:
    """Who saw the entry where it stood wrong, last reader first."""
    return [Reader(*row) for row in session.execute(text("SELECT * FROM casus.breach_readers(:breach)"), {"breach": breach})]
