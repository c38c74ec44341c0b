"""What was said beside a part of the plan. PostgreSQL gives only what the actor may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Remark:
    """Something that somebody said beside a part. ``answer``: what was said back by who read it, or nothing."""

    public_id: UUID
    body: str
    author_id: int
    author_name: str
    written_at: datetime
    withdrawn_at: datetime | None
    seen_at: datetime | None
    seen_name: str | None
    answer: str


_REMARKS = (
    "SELECT public_id, body, author_id, author_name, written_at, withdrawn_at, seen_at, seen_name, answer FROM casus.plan_remark"
    " WHERE {} = :number ORDER BY id DESC"
)
_OF_A_PART, _IN_A_DOSSIER = (text(_REMARKS.format(column)) for column in ("part_id", "dossier_id"))


def remarks_of(session: Session, part_id: int) -> list[Remark]:
    """The remarks beside a part that the actor may see, newest first."""
    return [Remark(*row) for row in session.execute(_OF_A_PART, {"number": part_id})]


def remarks_in(session: Session, dossier_id: int) -> list[Remark]:
    """The remarks beside the plan of a dossier that the actor may see, newest first."""
    return [Remark(*row) for row in session.execute(_IN_A_DOSSIER, {"number": dossier_id})]
