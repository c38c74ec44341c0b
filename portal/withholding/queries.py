"""What is withheld, what waits for a second professional, and what has to be looked at again. Only what the actor may know."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Standing:
    """An entry that a professional could withhold. ``since`` None: it isn't withheld; ``asked_by``: who asked something that waits.

    ``told_from``: from when the inwoner is told; None: at once.
    """

    since: datetime | None
    ground: int | None
    reason: str | None
    review_on: date | None
    told_from: datetime | None
    asked_by: str | None


@dataclass(frozen=True)
class ToConfirm:
    """What a colleague asks, and waits for a second professional; ``readable``: the actor works in the dossier and can read the text."""

    public_id: UUID
    dossier_id: UUID
    entry_id: UUID
    inwoner: str
    asked_by: str
    asked_at: datetime
    ground: int
    reason: str
    review_on: date
    postponed: bool
    occurred_at: datetime
    readable: bool


@dataclass(frozen=True)
class ToReview:
    """A text that is withheld, and has to be looked at; ``told_from``: the inwoner is told then (None: knows already)."""

    dossier_id: UUID
    entry_id: UUID
    inwoner: str
    review_on: date | None
    told_from: datetime | None


@dataclass(frozen=True)
class Before:
    """For the inwoner: a text that could not be read for a while. ``told_from``: the notice was postponed until then."""

    from_at: datetime
    ended_at: datetime
    ground: int | None
    reason: str
    told_from: datetime | None


def standing(session: Session, entry_id: UUID) -> Standing | None:
    """How it stands with an entry; None when the actor can't withhold it: not of a dossier one works in, or the inwoner's own words."""
    row = session.execute(text("SELECT * FROM acl.withholding_of(:entry)"), {"entry": entry_id}).one_or_none()
    return Standing(*row) if row is not None else None


def to_confirm(session: Session) -> list[ToConfirm]:
    """What waits for the actor as the second professional, oldest first."""
    return [ToConfirm(*row) for row in session.execute(text("SELECT * FROM acl.withholdings_to_confirm()"))]


def to_review(session: Session) -> list[ToReview]:
    """What the actor has to look at again: within a week, or it should have been."""
    return [ToReview(*row) for row in session.execute(text("SELECT * FROM acl.withholdings_to_review()"))]


def before(session: Session, entry_id: int) -> list[Before]:
    """For the owner, of an entry that can be read: when it was withheld, oldest first."""
    return [Before(*row) for row in session.execute(text("SELECT * FROM acl.withheld_before(:entry)"), {"entry": entry_id})]


def postponed_notices(session: Session) -> dict[int, int | None]:
    """How often telling the inwoner was postponed, by year, newest first; None: fewer than five. For team leads and who administers."""
    return {row.year: row.times for row in session.execute(text("SELECT year, times FROM acl.postponed_notices()"))}
