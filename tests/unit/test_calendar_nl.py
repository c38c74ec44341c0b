"""The calendar: every holiday of some years, read from a paper calendar, and properties of every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import calendar_nl
from portal.calendar_nl import add_working_days, can_end_a_term_in_law, end_of_term_in_law, is_working_day

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 1, 1))
steady = settings(deadline=None)
"""A busy machine is no failure."""

# Month and day of: Good Friday, Easter Monday, King's Day, Ascension Day, Pentecost Monday.
MOVING = {
    2024: ((3, 29), (4, 1), (4, 27), (5, 9), (5, 20)),
    2025: ((4, 18), (4, 21), (4, 26), (5, 29), (6, 9)),  # 27 April is a Sunday
    2026: ((4, 3), (4, 6), (4, 27), (5, 14), (5, 25)),
    2027: ((3, 26), (3, 29), (4, 27), (5, 6), (5, 17)),
    2028: ((4, 14), (4, 17), (4, 27), (5, 25), (6, 5)),
    2031: ((4, 11), (4, 14), (4, 26), (5, 22), (6, 2)),  # 27 April is a Sunday
}
FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))


@pytest.mark.parametrize("year", MOVING)
def test_the_days_off_of_a_year(year: int) -> None:
    off = {date(year, month, day) for month, day in MOVING[year] + FIXED}
    every_day = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    weekdays = [day for day in every_day if day.year == year and day.weekday() < 5]
    assert [day for day in weekdays if not is_working_day(day)] == sorted(day for day in off if day.weekday() < 5)


def test_king_s_day_is_never_on_a_sunday() -> None:
    assert not is_working_day(date(2025, 4, 26))
    assert is_working_day(date(2025, 4, 28))
    assert all(date(year, 4, 26 if date(year, 4, 27).weekday() == 6 else 27) in calendar_nl.holidays_of(year) for year in range(2020, 2061))


def test_a_day_equated_by_decree_counts_as_a_working_day_and_ends_no_term_in_law() -> None:
    assert all(is_working_day(day) for day in calendar_nl.EQUATED_DAYS)
    assert not any(can_end_a_term_in_law(day) for day in calendar_nl.EQUATED_DAYS)
    assert end_of_term_in_law(date(2026, 5, 14)) == date(2026, 5, 18)  # Ascension Day, the decree's Friday, a weekend


def test_no_equated_day_is_a_day_that_was_off_already() -> None:
    assert all(day.weekday() < 5 and day not in calendar_nl.holidays_of(day.year) for day in calendar_nl.EQUATED_DAYS)
    assert {day.year for day in calendar_nl.EQUATED_DAYS} == set(range(2023, 2029))


def test_counting_backward_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 6, 12), -1)


@steady
@given(days, st.integers(min_value=0, max_value=40), st.integers(min_value=0, max_value=40))
def test_working_days_add_up(day: date, first: int, then: int) -> None:
    assert add_working_days(add_working_days(day, first), then) == add_working_days(day, first + then)


@steady
@given(days)
def test_no_week_is_without_a_working_day_and_none_has_six(day: date) -> None:
    week = [day + timedelta(days=n) for n in range(7)]
    assert 2 <= sum(map(is_working_day, week)) <= 5


@steady
@given(days)
def test_a_term_in_law_moves_forward_at_most_five_days_and_only_when_it_has_to(day: date) -> None:
    end = end_of_term_in_law(day)
    assert (end == day) == can_end_a_term_in_law(day)
    assert day <= end <= day + timedelta(days=5)
    assert end_of_term_in_law(end) == end
