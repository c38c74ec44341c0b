"""The dossier as a list, newest first. PostgreSQL gives only what the actor may see; nothing here filters by person."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Integer, Select, any_, bindparam, func, lateral, select, text, true, tuple_
from sqlalchemy.orm import Session

from portal.dossier.models import Leefdomein, Section, annotation, entry, entry_version

PAGE_SIZE = 20


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


def timeline(
    session: Session,
    dossier_id: int,
    *,
    section: Section | None = None,
    leefdomein: Leefdomein | None = None,
    older_than: UUID | None = None,
) -> Timeline:
    """A page of the dossier, newest first, from ``older_than`` on (by keyset: the last page costs as much as the first)."""
    values: dict[str, object] = {"dossier": dossier_id, "section": section, "leefdomein": leefdomein}
    if older_than is not None:
        cursor = session.execute(_CURSOR, {"entry": older_than, "dossier": dossier_id}).one_or_none()
        if cursor is not None:
            values |= {"before": cursor.occurred_at, "before_id": cursor.id}
    rows = session.execute(_page(section is not None, leefdomein is not None, "before" in values), values).all()
    shown: list[Any] = list(rows[:PAGE_SIZE])
    reactions = _count_reactions(session, [row.id for row in shown])
    items = [TimelineItem(reactions.get(row.id, 0), *row) for row in shown]
    return Timeline(items, items[-1].public_id if len(rows) > PAGE_SIZE else None)


# Statements are made once: putting one together costs more than sending it.
_CURSOR = select(entry.c.occurred_at, entry.c.id).where(entry.c.public_id == bindparam("entry"), entry.c.dossier_id == bindparam("dossier"))
_REACTIONS = (
    select(annotation.c.entry_id, func.count())
    .where(annotation.c.entry_id == any_(bindparam("entries", type_=ARRAY(Integer))), annotation.c.withdrawn.is_(False))
    .group_by(annotation.c.entry_id)
)
_NOTICES = text("SELECT public_id, occurred_at, reason, explanation, opens_at FROM acl.notices(:d)")


@cache
def _page(by_section: bool, by_leefdomein: bool, further_on: bool) -> Select[Any]:
    """The statement of a page: of ``dossier``, when wanted of ``section`` and ``leefdomein``, and before ``before`` and ``before_id``."""
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
        .where(entry.c.dossier_id == bindparam("dossier"))
        .order_by(entry.c.occurred_at.desc(), entry.c.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if by_section:
        query = query.where(entry.c.section == bindparam("section"))
    if by_leefdomein:
        query = query.where(entry.c.leefdomein == bindparam("leefdomein"))
    if further_on:
        before = tuple_(bindparam("before", type_=DateTime(timezone=True)), bindparam("before_id", type_=Integer))
        query = query.where(tuple_(entry.c.occurred_at, entry.c.id) < before)
    return query


def _count_reactions(session: Session, entry_ids: list[int]) -> dict[int, int]:
    if not entry_ids:
        return {}
    rows = session.execute(_REACTIONS, {"entries": entry_ids})
    return {row.entry_id: row[1] for row in rows}


def notices(session: Session, dossier_id: int) -> list[Notice]:
    """What the owner is told about entries that aren't shown (none for anybody else)."""
    rows = session.execute(_NOTICES, {"d": dossier_id})
    return [Notice(*row) for row in rows]
