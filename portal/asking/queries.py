"""What was asked and what came of it. PostgreSQL gives only what the actor may see; nothing here filters by person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from portal import deadlines
from portal.dossier.models import annotation, dossier, entry, read_log
from portal.dossier.queries import ANSWERS, AnnotationView, answer_due, person_name


@dataclass(frozen=True)
class Waiting:
    """A question beside a text that waits for an answer, until ``due`` (UTC)."""

    dossier_id: UUID
    entry_id: UUID
    question_id: UUID
    wish: int
    inwoner_name: str
    asked_at: datetime
    extended: bool
    due: datetime


@dataclass(frozen=True)
class LookQuestion:
    """Why did this person look: the question with its line, for who answers. Nothing of what was read."""

    public_id: UUID
    asked_at: datetime
    words: str
    inwoner: str
    at: datetime
    reader_name: str
    reader_role: str
    ground: str
    ground_detail: str
    what: str
    shown: int

    @property
    def due(self) -> datetime:
        """Until when the answer may take (UTC)."""
        return deadlines.due(deadlines.WHY_LOOKED, self.asked_at)


@dataclass(frozen=True)
class OwnLookQuestion:
    """The same for who asked: the line by its moment, and the answer when there is one."""

    moment: datetime
    public_id: UUID
    asked_at: datetime
    words: str
    answered_at: datetime | None
    answered_name: str | None
    answer: str | None

    @property
    def due(self) -> datetime:
        """Until when the answer may take (UTC)."""
        return deadlines.due(deadlines.WHY_LOOKED, self.asked_at)


@dataclass(frozen=True)
class Thread:
    """One question with what was written in answer to it, and to that."""

    question: AnnotationView
    answer: AnnotationView | None
    statements: list[AnnotationView]


def thread_of(question: AnnotationView, beside: list[AnnotationView]) -> Thread:
    """The question with its answer and the own statements, out of everything that stands beside the entry."""
    below = [one for one in beside if one.answers_id == question.id]
    answer = next((one for one in below if one.kind in ANSWERS), None)
    return Thread(question, answer, [one for one in below if one.kind not in ANSWERS])


def waiting(session: Session) -> list[Waiting]:
    """The questions that wait for an answer in the dossiers of the actor, what is due first on top."""
    answer = annotation.alias("answer")
    rows = session.execute(
        select(
            dossier.c.public_id,
            entry.c.public_id,
            annotation.c.public_id,
            annotation.c.wish,
            dossier.c.inwoner_id,
            annotation.c.created_at,
            annotation.c.extended_at.is_not(None),
        )
        .join_from(annotation, entry, entry.c.id == annotation.c.entry_id)
        .join(dossier, dossier.c.id == annotation.c.dossier_id)
        .where(annotation.c.wish.is_not(None), annotation.c.withdrawn.is_(False))
        .where(~exists().where(answer.c.answers_id == annotation.c.id, answer.c.kind.in_(ANSWERS)))
    ).all()
    names = {row.inwoner_id: person_name(session, row.inwoner_id) for row in rows}
    found = []
    for dossier_id, entry_id, question_id, wish, inwoner, asked_at, extended in rows:
        until = answer_due(wish, asked_at, extended=extended)
        found.append(Waiting(dossier_id, entry_id, question_id, wish, names[inwoner], asked_at, extended, until))
    return sorted(found, key=lambda one: (one.due, one.asked_at))


def look_questions(session: Session) -> list[LookQuestion]:
    """What the actor has to answer about who looked, what was asked first on top."""
    return [LookQuestion(*row) for row in session.execute(text("SELECT * FROM casus.look_questions()"))]


def own_look_questions(session: Session, dossier_id: int) -> dict[datetime, OwnLookQuestion]:
    """What was asked about lines of this dossier, by the moment of the line."""
    rows = session.execute(text("SELECT * FROM casus.own_look_questions(:d)"), {"d": dossier_id})
    return {row.moment: OwnLookQuestion(*row) for row in rows}


@dataclass(frozen=True)
class LookedLine:
    """A line of the read log that somebody asks about."""

    at: datetime
    name: str
    role: str
    what: str


def line_at(session: Session, dossier_id: int, moment: datetime) -> LookedLine | None:
    """The line of this moment, or None when there is none that one can ask about."""
    row = session.execute(
        select(read_log.c.at, read_log.c.reader_name, read_log.c.reader_role, read_log.c.what)
        .where(read_log.c.dossier_id == dossier_id, read_log.c.at == moment, read_log.c.program != "web_inwoner")
        .order_by(read_log.c.id)
        .limit(1)
    ).one_or_none()
    return LookedLine(*row) if row is not None else None


_UNREAD = """
SELECT d.public_id AS dossier_id, e.public_id AS entry_id, q.public_id AS question_id, a.created_at AS at, 'beside' AS about
FROM casus.annotation a JOIN casus.annotation q ON q.id = a.answers_id JOIN casus.entry e ON e.id = a.entry_id
    JOIN casus.dossier d ON d.id = a.dossier_id
