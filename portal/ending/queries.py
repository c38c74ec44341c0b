"""Reading how help ends. PostgreSQL gives only the rows that the actor may see; nothing here filters by person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal import deadlines


@dataclass(frozen=True)
class Ending:
    """How the help of a dossier ends, or ended. Numbers as in models.py; days are Amsterdam's, ``ends_on`` is the last."""

    dossier_id: int
    public_id: UUID
    kind: int
    weighty: int | None
    ends_on: date
    reason: str
    onward: str
    warned: str
    not_evaluated: str
    near_until: date | None
    near_by_name: str
    near_words: str
    made_by_name: str
    made_at: datetime
    agreed_by_name: str | None
    choice: int | None
    words: str
    way: str | None
    answered_by_name: str | None
    done_at: datetime | None
    back_at: datetime | None

    @property
    def answer_until(self) -> datetime:
        """Until when the inwoner has time to answer."""
        return deadlines.due(deadlines.ENDING_ANSWER, self.made_at)

    @property
    def waits_for_a_second(self) -> bool:
        """Whether a second one has to agree first."""
        return self.kind >= 4 and self.agreed_by_name is None

    def can_be_done(self, now: datetime) -> bool:
        """Whether it can be finished: the inwoner answered or had the time, and a second one agreed where that is needed."""
        return self.done_at is None and not self.waits_for_a_second and (self.choice is not None or now >= self.answer_until)


_ENDINGS = text(
    "SELECT x.dossier_id, x.public_id, x.kind, x.weighty, x.ends_on, x.reason, x.onward, x.warned, x.not_evaluated, x.near_until,"
    " x.near_by_name, x.near_words, x.made_by_name, x.made_at, x.agreed_by_name, x.choice, x.words, x.way, x.answered_by_name, x.done_at,"
    " x.back_at FROM casus.ending x WHERE x.withdrawn_at IS NULL AND (CAST(:dossier AS int) IS NULL OR x.dossier_id = :dossier)"
    " ORDER BY x.id DESC"
)


def endings(session: Session, dossier_id: int) -> list[Ending]:
    """Every ending of a dossier that wasn't taken back, the newest first."""
    return [Ending(*row) for row in session.execute(_ENDINGS, {"dossier": dossier_id})]


def current(session: Session, dossier_id: int) -> Ending | None:
    """The ending that is going on, or that ended the help; None: the help goes on, or began again."""
    return next((one for one in endings(session, dossier_id) if one.back_at is None), None)


def my_endings(session: Session) -> dict[int, Ending]:
    """The same for every dossier that the actor reads, by its number."""
    found = (Ending(*row) for row in session.execute(_ENDINGS, {"dossier": None}))
    return {one.dossier_id: one for one in found if one.back_at is None}


@dataclass(frozen=True)
class ToAgree:
    """An early ending that waits for a second yes."""

    public_id: UUID
    inwoner: str
    kind: int
    weighty: int
    ends_on: date
    reason: str
    onward: str
    warned: str
    made_by_name: str
    made_at: datetime


def to_agree_with(session: Session) -> list[ToAgree]:
    """What waits for this team lead, the oldest first."""
    return [ToAgree(*row) for row in session.execute(text("SELECT * FROM acl.endings_to_agree_with()"))]


@dataclass(frozen=True)
class CameBack:
    """An inwoner who wants help again, and of whom nobody of the team said yet that they help."""

    public_id: UUID
    dossier: UUID
    inwoner: str
    back_at: datetime
    near_by_name: str


def came_back(session: Session) -> list[CameBack]:
    """Those of the own team, the longest waiting first."""
    return [CameBack(*row) for row in session.execute(text("SELECT * FROM acl.came_back()"))]
