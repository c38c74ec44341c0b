"""Entries with all their words, as they go on paper. PostgreSQL gives only what the actor may see; nothing here filters by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Select, Uuid, any_, bindparam, lateral, select, true
from sqlalchemy.orm import Session

from portal.dossier.models import annotation, annotation_version, entry, entry_version
from portal.dossier.queries import threaded
from portal.timeline.queries import Cursor, Part, Shape, about, newest_first, page_of, page_shape, page_values

PRINT_SIZE = 100


@dataclass(frozen=True)
class PrintedVersion:
    """When a text of an entry was written, by whom, and why when it is a correction."""

    number: int
    created_at: datetime
    author_name: str
    reason: str | None


@dataclass(frozen=True)
class PrintedReaction:
    """A reaction with its newest words; none when it was withdrawn. ``wish`` to ``extension``: of a question, as in dossier.queries."""

    id: int
    answers_id: int | None
    kind: int
    audience: int
    author_name: str
    created_at: datetime
    withdrawn_at: datetime | None
    outcome: int
    wish: int | None
    extended_at: datetime | None
    extension: str | None
    body: str | None
    quote: str | None


@dataclass(frozen=True)
class PrintedEntry:
    """One entry as it goes on paper: the text that holds now, the dates of all its versions (oldest first), and the reactions beside it."""

    versions: list[PrintedVersion]
    reactions: list[PrintedReaction]
    public_id: UUID
    id: int
    section: int
    leefdomein: int
    kind: int
    occurred_at: datetime
    author_name: str
    audience: int
    title: str
    body: str


@dataclass(frozen=True)
class Paper:
    """At most PRINT_SIZE entries with all their words, newest first; ``older`` is the entry to go on from, or None at the end."""

    entries: list[PrintedEntry]
    older: UUID | None


def paper(session: Session, dossier_id: int, part: Part, *, cursor: Cursor | None = None, only: Sequence[UUID] | None = None) -> Paper:
    """The words of a part of the dossier, or of these entries (``only``). Nothing when there is nothing for this actor."""
    values = page_values(dossier_id, part, cursor, PRINT_SIZE) | ({} if only is None else {"only": list(only)})
    rows: list[Any] = list(session.execute(_entries(page_shape(part, cursor), only is not None), values))
    if cursor is not None and rows and rows[0].public_id == cursor.entry_id:
        del rows[0]
    shown = rows[:PRINT_SIZE]
    ids = {"entries": [row.id for row in shown]}
    versions: dict[int, list[PrintedVersion]] = {}
    for entry_id, *version in session.execute(_VERSIONS, ids):
        versions.setdefault(entry_id, []).append(PrintedVersion(*version))
    reactions: dict[int, list[PrintedReaction]] = {}
    for entry_id, *reaction in session.execute(_REACTIONS, ids):
        reactions.setdefault(entry_id, []).append(PrintedReaction(*reaction))
    entries = [PrintedEntry(versions.get(row.id, []), _threaded(reactions.get(row.id, [])), *row) for row in shown]
    return Paper(entries, entries[-1].public_id if len(rows) > PRINT_SIZE else None)


def _threaded(reactions: list[PrintedReaction]) -> list[PrintedReaction]:
    return threaded(reactions, lambda one: one.id, lambda one: one.answers_id)


# Statements are made once for each shape: putting one together costs more than sending it.
@cache
def _entries(shape: Shape, only_some: bool) -> Select[Any]:
    chosen = page_of(shape)
    page = (chosen.where(entry.c.public_id == any_(bindparam("only", type_=ARRAY(Uuid)))) if only_some else chosen).subquery("page")
    newest = lateral(
        select(entry_version.c.title, entry_version.c.body)
        .where(entry_version.c.entry_id == page.c.id)
        .order_by(entry_version.c.number.desc())
        .limit(1)
    ).alias("newest")
    return select(*about(page), newest.c.title, newest.c.body).select_from(page.join(newest, true())).order_by(*newest_first(page))


_VERSIONS = (
    select(
        entry_version.c.entry_id, entry_version.c.number, entry_version.c.created_at, entry_version.c.author_name, entry_version.c.reason
    )
    .where(entry_version.c.entry_id == any_(bindparam("entries", type_=ARRAY(Integer))))
    .order_by(entry_version.c.entry_id, entry_version.c.number)
)
_WORDS = lateral(
    select(annotation_version.c.body, annotation_version.c.quote)
    .where(annotation_version.c.annotation_id == annotation.c.id, annotation.c.withdrawn.is_(False))
    .order_by(annotation_version.c.number.desc())
    .limit(1)
).alias("words")
_REACTIONS = (
    select(
        annotation.c.entry_id,
        annotation.c.id,
        annotation.c.answers_id,
        annotation.c.kind,
        annotation.c.audience,
        annotation.c.author_name,
        annotation.c.created_at,
        annotation.c.withdrawn_at,
        annotation.c.outcome,
        annotation.c.wish,
        annotation.c.extended_at,
        annotation.c.extension,
        _WORDS.c.body,
        _WORDS.c.quote,
    )
    .select_from(annotation.outerjoin(_WORDS, true()))
    .where(annotation.c.entry_id == any_(bindparam("entries", type_=ARRAY(Integer))))
    .order_by(annotation.c.entry_id, annotation.c.created_at, annotation.c.id)
)
