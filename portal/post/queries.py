"""The post of the actor's team. PostgreSQL decides which that is, and what may go (migrations/rls/55_portaal_post.sql)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal import deadlines


@dataclass(frozen=True)
class WaitingLetter:
    """A letter that is to be printed and posted."""

    public_id: UUID
    template: str
    to_name: str
    melding_number: str | None
    made_at: datetime
    printed_at: datetime | None

    @property
    def due_at(self) -> datetime:
        """Before when it has to be on the post."""
        return deadlines.due(deadlines.NOTIFICATION, self.made_at)


@dataclass(frozen=True)
class PostTask:
    """A mail or letter that doesn't go by itself. ``reason``: nee, kijk, adres, geweigerd, tijdelijk, geen_antwoord or tekst.

    ``unsafe_call``: somebody said that calling isn't safe either. ``melding`` and ``dossier``: what it is about, if one may open it.
    """

    public_id: UUID
    by_mail: bool
    reason: str
    unsafe_call: bool
    template: str
    name: str | None
    melding_number: str | None
    made_at: datetime
    melding: UUID | None
    dossier: UUID | None

    @property
    def due_at(self) -> datetime:
        """Before when somebody has told it another way."""
        return deadlines.due(deadlines.NOTIFICATION, self.made_at)


@dataclass(frozen=True)
class Waiting:
    """How much post waits for the team."""

    letters: int
    tasks: int


def letters_to_post(db: Session) -> list[WaitingLetter]:
    """Letters that may go and are not posted yet, the oldest first."""
    return [WaitingLetter(**row) for row in db.execute(text("SELECT * FROM portaal.letters_to_post()")).mappings()]


def post_tasks(db: Session) -> list[PostTask]:
    """What can't go by itself, the oldest first."""
    return [PostTask(**row) for row in db.execute(text("SELECT * FROM portaal.post_tasks()")).mappings()]


def waiting(db: Session) -> Waiting:
    """For the worklist: how many letters and tasks there are."""
    row = db.execute(text("SELECT (SELECT count(*) FROM portaal.letters_to_post()), (SELECT count(*) FROM portaal.post_tasks())")).one()
    return Waiting(*row)
