"""Terms: how long something may take or stay, each once, with its source. Pure functions, no clock.

Pages, reminders and reports call ``due``. Rules in PostgreSQL and texts have to say a length themselves;
tests/unit/test_terms_agree.py holds them to the ones here. Days and working days are
counted on the calendar of Amsterdam, so a term of a day keeps its hour when the clock changes in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_SATURDAY = 5


class Unit(Enum):
    """What the length of a term counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"


@dataclass(frozen=True, slots=True)
class Term:
    """A period with a fixed length. ``source`` is the law, norm or agreement that sets it."""

    name: str
    length: int
    unit: Unit
    source: str

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError(f"{self.name}: a term lasts at least one of its units")

    @property
    def delta(self) -> timedelta:
        """The length of a term in minutes or hours; raises ValueError for days, whose length varies."""
        if self.unit is Unit.MINUTES:
            return timedelta(minutes=self.length)
        if self.unit is Unit.HOURS:
            return timedelta(hours=self.length)
        raise ValueError(f"{self.name}: a term in {self.unit.value} has no fixed number of hours; use due()")


AGREED = "agreed for this portal; no law sets it"

CONCEPT_REMINDER = Term("the author of a concept is reminded of it", 1, Unit.WORKING_DAYS, AGREED)
CONCEPT_GONE = Term("a concept that was never placed is removed", 14, Unit.DAYS, AGREED)
DISCUSS_FIRST = Term("an entry to discuss first opens for the inwoner", 7, Unit.DAYS, AGREED)
TYPED_TEXT = Term("text typed in a form is kept for its writer", 24, Unit.HOURS, AGREED)
SESSION_IDLE = Term(
    "a session without activity ends",
    15,
    Unit.MINUTES,
    "DigiD test checklist 7.0, norm T14: at most 15 minutes",
)
SESSION_LONGEST = Term("a session ends, however active", 12, Unit.HOURS, AGREED)
START_CODE = Term("a start code works", 7, Unit.DAYS, AGREED)
SIGN_IN_TRACES = Term("sign-in attempts and ended sessions are kept", 90, Unit.DAYS, AGREED)

TERMS = (
    CONCEPT_REMINDER,
    CONCEPT_GONE,
    DISCUSS_FIRST,
    TYPED_TEXT,
    SESSION_IDLE,
    SESSION_LONGEST,
    START_CODE,
    SIGN_IN_TRACES,
)


@cache
def _days_off(year: int) -> frozenset[date]:
    """Give the days of article 3 of the Algemene termijnenwet: Good Friday and every 5 May are among them."""
    found = holidays.country_holidays("NL", years=year, categories=("public", "optional"))
    return frozenset(found)


def is_working_day(day: date) -> bool:
    """Tell whether offices work: not on Saturday, Sunday or a day of the Algemene termijnenwet, article 3."""
    return day.weekday() < _SATURDAY and day not in _days_off(day.year)


def add_working_days(day: date, count: int) -> date:
    """Give the ``count``-th working day after a day, which itself doesn't count; 0 gives the day itself.

    Raises ValueError for a count below zero.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def due(term: Term, start: datetime) -> datetime:
    """Give the moment (UTC) at which a term that began at ``start`` is over.

    Minutes and hours pass as on a stopwatch. Days and working days end at the same hour in Amsterdam.
    Raises ValueError when ``start`` has no time zone.
    """
    if start.tzinfo is None:
        raise ValueError("a term can't begin at a moment without a time zone")
    if term.unit in (Unit.MINUTES, Unit.HOURS):
        return start.astimezone(UTC) + term.delta
    here = start.astimezone(AMSTERDAM)
    here_day, count = here.date(), term.length
    day = here_day + timedelta(days=count) if term.unit is Unit.DAYS else add_working_days(here_day, count)
    # An hour that the clock skips that night becomes the hour after it; one that comes twice, the first.
    return datetime.combine(day, here.time().replace(fold=0), tzinfo=AMSTERDAM).astimezone(UTC)


def is_over(term: Term, start: datetime, now: datetime) -> bool:
    """Tell whether a term that began at ``start`` is over at ``now``; both need a time zone."""
    return now >= due(term, start)
