"""Reading the dossier. PostgreSQL gives only what the actor may see; nothing here filters by person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from portal import deadlines
from portal.dossier.models import (
    AnnotationKind,
    Audience,
    Wish,
    annotation,
    annotation_version,
    entry,
    entry_version,
    person,
)
from portal.policy import Relation
from portal.words import find_passage


@dataclass(frozen=True)
class DossierView:
    """A dossier the actor may open: whose it is, and what the actor is to it."""

    id: int
    public_id: UUID
    inwoner_id: int
    inwoner_name: str
    relation: Relation
    detail: str


@dataclass(frozen=True)
class Version:
    """One text of an entry, as it was from ``created_at`` on."""

    number: int
    title: str
    body: str
    reason: str | None
    author_name: str
    created_at: datetime


@dataclass(frozen=True)
class EntryView:
    """One entry with all its versions, oldest first."""

    versions: list[Version]
    id: int
    public_id: UUID
    dossier_id: int
    section: int
    leefdomein: int
    kind: int
    occurred_at: datetime
    author_name: str
    placed_at: datetime
    author_id: int | None
    audience: int
    by_staff: bool

    @property
    def newest(self) -> Version:
        """The text that holds now."""
        return self.versions[-1]

    def version(self, number: int | None) -> Version | None:
        """The version with this number, or None."""
        return next((version for version in self.versions if version.number == number), None)


@dataclass(frozen=True)
class Text:
    """One text of a reaction."""

    number: int
    body: str
    quote: str | None
    about_version: int | None
    sentences: list[int]
    created_at: datetime


@dataclass(frozen=True)
class AnnotationView:
    """A reaction beside an entry; ``texts`` oldest first, empty when it was withdrawn and the actor isn't the author."""

    id: int
    public_id: UUID
    kind: int
    audience: Audience
    author_id: int | None
    author_name: str
    created_at: datetime
    withdrawn_at: datetime | None
    outcome: int
    wish: int | None
    answers_id: int | None
    extended_at: datetime | None
    extension: str | None
    settled_at: datetime | None
    texts: list[Text]
    answered: bool

    @property
    def waits(self) -> bool:
        """Whether this is a question that still waits for an answer."""
        return self.wish is not None and self.withdrawn_at is None and not self.answered

    @property
    def answer_due(self) -> datetime:
        """Until when the answer may take; for what is a question (``wish``) only."""
        return answer_due(self.wish, self.created_at, extended=self.extended_at is not None)


def answer_due(wish: int | None, asked_at: datetime, *, extended: bool) -> datetime:
    """Until when the answer to a question beside a text may take (a moment in UTC)."""
    if wish == Wish.UITLEG:
        return deadlines.due(deadlines.EXPLANATION, asked_at)
    return deadlines.due(deadlines.CORRECTION_LONGEST if extended else deadlines.CORRECTION, asked_at)


@dataclass(frozen=True)
class Place:
    """Where the words that a reaction is about stand: ``numbers`` in the newest text, or none there and then ``version`` says in which."""

    quote: list[str]
    numbers: list[int]
    version: int | None


def place_of(reaction: AnnotationView, beside: EntryView) -> Place | None:
    """The place of a reaction's words in the entry, or None when it is about the whole entry (or its words aren't shown)."""
    newest = reaction.texts[-1] if reaction.texts else None
    if newest is None or not newest.quote:
        return None
    if newest.about_version == beside.newest.number:
        return Place(newest.quote.split("\n"), newest.sentences, None)
    found = find_passage(newest.quote, beside.newest.body)
    return Place(found.quote, found.numbers, None if found.moved_along else newest.about_version)


@dataclass(frozen=True)
class Reader:
    """Somebody who can read an entry today: relation as in acl.who_can_read, and until which day (None: no end)."""

    name: str
    relation: str
    detail: str
    until: date | None


@dataclass(frozen=True)
class Particulars:
    """What a professional needs before calling or visiting."""

    birth_date: date
    phone: str | None
    email: str | None
    language: str
    interpreter_needed: bool
    reachable: str | None
    safe_contact: str | None
    street: str | None
    postcode: str | None


_DOSSIERS = """
SELECT d.id, d.public_id, d.inwoner_id, concat_ws(' ', p.first_name, p.infix, p.last_name), r.relation, r.detail{more}
FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id CROSS JOIN LATERAL acl.relation(d.id) r
"""


# From here on, and as long as the transaction lasts, nothing of any other dossier is reached (acl.asked_dossier).
_ONE_DOSSIER = text(_DOSSIERS.format(more=", set_config('casus.dossier', d.id::text, true)") + "WHERE d.public_id = :public_id")
_MY_DOSSIERS = text(_DOSSIERS.format(more="") + "ORDER BY r.relation <> 'inwoner', 4, d.id")


