"""The copy that was asked for, and what goes in it: read as the inwoner, through the same lock as a page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.actor import Actor
from portal.db import Database
from portal.deadlines import TAKING, due
from portal.export_questions import CHANGES, OWN
from portal.exporting import CaseWriter
from portal.secretbox import taking_about, unseal
from portal.settings import Settings
from portal.timeline.queries import contents

_JOINED = "LEFT JOIN casus.entry e ON e.id = l.entry_id\n"
# That a note stood in the wrong dossier is told to the inwoner by somebody, not read in a copy before that.
_TOLD = """WHERE l.event NOT IN ('entry.taken_out', 'entry.put_back', 'entry.moved_away')
  AND NOT starts_with(l.event, 'breach.')
  AND NOT (l.event = 'entry.destroyed'
           AND EXISTS (SELECT FROM casus.change_log w WHERE w.entry_id = l.entry_id AND w.event = 'entry.taken_out'))
"""
_INSTEAD = OWN | {CHANGES: CHANGES.replace(_JOINED, _JOINED + _TOLD)}


@dataclass(frozen=True)
class Taking:
    """The copy of a dossier as it stands: ``done`` of ``total`` steps, ``size`` in bytes, the numbers of the ``entries`` in it."""

    public_id: UUID
    asked_at: datetime
    begun_at: datetime | None
    done: int
    total: int
    failed_at: datetime | None
    made_at: datetime | None
    parts: int
    size: int
    entries: list[int]

    @property
    def until(self) -> datetime | None:
        """Until when it can be fetched; None while it isn't ready."""
        return None if self.made_at is None else due(TAKING, self.made_at)

    @property
    def waits(self) -> bool:
        """Whether it is still to be made, or being made."""
        return self.made_at is None and self.failed_at is None


def own_taking(session: Session, dossier_id: int) -> Taking | None:
    """The copy of this own dossier; None when there is none, or none any more."""
    row = session.execute(
        text(
            "SELECT public_id, asked_at, begun_at, done, total, failed_at, made_at, parts, size, entries FROM portaal.own_taking(:dossier)"
        ),
        {"dossier": dossier_id},
    ).one_or_none()
    return None if row is None else Taking(*row)


@contextmanager
def as_owner(database: Database, owner: Actor, dossier_id: int) -> Iterator[Session]:
    """A session that reads one moment of this dossier as its inwoner, and writes nothing."""
    with database.session(owner, one_moment=True) as session:
        session.execute(text("SET TRANSACTION READ ONLY"))
        session.execute(text("SELECT set_config('casus.dossier', :dossier, true)"), {"dossier": str(dossier_id)})
        yield session


def case_of(session: Session, source: str, progress: Callable[[int], None]) -> CaseWriter:
    """The case file (docs/case-format.md) of the dossier that a session of ``as_owner`` is about, as the inwoner sees it."""
    return CaseWriter(session.connection(), source, progress, _INSTEAD)


def entry_numbers(session: Session) -> list[int]:
    """The numbers of the entries that the inwoner sees, of the dossier that a session of ``as_owner`` is about."""
    return list(session.execute(text("SELECT e.id FROM casus.entry e ORDER BY e.id")).scalars())


def years(session: Session, dossier_id: int) -> dict[int, int]:
    """How many entries the inwoner sees of each year, the newest year first."""
    return contents(session, dossier_id).years


def pieces(database: Database, settings: Settings, owner: Actor, dossier_id: int, taking: Taking) -> Iterator[bytes]:
    """The bytes of a copy that is ready, piece by piece; each asks the lock anew.

    Raises portal.secretbox.SealError, and LookupError when the copy is gone.
    """
    for number in range(1, taking.parts + 1):
        with database.session(owner) as session:
            values = {"dossier": dossier_id, "which": taking.public_id, "number": number}
            sealed = session.execute(text("SELECT portaal.taking_part(:dossier, :which, :number)"), values).scalar()
        if sealed is None:
            raise LookupError("this copy is gone")
        yield unseal(settings.text_key, bytes(sealed), taking_about(taking.public_id, number), settings.text_key_before)
