"""What somebody sees of a dossier, asked in a session of its own that can only read, with the inwoner as the actor.

PostgreSQL gives what both may read (acl.previewed): no page can show more than the inwoner may see, and no line is written in the
other's name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.actor import Actor
from portal.db import Database
from portal.documents.queries import Document, documents_of
from portal.paper.queries import Paper, paper
from portal.timeline.queries import Cursor, Part


@dataclass(frozen=True)
class Guest:
    """Somebody through whose eyes the inwoner can look."""

    public_id: UUID
    name: str


def guests(session: Session, dossier_id: UUID) -> list[Guest]:
    """Everybody with access that holds today, by the inwoner's own giving, by name."""
    return [Guest(*row) for row in session.execute(text("SELECT * FROM acl.previews(:dossier)"), {"dossier": dossier_id})]


def person_number(session: Session, dossier_id: UUID, person: UUID) -> int | None:
    """The number for ``through_eyes_of``; None when this person has no access in this own dossier today."""
    values = {"dossier": dossier_id, "person": person}
    number: int | None = session.execute(text("SELECT acl.preview_of(:dossier, :person)"), values).scalar()
    return number


@contextmanager
def through_eyes_of(database: Database, actor: Actor, person: int) -> Iterator[Session]:
    """A session that reads what both the actor and ``person`` may read, and writes nothing."""
    with database.session(actor, one_moment=True) as session:
        session.execute(text("SET TRANSACTION READ ONLY"))
        session.execute(text("SELECT set_config('casus.preview', :person, true)"), {"person": str(person)})
        yield session


def seen_by(database: Database, actor: Actor, dossier_id: int, person: int, older_than: UUID | None) -> tuple[Paper, dict[int, Document]]:
    """The entries that ``person`` sees, with their words, versions and reactions, newest first; and the files of this dossier by entry."""
    with through_eyes_of(database, actor, person) as session:
        seen = paper(session, dossier_id, Part(), cursor=Cursor(older_than) if older_than else None)
        return seen, {one.entry_id: one for one in documents_of(session, dossier_id)}
