"""The calendar of Dutch offices and Dutch law: which days count. Pure functions on days, no clock.

Which days are holidays is computed by the package ``holidays``. What law adds by decree is written here.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import holidays

_SATURDAY = 5

EQUATED_DAYS = frozenset(
    {
        # Besluit gelijkstelling for 2023 to 2025
        date(2023, 4, 28),
        date(2023, 5, 19),
        date(2024, 5, 10),
        date(2024, 12, 27),
        date(2025, 5, 30),
        # Besluit gelijkstelling for 2026 to 2028
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    }
)
"""Days that a royal decree puts on a level with holidays (Algemene termijnenwet, article 3, third paragraph).

A decree comes once in three years. A day that isn't here gives nobody extra time, so a missing decree makes a term of law at
most a few days too short for those who have to act, never too long for those who wait.
"""


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Give the holidays of a year as article 3 of the Algemene termijnenwet names them, and the Sundays of Easter and Pentecost.

    New Year's Day, Good Friday, Easter Monday, King's Day (27 April; the 26th when that is a Sunday), 5 May, Ascension Day, Pentecost
    Monday, Christmas and the day after. Good Friday counts by the second paragraph. 5 May counts every year, not once in five years:
    the first paragraph names it without condition, and whether staff have a day off is for their collective agreement.
    """
    found = holidays.country_holidays("NL", years=year, categories=("public", "optional"))
    return frozenset(found)


def is_working_day(day: date) -> bool:
    """Tell whether a day counts in a term of working days: not a Saturday, a Sunday or a holiday.

    The days of ``EQUATED_DAYS`` do count. No source defines a working day; so nobody waits longer for help
    because of a decree about terms in law.
    """
    return day.weekday() < _SATURDAY and day not in holidays_of(day.year)


def can_end_a_term_in_law(day: date) -> bool:
    """Tell whether a term set by a law can end on a day (Algemene termijnenwet, articles 1 and 3)."""
    return is_working_day(day) and day not in EQUATED_DAYS


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


def end_of_term_in_law(day: date) -> date:
    """Give the day itself, or the first day after it on which a term in law can end (Algemene termijnenwet, article 1)."""
    while not can_end_a_term_in_law(day):
        day += timedelta(days=1)
    return day


def years_later(day: date, count: int) -> date:
    """Give the same day of a later year; 29 February becomes the 28th where there is none, as PostgreSQL does."""
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return day.replace(year=day.year + count, day=28)


def months_later(day: date, count: int) -> date:
    """Give the same day of a later month, or its last day where there is none, as PostgreSQL does."""
    years, month = divmod(day.month - 1 + count, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
