"""Writing and placing concepts. Ask the policy first, record the change last, never commit."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, literal, null, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import deadlines
from portal.audit import Event, record
from portal.concepts.models import concept
from portal.concepts.queries import ConceptView, find_concept
from portal.deadlines import AMSTERDAM
from portal.dossier.commands import Superseded
from portal.dossier.models import EntryKind, Leefdomein, Section, entry, entry_version
from portal.dossier.queries import DossierView, EntryView
from portal.policy import Asked, Permission, require


@dataclass(frozen=True)
class ConceptText:
    """What the form of a concept holds."""

    section: Section
    leefdomein: Leefdomein
    kind: EntryKind
    occurred_on: date
    title: str
    body: str
    reason: str = ""
    discuss_first: bool = False


def start_concept(session: Session, asked: Asked, about: DossierView, *, newer_of: EntryView | None = None) -> UUID:
    """Begins a concept: empty, or as the next version of an entry. Gives its public id."""
    require(Permission.WRITE_ENTRY, asked)
    assert asked.actor is not None
    number = uuid4()
    values: dict[str, object] = {"public_id": number, "dossier_id": about.id, "author_id": asked.actor.person_id}
    if newer_of is None:
        values |= {"section": Section.VOORTGANG, "kind": EntryKind.GESPREK, "occurred_on": datetime.now(AMSTERDAM).date()}
    else:
        values |= {
            "entry_id": newer_of.id,
            "base_version": newer_of.newest.number,
            "section": newer_of.section,
            "leefdomein": newer_of.leefdomein,
            "kind": newer_of.kind,
            "occurred_on": newer_of.occurred_at.astimezone(AMSTERDAM).date(),
            "title": newer_of.newest.title,
            "body": newer_of.newest.body,
        }
    session.execute(insert(concept).inline(), values)
    return number


def rescue_words(session: Session, asked: Asked, about: DossierView, words: ConceptText) -> UUID:
    """Keeps words that came in for a concept that is gone (thrown away or placed elsewhere) as a new concept. Gives its public id."""
    number = start_concept(session, asked, about)
    made = find_concept(session, number)
    if made is None:
        raise RuntimeError("a concept that was just made is not there")
    save_concept(session, asked, made, words)
    return number


def save_concept(session: Session, asked: Asked, which: ConceptView, words: ConceptText) -> None:
    """Keeps the concept as it is now. Section, part of life and kind of an existing entry stay as they are."""
    require(Permission.WRITE_ENTRY, asked)
    values: dict[str, object] = {"title": words.title, "body": words.body, "reason": words.reason, "saved_at": datetime.now(UTC)}
    if which.entry_id is None:
        values |= {
            "section": words.section,
            "leefdomein": words.leefdomein,
            "kind": words.kind,
            "occurred_on": words.occurred_on,
            "discuss_first": words.discuss_first,
        }
    session.execute(update(concept).where(concept.c.id == which.id).values(**values))


def follow_newest(session: Session, asked: Asked, which: ConceptView) -> None:
    """After Superseded: the concept is from now on about the newest version, so that placing it again is a choice."""
    require(Permission.WRITE_ENTRY, asked)
    newest = select(func.max(entry_version.c.number)).where(entry_version.c.entry_id == which.entry_id).scalar_subquery()
    session.execute(update(concept).where(concept.c.id == which.id).values(base_version=newest))


def discard_concept(session: Session, asked: Asked, which: ConceptView) -> None:
    """Throws the own concept away. Nobody else has seen it."""
    require(Permission.WRITE_ENTRY, asked)
    session.execute(delete(concept).where(concept.c.id == which.id))


def place_concept(session: Session, asked: Asked, which: ConceptView, words: ConceptText) -> UUID:
    """Places the concept: visible at once to who may read it, from now on only newer versions. Gives the entry's public id.

    With ``discuss_first`` the inwoner is told that there is something, and reads it after deadlines.DISCUSS_FIRST or at the own wish.
    Raises Superseded when a newer version of the entry was placed in the meantime.
    """
    require(Permission.WRITE_ENTRY, asked)
    public_id = _new_entry(session, which, words) if which.entry_id is None else _existing_entry(session, which.entry_id)
    number = 1 if which.base_version is None else which.base_version + 1
    reason = literal(words.reason) if words.reason else null()
    made = select(
        entry.c.id,
        literal(number),
        entry.c.dossier_id,
        entry.c.section,
        entry.c.leefdomein,
        literal(words.title),
        literal(words.body),
        reason,
    ).where(entry.c.public_id == public_id)
    columns = ["entry_id", "number", "dossier_id", "section", "leefdomein", "title", "body", "reason"]
    try:
        with session.begin_nested():
            session.execute(insert(entry_version).inline().from_select(columns, made))
    except IntegrityError as error:
        raise Superseded from error
    session.execute(delete(concept).where(concept.c.id == which.id))
    entry_id = session.execute(select(entry.c.id).where(entry.c.public_id == public_id)).scalar_one()
    event = Event.ENTRY_PLACED if which.entry_id is None else Event.ENTRY_VERSION
    session.execute(text("SELECT casus.tell_of_entry(:entry)"), {"entry": entry_id})
    record(session, event, dossier_id=which.dossier_id, entry_id=entry_id)
    return public_id


def _new_entry(session: Session, which: ConceptView, words: ConceptText) -> UUID:
    now = datetime.now(UTC)
    today = now.astimezone(AMSTERDAM).date()
    noon = datetime(words.occurred_on.year, words.occurred_on.month, words.occurred_on.day, 12, tzinfo=AMSTERDAM)
    public_id = uuid4()
    session.execute(
        insert(entry).inline(),
        {
            "public_id": public_id,
            "dossier_id": which.dossier_id,
            "section": words.section,
            "leefdomein": words.leefdomein,
            "kind": words.kind,
            "occurred_at": now if words.occurred_on == today else noon,
            "discuss_until": deadlines.due(deadlines.DISCUSS_FIRST, now) if words.discuss_first else None,
        },
    )
    return public_id


def _existing_entry(session: Session, entry_id: int) -> UUID:
    public_id: UUID = session.execute(select(entry.c.public_id).where(entry.c.id == entry_id)).scalar_one()
    return public_id
