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


def remarks_of(session: Session, part_id: int) -> list[Remark]:
    """The remarks beside a part that the actor may see, newest first."""
    rows = session.execute(
        text(
            "SELECT public_id, body, author_id, author_name, written_at, withdrawn_at, seen_at, seen_name, answer FROM casus.plan_remark"
            " WHERE part_id = :part ORDER BY id DESC"
        ),
        {"part": part_id},
    )
    return [Remark(*row) for row in rows]
