"""Reading what was said when looking back. PostgreSQL gives only the rows that the actor may see; nothing here filters by person."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.evaluation.models import Side


@dataclass(frozen=True)
class Look:
    """What somebody said last, at one moment. ``goals``: how far each was reached, by its number."""

    side: int
    author_id: int
    number: int
    author_name: str
    way: str
    content: int | None
    words: str
    anchored: str
    together: int | None
    together_words: str
    safe: int | None
    fits: int | None
    written_at: datetime
    goals: dict[int, int]


@dataclass(frozen=True)
class Evaluation:
    """A moment of looking back: planned, or with what came of it. Days are Amsterdam's."""

    id: int
    public_id: UUID
    kind: int
    planned_on: date
    place: str
    about_pgb: bool
    others: str
    planned_by_name: str
    outcome: int | None
    reason: str
    settled_by_name: str | None
    settled_at: datetime | None
    people: list[int]
    looks: list[Look]

    @property
    def is_ahead(self) -> bool:
        """Whether nothing came of it yet."""
        return self.settled_at is None

    def judges(self, goal: int) -> bool:
        """Whether somebody said how far this goal is."""
        return any(goal in look.goals for look in self.looks)

    def of(self, side: Side) -> list[Look]:
        """What was said from one side, the newest first."""
        return [look for look in self.looks if look.side == side]

    def own(self, person_id: int, side: Side) -> Look | None:
        """What somebody said last from a side."""
        return next((look for look in self.of(side) if look.author_id == person_id), None)


_ALL = text(
    "SELECT e.id, e.public_id, e.kind, e.planned_on, e.place, e.about_pgb, e.others, e.planned_by_name, e.outcome, e.reason,"
    " e.settled_by_name, e.settled_at,"
    " ARRAY(SELECT p.person_id FROM casus.evaluation_person p WHERE p.evaluation_id = e.id ORDER BY 1) AS people,"
    " (SELECT jsonb_agg(s.look ORDER BY s.written_at DESC) FROM ("
    "  SELECT DISTINCT ON (l.side, l.author_id) l.written_at, to_jsonb(l) || jsonb_build_object('goals',"
    "   (SELECT jsonb_object_agg(g.part_id, g.result) FROM casus.evaluation_goal g"
    "    WHERE g.evaluation_id = l.evaluation_id AND g.side = l.side AND g.author_id = l.author_id AND g.number = l.number)) AS look"
    "  FROM casus.evaluation_look l WHERE l.evaluation_id = e.id ORDER BY l.side, l.author_id, l.number DESC) s) AS looks"
    " FROM casus.evaluation e WHERE e.dossier_id = :dossier ORDER BY e.settled_at DESC NULLS FIRST, e.id DESC"
)
_ALONG = text(
    "SELECT to_jsonb(l) || jsonb_build_object('goals', (SELECT jsonb_object_agg(g.part_id, g.result) FROM casus.evaluation_goal g"
    " WHERE g.evaluation_id = l.evaluation_id AND g.side = l.side AND g.author_id = l.author_id AND g.number = l.number))"
    " FROM casus.evaluation_look l WHERE l.dossier_id = :dossier AND l.author_id = :person AND l.side = 3"
    " ORDER BY l.evaluation_id DESC, l.number DESC LIMIT 1"
)


def evaluations(session: Session, dossier_id: int) -> list[Evaluation]:
    """Every moment of a dossier with what each said last, what lies ahead first; in one statement."""
    return [Evaluation(*(*row[:13], [_look(look) for look in row.looks or []])) for row in session.execute(_ALL, {"dossier": dossier_id})]


def said_along(session: Session, dossier_id: int, person_id: int) -> Look | None:
    """What somebody who was asked along said last; of a moment that has an outcome PostgreSQL shows them nothing."""
    found = session.execute(_ALONG, {"dossier": dossier_id, "person": person_id}).scalar_one_or_none()
    return _look(found) if found else None


def _look(row: dict[str, Any]) -> Look:
    given = {int(number): int(result) for number, result in (row["goals"] or {}).items()}
    said = {one.name: row[one.name] for one in fields(Look)}
    return Look(**{**said, "written_at": datetime.fromisoformat(row["written_at"]), "goals": given})


@dataclass(frozen=True)
class Moment:
    """A moment to which the inwoner asked the actor along."""

    dossier_id: int
    public_id: UUID
    planned_on: date
    place: str


def asked_to(session: Session) -> list[Moment]:
    """The moments that lie ahead to which the actor was asked, the nearest first."""
    return [Moment(*row) for row in session.execute(text("SELECT dossier_id, id, planned_on, place FROM acl.moments_asked_to()"))]
