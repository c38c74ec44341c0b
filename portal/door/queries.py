"""What a professional sees before opening a dossier or giving a code."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

_INFIXES = frozenset(
    ("van", "von", "de", "der", "den", "het", "'t", "te", "ter", "ten", "el", "al", "la", "le", "da", "di", "du", "dos", "in", "op", "'s")
)


@dataclass(frozen=True)
class MeldingToOpen:
    """Of a melding, what goes along into a dossier."""

    public_id: UUID
    number: str
    name: str
    address: str | None
    postcode: str | None
    has_words: bool
    has_dossier: bool
    dossier: UUID | None
    """The dossier that came of it, for who may open it."""

    @property
    def name_parts(self) -> tuple[str, str, str]:
        """First name, infix and last name, as good as they can be told from one line; a person corrects them."""
        words = self.name.split()
        first, rest = words[:1], words[1:]
        cut = 0
        while cut < len(rest) - 1 and rest[cut].lower() in _INFIXES:
            cut += 1
        return " ".join(first), " ".join(rest[:cut]), " ".join(rest[cut:])


@dataclass(frozen=True)
class Found:
    """A dossier in which the actor works, of somebody of this name and birth date."""

    public_id: UUID
    name: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True)
class ResidentAccount:
    """What the team sees of an inwoner's account."""

    username: str
    signed_in_before: bool
    """Whether the inwoner has a password and an app now."""
    in_use: bool
    """Whether that was ever so; then a colleague confirms a new code."""
    code_until: datetime | None
    email: str | None
    waiting_email: str | None
    """An e-mail address that the inwoner has not confirmed yet."""


@dataclass(frozen=True)
class Inwoner:
    """Whom a letter goes to, and in which language."""

    person_id: int
    first_name: str
    name: str
    language: str
    email: str | None
    street: str | None
    postcode: str | None
    team_id: int | None
    """The team that keeps the dossier, which prints the letter."""


def melding_to_open(db: Session, public_id: UUID) -> MeldingToOpen | None:
    """The melding, or None when there is none for this actor; that it was opened is written down (casus.melding_opened)."""
    row = db.execute(
        text(
            "SELECT m.public_id, m.number, m.name, m.address, m.postcode, m.words <> '' AND m.for_whom = 'zelf', m.dossier_id IS NOT NULL,"
            " d.public_id"
            " FROM casus.melding m LEFT JOIN casus.dossier d ON d.id = m.dossier_id WHERE m.public_id = :id"
        ),
        {"id": public_id},
    ).one_or_none()
    if row is None:
        return None
    db.execute(text("SELECT casus.melding_opened(:id)"), {"id": public_id})
    return MeldingToOpen(*row)


def find_own(db: Session, first_name: str, infix: str | None, last_name: str, birth_date: date) -> list[Found]:
    """Dossiers in which the actor works, of somebody of exactly this name (capitals apart) and birth date."""
    rows = db.execute(
        text(
            "SELECT d.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name), d.opened_on, d.closed_on"
            " FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id JOIN casus.inwoner i ON i.person_id = p.id"
            " WHERE i.birth_date = :birth"
            " AND lower(concat_ws(' ', p.first_name, p.infix, p.last_name)) = lower(:name)"
            " ORDER BY d.opened_on DESC, d.id DESC"
        ),
        {"birth": birth_date, "name": " ".join(part for part in (first_name, infix, last_name) if part)},
    )
    return [Found(*row) for row in rows]


def resident_account(db: Session, dossier: UUID) -> ResidentAccount | None:
    """The inwoner's account; None before there is one."""
    row = db.execute(text("SELECT * FROM portaal.resident_account(:dossier)"), {"dossier": dossier}).mappings().one_or_none()
    return ResidentAccount(**row) if row is not None else None


@dataclass(frozen=True)
class AskedRenewal:
    """What the actor asked colleagues about this inwoner. ``decision``: of commands.RENEWAL_CHECKS, "nee", or None while it waits."""

    asked_at: datetime
    decision: str | None
    decided_by: str | None


def asked_renewal(db: Session, dossier: UUID) -> AskedRenewal | None:
    """The newest, as long as it waits or may be used; None when the actor asked nothing."""
    row = db.execute(text("SELECT * FROM portaal.asked_renewal(:dossier)"), {"dossier": dossier}).mappings().one_or_none()
    return AskedRenewal(**row) if row is not None else None


@dataclass(frozen=True)
class RenewalToConfirm:
    """A colleague asks whether this inwoner may get a new start code. ``how``: of commands.RENEWAL_CHECKS."""

    public_id: UUID
    asked_at: datetime
    asked_by: str
    how: str
    name: str


def renewals_to_confirm(db: Session) -> list[RenewalToConfirm]:
    """What the actor may confirm, oldest first."""
    return [RenewalToConfirm(**row) for row in db.execute(text("SELECT * FROM portaal.renewals_to_confirm()")).mappings()]


@dataclass(frozen=True)
class SignInRequest:
    """Somebody said that signing in doesn't work. ``dossier``: of whom it fits, for who works there."""

    public_id: UUID
    made_at: datetime
    lost: str
    name: str
    birth_date: date
    username: str
    reach: str
    dossier: UUID | None


def sign_in_requests(db: Session) -> list[SignInRequest]:
    """What waits for the actor, oldest first; that the actor read each is written down."""
    return [SignInRequest(**row) for row in db.execute(text("SELECT * FROM portaal.sign_in_requests()")).mappings()]


def inwoner(db: Session, dossier_id: int) -> Inwoner:
    """Whose dossier this is, as the actor may see it."""
    row = db.execute(
        text(
            "SELECT p.id, p.first_name, concat_ws(' ', p.first_name, p.infix, p.last_name), i.language, i.email,"
            " a.street, a.postcode, d.team_id"
            " FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id JOIN casus.inwoner i ON i.person_id = p.id"
            " LEFT JOIN casus.address a ON a.person_id = p.id WHERE d.id = :dossier"
        ),
        {"dossier": dossier_id},
    ).one()
    return Inwoner(*row)
