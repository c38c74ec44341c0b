"""Reading wishes for who helps. PostgreSQL gives only the rows that the actor may see; nothing here filters by person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal import deadlines
from portal.choice.models import Tell


@dataclass(frozen=True)
class Chosen:
    """Somebody who was chosen; ``yes`` None: no answer yet."""

    name: str
    waits: bool
    yes: bool | None
    reason: str


@dataclass(frozen=True)
class Wish:
    """A wish as the inwoner sent it, and what came of it. ``helper`` with ``from_day``: who helps from that day on."""

    public_id: UUID
    team: str
    anybody: bool
    words: str
    tell: Tell
    meet: bool
    sent_at: datetime
    withdrawn_at: datetime | None
    answered_at: datetime | None
    reason: str
    helper: str | None
    from_day: date | None
    chosen: list[Chosen]

    @property
    def waits(self) -> bool:
        """Whether there is no answer yet."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def due(self) -> datetime:
        """Until when there should be an answer."""
        return deadlines.due(deadlines.WISH_ANSWER, self.sent_at)


@dataclass(frozen=True)
class ToAnswer:
    """What somebody of the team has to answer. ``place``: which choice of the inwoner it is; ``leads``: as who leads the team."""

    wish: UUID
    inwoner: str
    language: str
    words: str
    tell: Tell
    meet: bool
    sent_at: datetime
    place: int | None
    chosen: str | None
    waits: bool | None
    leads: bool

    @property
    def due(self) -> datetime:
        """Until when there should be an answer."""
        return deadlines.due(deadlines.WISH_ANSWER, self.sent_at)


@dataclass(frozen=True)
class WithoutHelper:
    """A dossier in which nobody is responsible."""

    dossier: UUID
    inwoner: str
    language: str


@dataclass(frozen=True)
class Told:
    """Whom somebody else helps from that day on."""

    inwoner: str
    from_day: date


_NAME = "concat_ws(' ', p.first_name, p.infix, p.last_name)"


def wishes(session: Session, dossier_id: int) -> list[Wish]:
    """Every wish of a dossier, the newest first."""
    values = {"dossier": dossier_id}
    chosen: dict[int, list[Chosen]] = {}
    for row in session.execute(
        text(
            f"SELECT c.wish_id, {_NAME} AS name, c.waits, c.yes, c.reason FROM casus.wish_choice c JOIN casus.person p ON p.id = c.staff_id"  # noqa: S608
            " WHERE c.dossier_id = :dossier ORDER BY c.place"
        ),
        values,
    ):
        chosen.setdefault(row.wish_id, []).append(Chosen(row.name, row.waits, row.yes, row.reason))
    rows = session.execute(
        text(
            f"SELECT w.id, w.public_id, t.name AS team, w.anybody, w.words, w.tell, w.meet, w.sent_at, w.withdrawn_at,"  # noqa: S608
            f" w.answered_at, w.reason, nullif({_NAME}, '') AS helper, w.from_day FROM casus.wish w JOIN casus.team t ON t.id = w.team_id"
            " LEFT JOIN casus.person p ON p.id = w.helper_id WHERE w.dossier_id = :dossier ORDER BY w.id DESC"
        ),
        values,
    ).mappings()
    return [
        Wish(**{**{name: row[name] for name in row if name != "id"}, "tell": Tell(row["tell"])}, chosen=chosen.get(row["id"], []))
        for row in rows
    ]


def to_answer(session: Session) -> list[ToAnswer]:
    """What waits for the actor, the oldest first."""
    rows = session.execute(text("SELECT * FROM casus.wishes_to_answer()")).mappings()
    return [ToAnswer(**{**row, "tell": Tell(row["tell"])}) for row in rows]


def without_helper(session: Session) -> list[WithoutHelper]:
    """Dossiers of the actor's team in which nobody is responsible, the oldest first."""
    return [WithoutHelper(**row) for row in session.execute(text("SELECT * FROM casus.without_helper()")).mappings()]


def told(session: Session) -> list[Told]:
    """Whom somebody else helps, or soon, instead of the actor."""
    return [Told(**row) for row in session.execute(text("SELECT * FROM casus.changes_told()")).mappings()]
