"""What an inwoner and the team wrote to each other. PostgreSQL gives only what the actor may see; nothing here filters by person."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal import deadlines
from portal.dossier.queries import person_name

# Messages on one page.
PAGE_SIZE = 20


@dataclass(frozen=True)
class Message:
    """One message. ``settled_at``: of what the inwoner wrote, when ``settled_name`` answered it or saw that it needs no answer.

    ``unread``: of what the team wrote, whether the inwoner who asks hasn't seen it yet.
    """

    public_id: UUID
    from_team: bool
    author_name: str
    sent_at: datetime
    body: str
    settled_at: datetime | None
    settled_name: str | None
    mine: bool
    unread: bool

    @property
    def waits(self) -> bool:
        """Whether the inwoner waits for an answer to it."""
        return not self.from_team and self.settled_at is None

    @property
    def due(self) -> datetime:
        """Until when the answer may take (UTC)."""
        return deadlines.due(deadlines.MESSAGE, self.sent_at)

    @property
    def late(self) -> bool:
        """Whether the answer should have been there."""
        return self.waits and self.due < datetime.now(UTC)


@dataclass(frozen=True)
class Conversation:
    """A part of a conversation, newest first, and the message to go on from (None at the end). ``newest``: the first of them."""

    messages: list[Message]
    older: UUID | None
    newest: UUID | None


_PAGE = """
SELECT m.public_id, m.from_team, m.author_name, m.sent_at, m.body, m.settled_at, m.settled_name, m.author_id = :me AS mine,
    m.from_team AND m.sent_at > :seen AS unread
FROM casus.message m
WHERE m.dossier_id = :dossier
  AND (CAST(:before AS uuid) IS NULL OR m.id < (SELECT b.id FROM casus.message b WHERE b.public_id = :before))
ORDER BY m.id DESC LIMIT :limit
"""
_SEEN = "SELECT max(l.at) FROM casus.read_log l WHERE l.dossier_id = :dossier AND l.reader_id = :me AND l.what = 'berichten'"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def conversation(session: Session, dossier_id: int, person_id: int, *, by_team: bool, before: UUID | None = None) -> Conversation:
    """The newest messages, or those before one. What an inwoner hasn't seen is unread (the read log says so); the team reads no log."""
    asked = {"dossier": dossier_id, "me": person_id}
    seen = datetime.now(UTC) if by_team else session.execute(text(_SEEN), asked).scalar_one() or _LONG_AGO
    rows = session.execute(text(_PAGE), {**asked, "seen": seen, "before": before, "limit": PAGE_SIZE + 1})
    found = [Message(*row) for row in rows]
    shown = found[:PAGE_SIZE]
    older = shown[-1].public_id if len(found) > PAGE_SIZE else None
    return Conversation(shown, older, shown[0].public_id if shown else None)


def every_message(session: Session, dossier_id: int, person_id: int) -> list[Message]:
    """The whole conversation, oldest first, for the copy that the inwoner takes along."""
    values = {"dossier": dossier_id, "me": person_id, "seen": datetime.now(UTC), "before": None, "limit": None}
    return [Message(*row) for row in session.execute(text(_PAGE), values)][::-1]


@dataclass(frozen=True)
class Reader:
    """Who of the team reads what the inwoner writes today.

    ``stands_in_for``: the colleague who is away; ``away_until``: the last day of being away.
    """

    name: str
    role: str | None
    stands_in_for: str | None
    away_until: date | None


def readers(session: Session, dossier_id: int) -> list[Reader]:
    """Who reads and answers in this dossier, for its inwoner."""
    rows = session.execute(text("SELECT name, relation, detail, away_until FROM acl.message_readers(:d)"), {"d": dossier_id})
    return [
        Reader(name, None, detail, away) if relation == "waarnemer" else Reader(name, detail, None, away)
        for name, relation, detail, away in rows
    ]


_UNREAD = """
SELECT d.public_id, count(*) FROM casus.message m JOIN casus.dossier d ON d.id = m.dossier_id
WHERE m.from_team AND NOT EXISTS (
    SELECT FROM casus.read_log l WHERE l.dossier_id = m.dossier_id AND l.reader_id = :me AND l.what = 'berichten' AND l.at > m.sent_at)
GROUP BY d.public_id
"""


def unread(session: Session, person_id: int) -> dict[UUID, int]:
    """How many messages of the team the inwoner hasn't seen yet, by dossier."""
    return {row[0]: row[1] for row in session.execute(text(_UNREAD), {"me": person_id})}


@dataclass(frozen=True)
class Waiting:
    """An inwoner of a dossier of the actor who waits for an answer: since when, to how many messages, and until when it may take (UTC)."""

    dossier_id: UUID
    inwoner_name: str
    count: int
    since: datetime
    due: datetime

    @property
    def late(self) -> bool:
        """Whether the answer should have been there."""
        return self.due < datetime.now(UTC)


def waiting(session: Session) -> list[Waiting]:
    """Who waits for an answer of the team, in the dossiers of the actor; who waits longest on top."""
    rows = session.execute(
        text(
            "SELECT d.public_id, d.inwoner_id, count(*), min(m.sent_at) FROM casus.message m JOIN casus.dossier d ON d.id = m.dossier_id"
            " WHERE NOT m.from_team AND m.settled_at IS NULL GROUP BY d.public_id, d.inwoner_id ORDER BY 4, 1"
        )
    ).all()
    return [
        Waiting(dossier_id, person_name(session, inwoner), count, since, deadlines.due(deadlines.MESSAGE, since))
        for dossier_id, inwoner, count, since in rows
    ]
