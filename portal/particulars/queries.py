"""Reading what changes about a person. PostgreSQL gives only the rows that the actor may see; nothing here filters by person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.particulars.models import Kind


@dataclass(frozen=True)
class Change:
    """One change as it was written down. ``agreed`` None: it waits for a second one. ``stadsdeel``: its name.

    ``other``: whose dossier is of the same person."""

    public_id: UUID
    kind: Kind
    died_on: date | None
    first_name: str | None
    infix: str | None
    last_name: str | None
    stadsdeel: str | None
    other: str | None
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
    "SELECT c.public_id, c.kind, c.died_on, c.first_name, c.infix, c.last_name, s.name,"
    " nullif(concat_ws(' ', p.first_name, p.infix, p.last_name), ''),"
    " c.proof, c.asked_by_name, c.asked_at, c.agreed, c.answered_by_name, c.answered_at FROM casus.particulars_change c"
    " LEFT JOIN casus.stadsdeel s ON s.id = c.stadsdeel_id LEFT JOIN casus.dossier o ON o.id = c.other_id"
    " LEFT JOIN casus.person p ON p.id = o.inwoner_id WHERE c.dossier_id = :dossier ORDER BY c.id DESC"
)
_TO_AGREE = text(
    "SELECT w.public_id, w.kind, w.died_on, w.first_name, w.infix, w.last_name, w.stadsdeel, w.other, w.proof, w.asked_by_name, w.asked_at,"
    " NULL, NULL, NULL, w.inwoner, w.own FROM casus.particulars_asked() w"
)


def changes(session: Session, dossier_id: int) -> list[Change]:
    """Every change of a dossier, the newest first; for the inwoner's side those that were agreed with."""
    return [_change(row) for row in session.execute(_CHANGES, {"dossier": dossier_id})]


def to_agree(session: Session) -> list[ToAgree]:
    """What waits for a second one where the actor works or leads the team, the oldest first."""
    return [ToAgree(_change(row[:14]), row[14], row[15]) for row in session.execute(_TO_AGREE)]


def stadsdelen(session: Session) -> list[tuple[int, str]]:
    """Every stadsdeel: (number, name)."""
    return [(row[0], row[1]) for row in session.execute(text("SELECT id, name FROM casus.stadsdeel ORDER BY name"))]


@dataclass(frozen=True)
class SamePerson:
    """Another dossier of the same person. ``main``: who signs in for this one opens that one too."""

    inwoner: str
    main: bool
    since: datetime


def same_person(session: Session, dossier_id: int) -> list[SamePerson]:
    """What was made one with a dossier; nothing when the actor doesn't work in it."""
    rows = session.execute(text("SELECT inwoner, main, since FROM casus.same_person_of(:dossier)"), {"dossier": dossier_id})
    return [SamePerson(*row) for row in rows]


@dataclass(frozen=True)
class Treated:
    """A dossier in which the actor works, and whose it is."""

    id: int
    public_id: UUID
    inwoner: str
    birth_date: date


def treated(session: Session) -> list[Treated]:
    """The dossiers in which the actor works, by name; on a page about one dossier that one alone."""
    query = text(
        "SELECT d.id, d.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name), i.birth_date FROM acl.caseload() c"
        " JOIN casus.dossier d ON d.id = c.dossier_id JOIN casus.person p ON p.id = d.inwoner_id"
        " JOIN casus.inwoner i ON i.person_id = p.id ORDER BY 3, 4, 1"
    )
    return [Treated(*row) for row in session.execute(query)]


@dataclass(frozen=True)
class OwnDossier:
    """Another one of the own dossiers. ``team``: its name."""

    public_id: UUID
    opened_on: date
    team: str | None


def other_own_dossiers(session: Session) -> list[OwnDossier]:
    """What who signed in can go on in, beside the dossier that is open now; nothing for nearly everybody."""
    return [OwnDossier(*row) for row in session.execute(text("SELECT public_id, opened_on, team FROM portaal.other_own_dossiers()"))]


def _change(row: tuple[object, ...]) -> Change:
    return Change(row[0], Kind(row[1]), *row[2:])  # type: ignore[arg-type]  # as the statement names them
