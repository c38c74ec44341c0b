"""Reading the dossier. PostgreSQL gives only what the actor may see; nothing here filters by person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, lateral, select, text, true, tuple_
from sqlalchemy.orm import Session

from portal.dossier.models import (
    Audience,
    Leefdomein,
    Section,
    annotation,
    annotation_version,
    concept,
    dossier,
    entry,
    entry_version,
    person,
)
from portal.policy import Relation

PAGE_SIZE = 20


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
class TimelineItem:
    """One entry in the timeline: newest title, how many versions and reactions (those the actor may see)."""

    reactions: int
    id: int
    public_id: UUID
    section: int
    leefdomein: int
    kind: int
    occurred_at: datetime
    author_name: str
    audience: int
    title: str
    versions: int


@dataclass(frozen=True)
class Timeline:
    """At most PAGE_SIZE items, newest first; ``older`` is the public id to go on from, or None at the end."""

    items: list[TimelineItem]
    older: UUID | None


@dataclass(frozen=True)
class Notice:
    """An entry that is there and not shown: 'bespreken' (opens at ``opens_at``) or 'afgeschermd' (with the reason)."""

    public_id: UUID
    occurred_at: datetime
    reason: str
    explanation: str
    opens_at: datetime | None


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
    by_staff: bool

    @property
    def newest(self) -> Version:
        """The text that holds now."""
        return self.versions[-1]


@dataclass(frozen=True)
class Text:
    """One text of a reaction."""

    number: int
    body: str
    quote: str | None
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
    texts: list[Text]


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


_DOSSIERS = """
SELECT d.id, d.public_id, d.inwoner_id, concat_ws(' ', p.first_name, p.infix, p.last_name), r.relation, r.detail
FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id CROSS JOIN LATERAL acl.relation(d.id) r
"""


def find_dossier(session: Session, public_id: UUID) -> DossierView | None:
    """The dossier with this public id, or None when there is none for this actor."""
    row = session.execute(text(_DOSSIERS + "WHERE d.public_id = :public_id"), {"public_id": public_id}).one_or_none()
    return _dossier(row) if row is not None else None


def my_dossiers(session: Session) -> list[DossierView]:
    """Every dossier the actor may open: the own one first."""
    rows = session.execute(text(_DOSSIERS + "ORDER BY r.relation <> 'inwoner', 4, d.id"))
    return [_dossier(row) for row in rows]


def _dossier(row: Any) -> DossierView:
    return DossierView(row[0], row[1], row[2], row[3], Relation(row[4]), row[5])


def timeline(
    session: Session,
    dossier_id: int,
    *,
    section: Section | None = None,
    leefdomein: Leefdomein | None = None,
    older_than: UUID | None = None,
) -> Timeline:
    """A page of the dossier, newest first, from ``older_than`` on (by keyset: the last page costs as much as the first)."""
    newest = lateral(
        select(entry_version.c.title, entry_version.c.number)
        .where(entry_version.c.entry_id == entry.c.id)
        .order_by(entry_version.c.number.desc())
        .limit(1)
    ).alias("newest")
    query: Select[Any] = (
        select(
            entry.c.id,
            entry.c.public_id,
            entry.c.section,
            entry.c.leefdomein,
            entry.c.kind,
            entry.c.occurred_at,
            entry.c.author_name,
            entry.c.audience,
            newest.c.title,
            newest.c.number,
        )
        .join(newest, true())
        .where(entry.c.dossier_id == dossier_id)
        .order_by(entry.c.occurred_at.desc(), entry.c.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if section is not None:
        query = query.where(entry.c.section == section)
    if leefdomein is not None:
        query = query.where(entry.c.leefdomein == leefdomein)
    if older_than is not None:
        cursor = session.execute(
            select(entry.c.occurred_at, entry.c.id).where(entry.c.public_id == older_than, entry.c.dossier_id == dossier_id)
        ).one_or_none()
        if cursor is not None:
            query = query.where(tuple_(entry.c.occurred_at, entry.c.id) < tuple_(cursor.occurred_at, cursor.id))
    rows = session.execute(query).all()
    shown: list[Any] = list(rows[:PAGE_SIZE])
    reactions = _count_reactions(session, [row.id for row in shown])
    items = [TimelineItem(reactions.get(row.id, 0), *row) for row in shown]
    return Timeline(items, items[-1].public_id if len(rows) > PAGE_SIZE else None)


def _count_reactions(session: Session, entry_ids: list[int]) -> dict[int, int]:
    if not entry_ids:
        return {}
    rows = session.execute(
        select(annotation.c.entry_id, func.count())
        .where(annotation.c.entry_id.in_(entry_ids), annotation.c.withdrawn.is_(False))
        .group_by(annotation.c.entry_id)
    )
    return {row.entry_id: row[1] for row in rows}


def notices(session: Session, dossier_id: int) -> list[Notice]:
    """What the owner is told about entries that aren't shown (none for anybody else)."""
    rows = session.execute(text("SELECT public_id, occurred_at, reason, explanation, opens_at FROM acl.notices(:d)"), {"d": dossier_id})
    return [Notice(*row) for row in rows]


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
    return EntryView([Version(*version) for version in versions], *row)


def annotations(session: Session, entry_id: int) -> list[AnnotationView]:
    """The reactions beside an entry that the actor may see, oldest first."""
    rows = session.execute(
        select(
            annotation.c.id,
            annotation.c.public_id,
            annotation.c.kind,
            annotation.c.audience,
            annotation.c.author_id,
            annotation.c.author_name,
            annotation.c.created_at,
            annotation.c.withdrawn_at,
            annotation.c.outcome,
        )
        .where(annotation.c.entry_id == entry_id)
        .order_by(annotation.c.created_at, annotation.c.id)
    ).all()
    texts: dict[int, list[Text]] = {}
    for version in session.execute(
        select(
            annotation_version.c.annotation_id,
            annotation_version.c.number,
            annotation_version.c.body,
            annotation_version.c.quote,
            annotation_version.c.created_at,
        )
        .where(annotation_version.c.annotation_id.in_([row.id for row in rows]))
        .order_by(annotation_version.c.annotation_id, annotation_version.c.number)
    ):
        texts.setdefault(version.annotation_id, []).append(Text(*version[1:]))
    return [AnnotationView(row[0], row[1], row[2], Audience(row.audience), *row[4:], texts=texts.get(row.id, [])) for row in rows]


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


def dossier_of(session: Session, entry_public_id: UUID) -> UUID | None:
    """The public id of the dossier an entry stands in."""
    return session.execute(
        select(dossier.c.public_id).join(entry, entry.c.dossier_id == dossier.c.id).where(entry.c.public_id == entry_public_id)
    ).scalar_one_or_none()


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
