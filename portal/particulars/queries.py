"""Reading what changes about a person. PostgreSQL gives only the rows that the actor may see; nothing here filters by person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.particulars.models import Kind


@dataclass(frozen=True)
class Change:
    """One change as it was written down. ``agreed`` None: it waits for a second one. ``stadsdeel``: its name."""

    public_id: UUID
    kind: Kind
    died_on: date | None
    first_name: str | None
    infix: str | None
    last_name: str | None
    stadsdeel: str | None
    proof: str
    asked_by_name: str
    asked_at: datetime
    agreed: bool | None
    answered_by_name: str | None
    answered_at: datetime | None

    @property
    def name(self) -> str:
        """The new name; nothing when the name doesn't change."""
        return " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)


@dataclass(frozen=True)
class ToAgree:
    """One that waits for a second one. ``own``: the actor wrote it down."""

    change: Change
    inwoner: str
    own: bool


_CHANGES = text(
    "SELECT c.public_id, c.kind, c.died_on, c.first_name, c.infix, c.last_name, s.name, c.proof, c.asked_by_name, c.asked_at, c.agreed,"
    " c.answered_by_name, c.answered_at FROM casus.particulars_change c LEFT JOIN casus.stadsdeel s ON s.id = c.stadsdeel_id"
    " WHERE c.dossier_id = :dossier ORDER BY c.id DESC"
)
_TO_AGREE = text(
    "SELECT w.public_id, w.kind, w.died_on, w.first_name, w.infix, w.last_name, w.stadsdeel, w.proof, w.asked_by_name, w.asked_at,"
    " NULL, NULL, NULL, w.inwoner, w.own FROM casus.particulars_asked() w"
)


def changes(session: Session, dossier_id: int) -> list[Change]:
    """Every change of a dossier, the newest first; for the inwoner's side those that were agreed with."""
    return [_change(row) for row in session.execute(_CHANGES, {"dossier": dossier_id})]


def to_agree(session: Session) -> list[ToAgree]:
    """What waits for a second one where the actor works or leads the team, the oldest first."""
    return [ToAgree(_change(row[:13]), row[13], row[14]) for row in session.execute(_TO_AGREE)]


def stadsdelen(session: Session) -> list[tuple[int, str]]:
    """Every stadsdeel: (number, name)."""
    return [(row[0], row[1]) for row in session.execute(text("SELECT id, name FROM casus.stadsdeel ORDER BY name"))]


def _change(row: tuple[object, ...]) -> Change:
    return Change(row[0], Kind(row[1]), *row[2:])  # type: ignore[arg-type]  # as the statement names them
