"""What was asked to be destroyed, and what became of it. PostgreSQL gives only what the actor may know."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal import deadlines
from portal.dossier.models import entry, entry_version
from portal.i18n import lazy, local

TAKEN_BACK, DESTROYED = 0, 1
GROUNDS = {
    2: lazy("Het is heel belangrijk voor iemand anders"),
    3: lazy("Een wet zegt dat het moet blijven"),
}
"""Why an entry may be kept although the inwoner wants it gone: Wmo 2015, article 5.3.5, second paragraph. There is no third ground."""


@dataclass(frozen=True)
class Item:
    """One entry that was asked about. ``outcome``: None waits, 0 taken back, 1 destroyed, 2 and 3 as in GROUNDS, with the reason."""

    entry_id: UUID
    kind: int
    occurred_at: datetime
    author_name: str
    outcome: int | None = None
    reason: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None


@dataclass(frozen=True)
class Question:
    """What an inwoner asked at once, with what became of each entry."""

    public_id: UUID
    asked_at: datetime
    items: list[Item]

    @property
    def answer_due(self) -> datetime:
        """Until when the answer may take (UTC)."""
        return deadlines.due(deadlines.DESTRUCTION_ANSWER, self.asked_at)

    @property
    def due(self) -> datetime:
        """Until when what may go may still be there (UTC)."""
        return deadlines.due(deadlines.DESTRUCTION, self.asked_at)

    @property
    def waiting(self) -> list[Item]:
        """What isn't decided."""
        return [one for one in self.items if one.outcome is None]

    @property
    def destroyed(self) -> list[Item]:
        """What is gone."""
        return [one for one in self.items if one.outcome == DESTROYED]

    @property
    def kept(self) -> list[Item]:
        """What stays, with ground and reason."""
        return [one for one in self.items if one.outcome in GROUNDS]

    @property
    def answered_at(self) -> datetime | None:
        """When the last answer came; None: there is none."""
        return max((one.decided_at for one in [*self.destroyed, *self.kept] if one.decided_at), default=None)

    @property
    def backups_until(self) -> datetime | None:
        """Until when a copy against disasters may still hold what is gone (UTC)."""
        last = max((one.decided_at for one in self.destroyed if one.decided_at), default=None)
        return None if last is None else deadlines.due(deadlines.BACKUP_KEPT, last)


@dataclass(frozen=True)
class Waiting:
    """A question that waits for an answer of the actor, with the entries that the actor can read."""

    question: Question
    dossier_id: UUID
    inwoner_name: str
    entry_numbers: tuple[int, ...]


@dataclass(frozen=True)
class PlanQuestion:
    """That the plan is to be destroyed; ``outcome`` as of an Item."""

    public_id: UUID
    asked_at: datetime
    outcome: int | None
    reason: str | None
    decided_at: datetime | None
    decided_by: str | None

    @property
    def answer_due(self) -> datetime:
        """Until when the answer may take (UTC)."""
        return deadlines.due(deadlines.DESTRUCTION_ANSWER, self.asked_at)

    @property
    def backups_until(self) -> datetime | None:
        """Until when a copy against disasters may still hold it (UTC)."""
        return deadlines.due(deadlines.BACKUP_KEPT, self.decided_at) if self.outcome == DESTROYED and self.decided_at else None


@dataclass(frozen=True)
class PlanWaiting:
    """That question, for who works in the dossier."""

    public_id: UUID
    dossier_id: UUID
    inwoner_name: str
    asked_at: datetime

    @property
    def answer_due(self) -> datetime:
        """Until when the answer may take (UTC)."""
        return deadlines.due(deadlines.DESTRUCTION_ANSWER, self.asked_at)


@dataclass(frozen=True)
class Choice:
    """An entry that can be chosen."""

    id: int
    public_id: UUID
    occurred_at: datetime
    title: str


def own_questions(session: Session, dossier_id: int) -> list[Question]:
    """Everything that was asked in the own dossier, the newest first."""
    rows = session.execute(text("SELECT * FROM casus.own_destructions(:dossier)"), {"dossier": dossier_id})
    return [
        Question(public_id, asked_at, [Item(*row[2:]) for row in some])
        for (public_id, asked_at), some in groupby(rows, key=lambda row: (row.public_id, row.asked_at))
    ]


def waiting(session: Session) -> list[Waiting]:
    """What waits for an answer of the actor, the oldest first."""
    rows = session.execute(text("SELECT * FROM casus.destructions_to_answer()"))
    found = []
    for (public_id, dossier_id, inwoner, asked_at), some in groupby(rows, key=lambda row: tuple(row[:4])):
        parts = list(some)
        items = [Item(*row[5:]) for row in parts]
        found.append(Waiting(Question(public_id, asked_at, items), dossier_id, inwoner, tuple(row.entry_id for row in parts)))
    return found


def choices(session: Session, dossier_id: int) -> dict[int, list[Choice]]:
    """The entries that the inwoner can ask about, by year of the calendar of Amsterdam, the newest first."""
    newest = (
        select(entry_version.c.entry_id, func.max(entry_version.c.number).label("number"))
        .where(entry_version.c.dossier_id == dossier_id)
        .group_by(entry_version.c.entry_id)
        .subquery()
    )
    rows = session.execute(
        select(entry.c.id, entry.c.public_id, entry.c.occurred_at, entry_version.c.title)
        .join(newest, newest.c.entry_id == entry.c.id)
        .join(entry_version, (entry_version.c.entry_id == entry.c.id) & (entry_version.c.number == newest.c.number))
        .where(entry.c.dossier_id == dossier_id, entry.c.audience > 1)
        .order_by(entry.c.occurred_at.desc(), entry.c.id.desc())
    )
    by_year: dict[int, list[Choice]] = {}
    for row in rows:
        by_year.setdefault(local(row.occurred_at).year, []).append(Choice(*row))
    return by_year


def titles(session: Session, entries: list[UUID]) -> dict[UUID, tuple[int, str]]:
    """Number and newest title of those of these entries that the actor can read."""
    rows = session.execute(
        select(entry.c.public_id, entry.c.id, entry_version.c.title)
        .join(entry_version, entry_version.c.entry_id == entry.c.id)
        .where(entry.c.public_id.in_(entries))
        .order_by(entry_version.c.number)
    )
    return {public_id: (number, title) for public_id, number, title in rows}


def plan_questions(session: Session, dossier_id: int) -> list[PlanQuestion]:
    """Each time the inwoner asked to destroy the plan, the newest first."""
    rows = session.execute(text("SELECT * FROM casus.own_plan_destructions(:dossier)"), {"dossier": dossier_id}).mappings()
    return [PlanQuestion(**row) for row in rows]


def plans_waiting(session: Session) -> list[PlanWaiting]:
    """What waits for an answer of the actor about a plan, the oldest first."""
    return [PlanWaiting(*row) for row in session.execute(text("SELECT * FROM casus.plan_destructions_to_answer()"))]


def has_plan(session: Session, dossier_id: int) -> bool:
    """Whether there is something of a plan that the actor can read."""
    statement = text("SELECT EXISTS (SELECT FROM casus.plan_part WHERE dossier_id = :dossier)")
    found: bool = session.execute(statement, {"dossier": dossier_id}).scalar_one()
    return found
