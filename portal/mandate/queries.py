"""Who acts for an inwoner, and what waits for a second professional. Only what the actor may know."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.mandate.models import Ground
from portal.sharing.queries import is_asked_again, today


@dataclass(frozen=True)
class Mandate:
    """Somebody acts for the inwoner. Days are included.

    Empty ``proof`` and ``scope``: nobody wrote it down. ``needs_code``: never came in.
    """

    public_id: UUID
    person: UUID
    name: str
    ground: str
    proof: str
    proof_seen_on: date | None
    scope: str
    valid_from: date
    valid_until: date | None
    withdrawn_at: datetime | None
    opens_log: bool
    opens_sharing: bool
    asked_by: str | None
    agreed_by: str | None
    needs_code: bool
    confirmed_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether it holds no more, nor will."""
        return self.withdrawn_at is not None or (self.valid_until is not None and self.valid_until < today())

    @property
    def own_choice(self) -> bool:
        """Whether the inwoner gave it, and so can end it; a judge gave the others."""
        return self.ground == Ground.GEMACHTIGDE

    @property
    def asked_again(self) -> bool:
        """Whether the inwoner, who gave it, is asked whether it still holds."""
        return self.own_choice and not self.is_over and is_asked_again(self.valid_from, self.confirmed_at, today())


@dataclass(frozen=True)
class AskedFor:
    """A mandate that waits for a second professional. ``own``: the actor asked it, so somebody else has to agree."""

    public_id: UUID
    dossier_id: UUID
    inwoner: str
    name: str
    ground: str
    proof: str
    proof_seen_on: date
    scope: str
    valid_from: date
    valid_until: date | None
    opens_log: bool
    opens_sharing: bool
    asked_by: str
    asked_at: datetime
    own: bool


@dataclass(frozen=True)
class Looked:
    """Somebody of the team, or a program, looked: when, who, in which role, and what (as in casus.read_log); ``title``: of that entry."""

    at: datetime
    name: str
    role: str
    what: str
    entry: UUID | None
    title: str | None


# Lines on one page of the log.
LOG_SIZE = 100


def mandates_of(session: Session, dossier: UUID) -> list[Mandate]:
    """Every mandate of a dossier in which the actor works, or that is the actor's own; the newest first."""
    rows = session.execute(text("SELECT * FROM acl.mandates_of(:dossier)"), {"dossier": dossier})
    return [Mandate(*row) for row in rows]


def to_ask_again(session: Session, dossier_id: int) -> bool:
    """Whether the inwoner of this dossier is asked whether a mandate still holds."""
    rows = session.execute(
        text(
            "SELECT m.valid_from, m.confirmed_at FROM casus.mandate m WHERE m.dossier_id = :dossier AND m.ground = :ground"
            " AND m.withdrawn_at IS NULL AND (m.valid_until IS NULL OR m.valid_until >= :today)"
        ),
        {"dossier": dossier_id, "ground": Ground.GEMACHTIGDE, "today": today()},
    )
    return any(is_asked_again(row[0], row[1], today()) for row in rows)


def asked_for(session: Session) -> list[AskedFor]:
    """What waits for a second professional, where the actor works or leads the team; oldest first."""
    return [AskedFor(*row) for row in session.execute(text("SELECT * FROM acl.mandates_asked()"))]


def mandate_names(session: Session, dossier_id: int) -> frozenset[str]:
    """What the actor's mandates name besides this dossier itself: "log", "sharing"."""
    return frozenset(session.execute(text("SELECT acl.mandate_names(:dossier)"), {"dossier": dossier_id}).scalar_one())


def log_for(session: Session, dossier: UUID, *, before: datetime | None = None) -> tuple[list[Looked], datetime | None]:
    """Who looked, the newest lines first, and the moment to go on from (None at the end)."""
    query = (
        "SELECT l.at, l.name, l.role, l.what, e.public_id,"
        " (SELECT v.title FROM casus.entry_version v WHERE v.entry_id = e.id ORDER BY v.number DESC LIMIT 1)"
        " FROM acl.mandate_log(:dossier, :before, :size) l LEFT JOIN casus.entry e ON e.id = l.entry_id ORDER BY l.at DESC"
    )
    rows = session.execute(text(query), {"dossier": dossier, "before": before, "size": LOG_SIZE + 1}).all()
    more = rows[LOG_SIZE - 1].at if len(rows) > LOG_SIZE else None
    return [Looked(*row) for row in rows[:LOG_SIZE]], more
