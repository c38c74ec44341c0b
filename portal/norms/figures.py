"""The norm of 80 percent and the waiting times: counted from rows without names. Pure functions, no database, no clock.

What counts is said once, in ``DEFINITION``; the page shows those very sentences, and tests count by hand after them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from fractions import Fraction
from math import floor
from statistics import mean, median

from portal.deadlines import AMSTERDAM, NORM_START, Term, due
from portal.i18n import N_
from portal.intake.steps import MISLAID, OPEN, Event, Phase, rounds

SMALL = 5
"""Under so many a percentage says nothing, so it isn't given; the numbers themselves are (they tell nothing of anybody)."""
MONTHS = 12
WEEKS = 4
"""Who waits so many weeks or longer stands together in the last column (R069: waiting by number of weeks)."""

DEFINITION = (
    N_("Wij tellen elke melding in de maand waarin zij binnenkwam."),
    N_("Op tijd is: de hulp van het buurtteam begon binnen %(days)s dagen."),
    N_("Wij tellen de dagen op de kalender, ook het weekend en feestdagen."),
    N_("Een melding telt mee als de hulp begon."),
    N_("Is de termijn voorbij en is er nog geen hulp? Dan telt de melding ook mee."),
    N_("Binnen de termijn en nog geen hulp? Dan loopt de melding nog."),
    N_("Kreeg iemand alleen advies, of hulp van een ander? Dan telt de melding niet mee."),
    N_("Ook een dubbele, weggelegde of geweigerde melding telt niet mee."),
    N_("Vroeg iemand later opnieuw om hulp? Dan telt dat als een nieuwe melding."),
    N_("De wachttijd is het aantal dagen van melding tot het begin van de hulp."),
    N_("Een percentage is naar beneden afgerond. Dagen zijn afgerond op hele dagen."),
    N_("Bij minder dan %(small)s meldingen geven wij geen percentage."),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A melding without a name: the team (None: not yet), when it came in, and what happened."""

    team: str | None
    received_at: datetime
    events: tuple[Event, ...]


class Result(Enum):
    """What one melding (one round of it) is in the count."""

    IN_TIME = "in time"
    LATE = "late"
    RUNNING = "running"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Counted:
    """One round in the count: the month (its first day) in which it began, and the days until help started (None: it didn't)."""

    team: str | None
    month: date
    result: Result
    days: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some meldingen. ``days`` are the waiting times of who is helped, shortest first."""

    in_time: int
    late: int
    running: int
    elsewhere: int
    days: tuple[int, ...]

    @property
    def came_in(self) -> int:
        """How many came in."""
        return self.counts + self.running + self.elsewhere

    @property
    def counts(self) -> int:
        """How many the norm is about."""
        return self.in_time + self.late

    @property
    def percentage(self) -> int | None:
        """The percentage that began in time, rounded down; None under ``SMALL``."""
        return 100 * self.in_time // self.counts if self.counts >= SMALL else None

    @property
    def norm_met(self) -> bool | None:
        """Whether the norm (eis 50.3) was met; None under ``SMALL``."""
        return self.in_time >= Fraction(str(NORM_START)) * self.counts if self.counts >= SMALL else None

    @property
    def median_days(self) -> int | None:
        """Half waited shorter than this, half longer, in whole days; None when nobody was helped."""
        return floor(median(self.days) + 0.5) if self.days else None

    @property
    def mean_days(self) -> int | None:
        """The mean waiting time (R069) in whole days; None when nobody was helped."""
        return floor(mean(self.days) + 0.5) if self.days else None


def month_of(moment: datetime) -> date:
    """Give the first day of the month in which a moment falls in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date().replace(day=1)


def last_months(now: datetime, count: int = MONTHS) -> list[date]:
    """Give the first days of the last months, the oldest first, this month included."""
    months = [month_of(now)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def is_complete(month: date, now: datetime, start: Term) -> bool:
    """Tell whether the term of every melding of a month is over, so that its figures change no more by waiting."""
    next_month = (month + timedelta(days=31)).replace(day=1)
    return now > due(start, datetime.combine(next_month - timedelta(days=1), time(23, 59, 59), tzinfo=AMSTERDAM))


def count(cases: Iterable[Case], now: datetime, start: Term) -> list[Counted]:
    """Give what each melding is in the count at ``now``, after ``DEFINITION``. ``start`` is the term of the city."""
    found = []
    for case in cases:
        for one in rounds(case.received_at, case.events, now):
            if one.phase in MISLAID:
                continue
            days = None
            if one.started_at is not None:
                days = (one.started_at.astimezone(AMSTERDAM).date() - one.since.astimezone(AMSTERDAM).date()).days
                result = Result.IN_TIME if one.started_at <= due(start, one.since) else Result.LATE
            elif one.phase in OPEN:
                result = Result.LATE if now > due(start, one.since) else Result.RUNNING
            else:
                result = Result.ELSEWHERE
            found.append(Counted(case.team, month_of(one.since), result, days))
    return found


def figures(counted: Iterable[Counted]) -> Figures:
    """Add up."""
    rows = list(counted)
    numbers = {result: sum(one.result is result for one in rows) for result in Result}
    return Figures(
        in_time=numbers[Result.IN_TIME],
        late=numbers[Result.LATE],
        running=numbers[Result.RUNNING],
        elsewhere=numbers[Result.ELSEWHERE],
        days=tuple(sorted(one.days for one in rows if one.days is not None)),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has no help and no outcome yet: how many by whole weeks since they asked (0, 1, 2, 3, and 4 or more), and on the list."""

    by_weeks: tuple[int, ...]
    on_list: int

    @property
    def total(self) -> int:
        """How many wait."""
        return sum(self.by_weeks)


def waiting(cases: Sequence[Case], now: datetime) -> Waiting:
    """Give who waits at ``now``."""
    weeks, on_list = [0] * (WEEKS + 1), 0
    for case in cases:
        last = rounds(case.received_at, case.events, now)[-1]
        if last.phase in OPEN and last.since <= now:
            weeks[min(WEEKS, (now - last.since) // timedelta(weeks=1))] += 1
            on_list += last.phase is Phase.WAITING
    return Waiting(tuple(weeks), on_list)