def find_dossier(session: Session, public_id: UUID) -> DossierView | None:
    """The dossier with this public id, or None when there is none for this actor. Until the transaction ends it is about this one alone."""
    row = session.execute(_ONE_DOSSIER, {"public_id": public_id}).one_or_none()
    return _dossier(row) if row is not None else None


def my_dossiers(session: Session) -> list[DossierView]:
    """Every dossier the actor may open: the own one first."""
    return [_dossier(row) for row in session.execute(_MY_DOSSIERS)]


def _dossier(row: Any) -> DossierView:
    return DossierView(row[0], row[1], row[2], row[3], Relation(row[4]), row[5])


def find_entry(session: Session, dossier_id: int, public_id: UUID) -> EntryView | None:
    """The entry of this dossier with its versions, or None when there is none for this actor."""
    row = session.execute(
        select(
            entry.c.id,
            entry.c.public_id,
            entry.c.dossier_id,
            entry.c.section,
            entry.c.leefdomein,
            entry.c.kind,
            entry.c.occurred_at,
            entry.c.author_name,
            entry.c.placed_at,
            entry.c.author_id,
            entry.c.audience,
            exists().where(person.c.id == entry.c.author_id, person.c.is_staff),
        ).where(entry.c.public_id == public_id, entry.c.dossier_id == dossier_id)
    ).one_or_none()
    if row is None:
        return None
    versions = session.execute(
        select(
            entry_version.c.number,
            entry_version.c.title,
            entry_version.c.body,
            entry_version.c.reason,
            entry_version.c.author_name,
            entry_version.c.created_at,
        )
        .where(entry_version.c.entry_id == row.id)
        .order_by(entry_version.c.number)
    )
    return EntryView([Version(*version) for version in versions], *tuple(row))


def annotations(session: Session, entry_id: int) -> list[AnnotationView]:
    """The reactions beside an entry that the actor may see, oldest first; an answer stands right below what it answers."""
    rows = (
        session.execute(
            select(*(annotation.c[name] for name in AnnotationView.__dataclass_fields__ if name in annotation.c))
            .where(annotation.c.entry_id == entry_id)
            .order_by(annotation.c.created_at, annotation.c.id)
        )
        .mappings()
        .all()
    )
    texts: dict[int, list[Text]] = {}
    for version in session.execute(
        select(
            annotation_version.c.annotation_id,
            annotation_version.c.number,
            annotation_version.c.body,
            annotation_version.c.quote,
            annotation_version.c.about_version,
            annotation_version.c.sentences,
            annotation_version.c.created_at,
        )
        .where(annotation_version.c.annotation_id.in_([row["id"] for row in rows]))
        .order_by(annotation_version.c.annotation_id, annotation_version.c.number)
    ):
        texts.setdefault(version.annotation_id, []).append(Text(*version[1:]))
    answered = {row["answers_id"] for row in rows if row["kind"] in ANSWERS}
    found = [
        AnnotationView(**{**row, "audience": Audience(row["audience"])}, texts=texts.get(row["id"], []), answered=row["id"] in answered)
        for row in rows
    ]
    return threaded(found, lambda one: one.id, lambda one: one.answers_id)


ANSWERS = (AnnotationKind.UITLEG, AnnotationKind.ANTWOORD)
_Note = TypeVar("_Note")


def threaded(notes: list[_Note], number: Callable[[_Note], int], answers: Callable[[_Note], int | None]) -> list[_Note]:
    """The same notes, in the same order, but each answer below what it answers (when that is among them)."""
    known = {number(note) for note in notes}
    below: dict[int | None, list[_Note]] = {}
    for note in notes:
        below.setdefault(answers(note) if answers(note) in known else None, []).append(note)

    def from_here(note: _Note) -> Iterator[_Note]:
        yield note
        for one in below.get(number(note), []):
            yield from from_here(one)

    return [note for first in below.get(None, []) for note in from_here(first)]


def who_can_read(session: Session, entry_id: int) -> list[Reader]:
    """Everybody who can read this entry today, for the owner and for the professionals."""
    rows = session.execute(text("SELECT name, relation, detail, until FROM acl.who_can_read(:e)"), {"e": entry_id})
    return [Reader(*row) for row in rows]


def particulars(session: Session, inwoner_id: int) -> Particulars | None:
    """How to reach the inwoner. A protected address is not in it, except for the inwoner."""
    row = session.execute(
        text(
            "SELECT i.birth_date, i.phone, i.email, i.language, i.interpreter_needed, i.reachable, i.safe_contact, a.street, a.postcode"
            " FROM casus.inwoner i LEFT JOIN casus.address a ON a.person_id = i.person_id WHERE i.person_id = :i"
        ),
        {"i": inwoner_id},
    ).one_or_none()
    return Particulars(*row) if row is not None else None


def person_name(session: Session, person_id: int) -> str:
    """First name, infix and last name."""
    row = session.execute(select(person.c.first_name, person.c.infix, person.c.last_name).where(person.c.id == person_id)).one()
    return " ".join(part for part in row if part)
