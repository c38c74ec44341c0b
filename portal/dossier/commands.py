"""Writing in the dossier. Ask the policy first, record the change last, never commit. No words are ever changed or deleted."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.errors import UniqueViolation
from sqlalchemy import Insert, Select, insert, literal, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.models import (
    AnnotationKind,
    Audience,
    annotation,
    annotation_version,
)
from portal.dossier.queries import AnnotationView, DossierView, EntryView, annotations, find_entry
from portal.policy import Asked, Permission, require


class Superseded(Exception):
    """Somebody wrote a newer version in the meantime; nothing was written."""


def react(session: Session, asked: Asked, to: EntryView, *, number: UUID, audience: Audience, body: str) -> None:
    """Writes a reaction beside a whole entry. ``number`` was made with the form: sending it twice writes it once.

    The same form with other words (somebody went back and went on writing) is a newer text of the same reaction.
    """
    require(Permission.REACT, asked)
    part = {"dossier_id": to.dossier_id, "section": to.section, "leefdomein": to.leefdomein, "entry_id": to.id}
    try:
        with session.begin_nested():
            session.execute(
                insert(annotation).inline(),
                {"public_id": number, "kind": AnnotationKind.REACTIE, "audience": audience, **part},
            )
    except IntegrityError as error:
        if not isinstance(error.orig, UniqueViolation):
            raise
        _react_again(session, asked, to, number, audience, body)
        return
    made = select(
        annotation.c.id,
        literal(1),
        annotation.c.entry_id,
        annotation.c.dossier_id,
        annotation.c.section,
        annotation.c.leefdomein,
        annotation.c.audience,
        literal(body),
    ).where(annotation.c.public_id == number)
    session.execute(_add_text(made))
    record(session, Event.REACTION_WRITTEN, dossier_id=to.dossier_id, entry_id=to.id)


def _react_again(session: Session, asked: Asked, to: EntryView, number: UUID, audience: Audience, body: str) -> None:
    assert asked.actor is not None
    me = asked.actor.person_id
    own = next((one for one in annotations(session, to.id) if one.public_id == number and one.author_id == me), None)
    if own is not None and own.withdrawn_at is None:
        change_reaction(session, asked, to, own, base=own.texts[-1].number, audience=audience, body=body)
    elif own is None or own.texts[-1].body != body:
        react(session, asked, to, number=uuid4(), audience=audience, body=body)


def change_reaction(
    session: Session, asked: Asked, to: EntryView, reaction: AnnotationView, *, base: int, audience: Audience, body: str
) -> None:
    """Adds a newer text to the own reaction and sets who may read it; the earlier text stays. Raises Superseded."""
    require(Permission.REACT, asked)
    newest = reaction.texts[-1]
    if audience != reaction.audience:
        session.execute(update(annotation).where(annotation.c.id == reaction.id).values(audience=audience))
    if body != newest.body:
        made = select(
            annotation.c.id,
            literal(base + 1),
            annotation.c.entry_id,
            annotation.c.dossier_id,
            annotation.c.section,
            annotation.c.leefdomein,
            annotation.c.audience,
            literal(body),
        ).where(annotation.c.id == reaction.id)
        try:
            with session.begin_nested():
                session.execute(_add_text(made))
        except IntegrityError as error:
            raise Superseded from error
    if audience != reaction.audience or body != newest.body:
        record(session, Event.REACTION_CHANGED, dossier_id=to.dossier_id, entry_id=to.id)


def _add_text(made: Select[Any]) -> Insert:
    columns = ["annotation_id", "number", "entry_id", "dossier_id", "section", "leefdomein", "audience", "body"]
    return insert(annotation_version).inline().from_select(columns, made)


def withdraw_reaction(session: Session, asked: Asked, to: EntryView, reaction: AnnotationView) -> None:
    """Takes the own reaction back: from now on only its author reads the words."""
    require(Permission.REACT, asked)
    if reaction.withdrawn_at is not None:
        return
    session.execute(update(annotation).where(annotation.c.id == reaction.id).values(withdrawn=True, withdrawn_at=datetime.now(UTC)))
    record(session, Event.REACTION_WITHDRAWN, dossier_id=to.dossier_id, entry_id=to.id)


def open_now(session: Session, asked: Asked, about: DossierView, entry_public_id: UUID) -> bool:
    """The inwoner wants to read now what was to be talked over first. Gives whether there was such an entry."""
    require(Permission.OPEN_NOW, asked)
    opened = bool(session.execute(text("SELECT acl.open_now(:d, :e)"), {"d": about.id, "e": entry_public_id}).scalar())
    if opened:
        found = find_entry(session, about.id, entry_public_id)
        record(session, Event.ENTRY_OPENED, dossier_id=about.id, entry_id=found.id if found else None)
    return opened
