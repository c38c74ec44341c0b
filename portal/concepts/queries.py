"""Reading concepts: PostgreSQL gives only the actor's own."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.concepts.models import concept
from portal.dossier.models import dossier, entry, entry_version
from portal.dossier.queries import person_name


@dataclass(frozen=True)
class ConceptView:
    """A professional's own text that nobody else sees yet. ``entry_id`` is set when it will be a new version of that entry."""

    id: int
    public_id: UUID
    dossier_id: int
    entry_id: int | None
    base_version: int | None
    section: int
    leefdomein: int
    kind: int
    occurred_on: date
    title: str
    body: str
    reason: str
    discuss_first: bool
    created_at: datetime
    saved_at: datetime


def just_placed(session: Session, dossier_id: int, author_id: int, *, title: str, body: str) -> UUID | None:
    """The entry this author placed here in the last hour with just these words, or None: the same form sent twice is one entry."""
    found: UUID | None = session.execute(
        select(entry.c.public_id)
        .join(entry_version, entry_version.c.entry_id == entry.c.id)
        .where(
            entry_version.c.dossier_id == dossier_id,
            entry_version.c.author_id == author_id,
            entry_version.c.title == title,
            entry_version.c.body == body,
            entry_version.c.created_at > func.now() - text("interval '1 hour'"),
        )
        .limit(1)
    ).scalar_one_or_none()
    return found


def find_concept(session: Session, public_id: UUID) -> ConceptView | None:
    """The own concept, or None."""
    row = session.execute(
        select(*(concept.c[name] for name in ConceptView.__dataclass_fields__)).where(concept.c.public_id == public_id)
    ).one_or_none()
    return ConceptView(*row) if row is not None else None


def my_concepts(session: Session) -> list[tuple[ConceptView, UUID, str]]:
    """The actor's concepts, oldest first, each with its dossier's public id and the inwoner's name."""
    rows = session.execute(
        select(*(concept.c[name] for name in ConceptView.__dataclass_fields__), dossier.c.public_id, dossier.c.inwoner_id)
        .join(dossier, dossier.c.id == concept.c.dossier_id)
        .order_by(concept.c.created_at)
    )
    return [(ConceptView(*row[:-2]), row[-2], person_name(session, row[-1])) for row in rows]
