"""Who works here, as the actor may manage them. PostgreSQL decides who that is (migrations/rls/45_staff_functions.sql)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.actor import Kind


@dataclass(frozen=True)
class StaffMember:
    """Somebody who works here, or who left in the last year."""

    public_id: UUID
    name: str
    job_title: str
    role: str
    team_public_id: UUID | None
    team_name: str | None
    joined_on: date
    left_on: date | None
    username: str | None
    signed_in_before: bool
    """Whether this person finished the first time: has a password and an app."""
    code_until: datetime | None
    """The start code that was given out works until then."""
    dossiers: int
    away_until: date | None
    substitute_name: str | None
    is_self: bool


@dataclass(frozen=True)
class Choice:
    """A team or a colleague to choose."""

    public_id: UUID
    name: str


@dataclass(frozen=True)
class ConceptsLeft:
    """How many concepts somebody who left did not place; saved last at ``saved_at``."""

    author_name: str
    concepts: int
    saved_at: datetime


def staff_members(db: Session) -> list[StaffMember]:
    """Everybody the actor manages, by last name."""
    rows = db.execute(text("SELECT * FROM casus.staff_overview()")).mappings()
    return [StaffMember(**row) for row in rows]


def staff_member(db: Session, public_id: UUID) -> StaffMember | None:
    """Somebody who works here now and whom the actor manages; None otherwise, whether the person exists or not."""
    return next((member for member in staff_members(db) if member.public_id == public_id and member.left_on is None), None)


def teams(db: Session, kind: Kind) -> list[Choice]:
    """The teams in which the actor may place people: a teamleider's own, a beheerder's all."""
    rows = db.execute(
        text("SELECT t.public_id, t.name FROM casus.team t WHERE :every OR t.id = acl.team_id() ORDER BY t.name"),
        {"every": kind is Kind.BEHEERDER},
    ).mappings()
    return [Choice(**row) for row in rows]


def possible_substitutes(db: Session, instead_of: UUID) -> list[Choice]:
    """Colleagues who can stand in: professionals and team leads who work here today."""
    rows = db.execute(
        text(
            "SELECT p.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name)"
            " || coalesce(' (' || t.name || ')', '') AS name"
            " FROM casus.staff s JOIN casus.person p ON p.id = s.person_id LEFT JOIN casus.team t ON t.id = s.team_id"
            " WHERE s.role IN ('professional', 'teamleider') AND s.joined_on <= acl.today()"
            " AND (s.left_on IS NULL OR s.left_on > acl.today()) AND p.public_id <> :instead_of"
            " ORDER BY t.name, p.last_name, p.first_name"
        ),
        {"instead_of": instead_of},
    ).mappings()
    return [Choice(**row) for row in rows]


@dataclass(frozen=True)
class DaysOff:
    """Days on which the actor is away, both included; ``ahead``: they haven't begun. ``substitute`` None: nobody stands in."""

    first_day: date
    last_day: date
    substitute: str | None
    ahead: bool


def own_days_off(db: Session, person: int) -> list[DaysOff]:
    """The actor's own, of today and later."""
    rows = db.execute(
        text(
            "SELECT b.from_date, b.until_date, nullif(concat_ws(' ', p.first_name, p.infix, p.last_name), ''), b.from_date > acl.today()"
            " FROM casus.absence b LEFT JOIN casus.person p ON p.id = b.substitute_id"
            " WHERE b.staff_id = :person AND b.until_date >= acl.today() ORDER BY b.from_date, b.id"
        ),
        {"person": person},
    )
    return [DaysOff(*row) for row in rows]


def team_mates(db: Session, person: int) -> list[Choice]:
    """Colleagues of the own team who can stand in."""
    rows = db.execute(
        text(
            "SELECT p.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name) AS name"
            " FROM casus.staff s JOIN casus.person p ON p.id = s.person_id JOIN casus.staff me ON me.team_id = s.team_id"
            " WHERE me.person_id = :person AND s.person_id <> :person AND s.role IN ('professional', 'teamleider')"
            " AND s.joined_on <= acl.today() AND (s.left_on IS NULL OR s.left_on > acl.today()) ORDER BY p.last_name, p.first_name"
        ),
        {"person": person},
    ).mappings()
    return [Choice(**row) for row in rows]


def concepts_left_behind(db: Session) -> list[ConceptsLeft]:
    """Concepts whose author left, without their words."""
    rows = db.execute(text("SELECT * FROM casus.concepts_left_behind()")).mappings()
    return [ConceptsLeft(**row) for row in rows]
