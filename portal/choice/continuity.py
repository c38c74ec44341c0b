"""How often people get somebody else, and how soon a wish is answered: figures without names, for who leads a team (eis 59; R083)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.calendar_nl import years_later
from portal.deadlines import AMSTERDAM, WISH_ANSWER, is_over

YEARS = 1
"""Over how long is counted: R083 asks per year."""
TIMES = (0, 1, 2, 3)
"""How many times; the last stands for so many or more."""
SMALL = 5
"""Below so many changes in a team, how many were the inwoner's own wish isn't told: migrations/rls/86_continuity.sql."""


@dataclass(frozen=True)
class Continuity:
    """One team over the last year. ``dossiers``: by how many changes. ``own``: changes that the inwoner wished; None: too few to tell."""

    team: UUID
    name: str
    dossiers: dict[int, int] = field(default_factory=dict)
    own: int | None = None
    in_time: int = 0
    late: int = 0
    waits: int = 0

    @property
    def all(self) -> int:
        """How many dossiers."""
        return sum(self.dossiers.values())

    @property
    def changes(self) -> int:
        """How many changes at least: three or more count as three."""
        return sum(times * number for times, number in self.dossiers.items())


def first_day(now: datetime) -> date:
    """The day from which is counted: a year ago, in Amsterdam."""
    return years_later(now.astimezone(AMSTERDAM).date(), -YEARS)


def continuity(session: Session, now: datetime) -> list[Continuity]:
    """The teams that the actor leads, by name; in two statements."""
    since = first_day(now)
    found: dict[UUID, Continuity] = {}
    for row in session.execute(text("SELECT team, team_name, changes, dossiers, own FROM casus.helper_changes(:since)"), {"since": since}):
        before = found.get(row.team, Continuity(row.team, row.team_name))
        own = None if row.own is None else (before.own or 0) + row.own
        found[row.team] = Continuity(row.team, row.team_name, {**before.dossiers, row.changes: row.dossiers}, own)
    moments: dict[UUID, list[tuple[datetime, datetime | None]]] = {}
    begin = datetime(since.year, since.month, since.day, tzinfo=AMSTERDAM)
    for team, sent, answered in session.execute(
        text("SELECT team, sent_at, answered_at FROM casus.wish_moments(:since)"), {"since": begin}
    ):
        moments.setdefault(team, []).append((sent, answered))
    return [_with_wishes(one, moments.get(one.team, []), now) for one in found.values()]


def _with_wishes(one: Continuity, wishes: Sequence[tuple[datetime, datetime | None]], now: datetime) -> Continuity:
    """An answer in time is one within the term; a wish that waits past it is late."""
    late = sum(1 for sent, answered in wishes if is_over(WISH_ANSWER, sent, answered or now))
    in_time = sum(1 for sent, answered in wishes if answered is not None and not is_over(WISH_ANSWER, sent, answered))
    waits = sum(1 for _sent, answered in wishes if answered is None)
    return Continuity(one.team, one.name, one.dossiers, one.own, in_time, late, waits)
