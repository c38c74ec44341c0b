"""Writing in the dossier. Ask the policy first, record the change last, never commit. No words are ever changed or deleted."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from psycopg.errors import UniqueViolation
from sqlalchemy import ARRAY, ColumnElement, Insert, SmallInteger, insert, literal, select, text, update
from sqlalchemy import Text as TextType
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.models import (
    AnnotationKind,
    Audience,
    annotation,
    annotation_version,
)
from portal.dossier.queries import AnnotationView, DossierView, EntryView, Text, Version, annotations, find_entry
from portal.policy import Asked, Permission, require
from portal.words import quoted


class Superseded(Exception):
    """Somebody wrote a newer version in the meantime; nothing was written."""


@dataclass(frozen=True)
class Words:
    """What a reaction says, to whom, and about which sentences (numbers from 1, ascending; none: the whole entry) of which version."""

    body: str
    audience: Audience
    about: Version
    sentences: tuple[int, ...] = ()

    @property
    def quote(self) -> str | None:
        """The sentences, one a line. Raises ValueError when one isn't there."""
        return quoted(self.about.body, self.sentences) if self.sentences else None

    def differ(self, text: Text) -> bool:
        """Whether this is another text than that one; nothing chosen leaves a quote that came from elsewhere."""
        if self.body != text.body:
            return True
        return (self.about.number, list(self.sentences)) != (text.about_version, text.sentences) if self.sentences else bool(text.sentences)


def react(session: Session, asked: Asked, to: EntryView, *, number: UUID, words: Words) -> None:
    """Writes a reaction beside an entry or some of its sentences. ``number`` was made with the form: sending it twice writes it once.

    The same form with other words (somebody went back and went on writing) is a newer text of the same reaction.
    """
    require(Permission.REACT, asked)
    part = {"dossier_id": to.dossier_id, "section": to.section, "leefdomein": to.leefdomein, "entry_id": to.id}
    try:
        with session.begin_nested():
            session.execute(
                insert(annotation).inline(),
                {"public_id": number, "kind": AnnotationKind.REACTIE, "audience": words.audience, **part},
            )
    except IntegrityError as error:
        if not isinstance(error.orig, UniqueViolation):
            raise
        _react_again(session, asked, to, number, words)
        return
    session.execute(add_text(annotation.c.public_id == number, 1, words, None))
    record(session, Event.REACTION_WRITTEN, dossier_id=to.dossier_id, entry_id=to.id)


def _react_again(session: Session, asked: Asked, to: EntryView, number: UUID, words: Words) -> None:
    assert asked.actor is not None
    me = asked.actor.person_id
    own = next((one for one in annotations(session, to.id) if one.public_id == number and one.author_id == me), None)
    if own is not None and own.withdrawn_at is None:
        change_reaction(session, asked, to, own, base=own.texts[-1].number, words=words)
    elif own is None or words.differ(own.texts[-1]):
        react(session, asked, to, number=uuid4(), words=words)


def change_reaction(session: Session, asked: Asked, to: EntryView, reaction: AnnotationView, *, base: int, words: Words) -> None:
    """Adds a newer text to the own reaction and sets who may read it; the earlier text stays, for whom it was. Raises Superseded."""
    require(Permission.REACT, asked)
    other_circle = words.audience != reaction.audience
    if not other_circle and not words.differ(reaction.texts[-1]):
        return
    if other_circle:
        session.execute(update(annotation).where(annotation.c.id == reaction.id).values(audience=words.audience))
    # Letting more people in shows them no earlier text, so the same words are said anew.
    if words.differ(reaction.texts[-1]) or words.audience > reaction.audience:
        try:
            with session.begin_nested():
                session.execute(add_text(annotation.c.id == reaction.id, base + 1, words, reaction.texts[-1]))
        except IntegrityError as error:
            raise Superseded from error
    record(session, Event.REACTION_CHANGED, dossier_id=to.dossier_id, entry_id=to.id)


def add_text(which: ColumnElement[bool], number: int, words: Words, earlier: Text | None) -> Insert:
    """Gives the statement that adds text ``number`` to the annotation ``which``; ``earlier``: the text before it, when there is one."""
    # A quote that came from elsewhere, without numbers, goes along with the newer text.
    quote = words.quote or (earlier.quote if earlier is not None and not earlier.sentences else None)
    made = select(
        annotation.c.id,
        literal(number),
        annotation.c.entry_id,
        annotation.c.dossier_id,
        annotation.c.section,
        annotation.c.leefdomein,
        annotation.c.audience,
        literal(words.body),
        literal(quote, TextType),
        literal(words.about.number if words.sentences else None, SmallInteger),
        literal(list(words.sentences), ARRAY(SmallInteger)),
    ).where(which)
    columns = [
        "annotation_id",
        "number",
        "entry_id",
        "dossier_id",
        "section",
        "leefdomein",
        "audience",
        "body",
        "quote",
        "about_version",
        "sentences",
    ]
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
