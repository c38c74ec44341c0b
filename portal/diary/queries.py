"""Reading the own diary. PostgreSQL gives only what the actor may see; here it is asked which of that the actor wrote as a diary."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.orm import Session

from portal.dossier.models import Audience, EntryKind, entry, entry_version
from portal.dossier.queries import DossierView

PAGE_SIZE = 50


@dataclass(frozen=True)
class PageLine:
    """A page in the list: its title now, when it was written, and who may read it."""

    id: int
    public_id: UUID
    title: str
    occurred_at: datetime
    audience: Audience


@dataclass(frozen=True)
class DiaryPage:
    """A page with its newest text. ``ever_shared``: somebody else could read one of its texts, now or before."""

    id: int
    public_id: UUID
    occurred_at: datetime
    audience: Audience
    leefdomein: int
    number: int
    title: str
    body: str
    ever_shared: bool


def pages_of(session: Session, about: DossierView, person_id: int, *, before: UUID | None = None) -> tuple[list[PageLine], UUID | None]:
    """At most PAGE_SIZE own pages, newest first, from the page ``before`` on to older ones; and the last one when there are more."""
    key = (entry.c.occurred_at, entry.c.id)
    query = _own(about, person_id).order_by(entry.c.occurred_at.desc(), entry.c.id.desc()).limit(PAGE_SIZE + 1)
    if before is not None:
        place = select(*key).where(entry.c.public_id == before, entry.c.dossier_id == about.id).scalar_subquery()
        query = query.where(tuple_(*key) < place)
    found = [PageLine(row.id, row.public_id, row.title, row.occurred_at, Audience(row.audience)) for row in session.execute(query)]
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].public_id if len(found) > PAGE_SIZE else None


def find_page(session: Session, about: DossierView, person_id: int, public_id: UUID) -> DiaryPage | None:
    """The own page with this id, or None."""
    texts = entry_version.alias()
    shared = select(func.max(texts.c.written_for)).where(texts.c.entry_id == entry.c.id).scalar_subquery()
    query = (
        _own(about, person_id)
        .add_columns(entry.c.leefdomein, entry_version.c.number, entry_version.c.body, shared.label("widest"))
        .where(entry.c.public_id == public_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    audience = Audience(row.audience)
    return DiaryPage(
        row.id,
        row.public_id,
        row.occurred_at,
        audience,
        row.leefdomein,
        row.number,
        row.title,
        row.body,
        max(row.widest, audience) > Audience.ME,
    )


def _own(about: DossierView, person_id: int) -> Select[tuple[int, UUID, str, datetime, int]]:
    """Each page with its newest text."""
    texts = entry_version.alias()
    newest = select(func.max(texts.c.number)).where(texts.c.entry_id == entry.c.id).scalar_subquery()
    return (
        select(entry.c.id, entry.c.public_id, entry_version.c.title, entry.c.occurred_at, entry.c.audience)
        .join_from(entry, entry_version, and_(entry_version.c.entry_id == entry.c.id, entry_version.c.number == newest))
        .where(entry.c.dossier_id == about.id, entry.c.kind == EntryKind.DAGBOEK, entry.c.author_id == person_id)
    )