WHERE a.kind IN (4, 5) AND q.wish IS NOT NULL AND q.author_id = :me
  AND NOT EXISTS (SELECT FROM casus.read_log l
                  WHERE l.dossier_id = a.dossier_id AND l.reader_id = :me AND l.entry_id = a.entry_id AND l.at > a.created_at)
UNION ALL
SELECT d.public_id, e.public_id, q.public_id, q.extended_at, 'longer'
FROM casus.annotation q JOIN casus.entry e ON e.id = q.entry_id JOIN casus.dossier d ON d.id = q.dossier_id
WHERE q.extended_at IS NOT NULL AND q.author_id = :me AND NOT q.withdrawn
  AND NOT EXISTS (SELECT FROM casus.annotation a WHERE a.answers_id = q.id AND a.kind IN (4, 5))
  AND NOT EXISTS (SELECT FROM casus.read_log l
                  WHERE l.dossier_id = q.dossier_id AND l.reader_id = :me AND l.entry_id = q.entry_id AND l.at > q.extended_at)
UNION ALL
SELECT d.public_id, NULL, q.public_id, q.answered_at, 'destruction'
FROM casus.dossier d CROSS JOIN LATERAL (
    SELECT i.public_id, max(i.decided_at) AS answered_at, array_agg(i.entry) AS entries
    FROM casus.own_destructions(d.id) i WHERE i.outcome > 0 GROUP BY i.public_id) q
WHERE d.inwoner_id = :me
  -- The page of the answer shows no more than what was asked about.
  AND NOT EXISTS (SELECT FROM casus.read_log l
                  WHERE l.dossier_id = d.id AND l.reader_id = :me AND l.what = 'overzicht' AND l.at > q.answered_at
                    AND l.shown_entries <@ ARRAY(SELECT e.id FROM casus.entry e WHERE e.public_id = ANY (q.entries)))
UNION ALL
SELECT d.public_id, NULL, NULL, q.answered_at, 'look'
FROM casus.dossier d CROSS JOIN LATERAL casus.own_look_questions(d.id) q
WHERE q.answered_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM casus.read_log l
                  WHERE l.dossier_id = d.id AND l.reader_id = :me AND l.what = 'logboek' AND l.at > q.answered_at)
ORDER BY 4, 3
"""


@dataclass(frozen=True)
class Unread:
    """What who asked hasn't seen yet: an answer ``beside`` a text, about a ``destruction`` or a ``look``, or that it takes ``longer``."""

    dossier_id: UUID
    entry_id: UUID | None
    question_id: UUID | None
    at: datetime
    about: str


def unread_answers(session: Session, person_id: int) -> list[Unread]:
    """The answers to the own questions that one hasn't read, and which take longer, oldest first."""
    return [Unread(*row) for row in session.execute(text(_UNREAD), {"me": person_id})]
