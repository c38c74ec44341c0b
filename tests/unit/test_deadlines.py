"""Terms: examples a person can check on a calendar, and properties that hold for every moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import deadlines
from portal.deadlines import AMSTERDAM, Term, Unit, add_working_days, due, is_working_day

moments = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 (Hypothesis adds the zone)
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 1, 1))
terms = st.builds(Term, st.just("a term"), st.integers(min_value=1, max_value=60), st.sampled_from(Unit), st.just("a test"))

steady = settings(deadline=None)
"""A busy machine is no failure."""


def here(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (here(2026, 6, 10, 16), here(2026, 6, 11, 16)),  # Wednesday to Thursday
        (here(2026, 6, 12, 16), here(2026, 6, 15, 16)),  # Friday to Monday
        (here(2026, 6, 13, 10), here(2026, 6, 15, 10)),  # Saturday to Monday
        (here(2026, 4, 2, 9), here(2026, 4, 7, 9)),  # over Good Friday and Easter
        (here(2026, 12, 24, 9), here(2026, 12, 28, 9)),  # over Christmas, which ends on a Saturday
        (here(2026, 5, 4, 9), here(2026, 5, 6, 9)),  # 5 May counts as a day off every year
    ],
)
def test_a_concept_is_remembered_after_one_working_day(start: datetime, end: datetime) -> None:
    assert due(deadlines.CONCEPT_REMINDER, start) == end


def test_days_keep_their_hour_when_the_clock_changes() -> None:
    assert due(deadlines.DISCUSS_FIRST, here(2026, 3, 25, 14)) == here(2026, 4, 1, 14)
    assert due(deadlines.CONCEPT_GONE, here(2026, 10, 20, 9)) == here(2026, 11, 3, 9)


def test_hours_pass_as_on_a_stopwatch_when_the_clock_changes() -> None:
    assert due(deadlines.TYPED_TEXT, here(2026, 3, 28, 12)) == here(2026, 3, 29, 13)


def test_an_hour_that_the_clock_skips_becomes_the_hour_after() -> None:
    week = Term("a week", 7, Unit.DAYS, "a test")
    assert due(week, here(2026, 3, 22, 2, 30)) == here(2026, 3, 29, 3, 30)


def test_the_lengths_that_were_agreed() -> None:
    assert (deadlines.CONCEPT_REMINDER.length, deadlines.CONCEPT_REMINDER.unit) == (1, Unit.WORKING_DAYS)
    assert (deadlines.CONCEPT_GONE.length, deadlines.CONCEPT_GONE.unit) == (14, Unit.DAYS)
    assert (deadlines.DISCUSS_FIRST.length, deadlines.DISCUSS_FIRST.unit) == (7, Unit.DAYS)
    assert deadlines.TYPED_TEXT.delta == timedelta(hours=24)
    assert deadlines.SESSION_IDLE.delta == timedelta(minutes=15)
    assert deadlines.SESSION_LONGEST.delta == timedelta(hours=12)


def test_every_term_says_where_it_comes_from() -> None:
    assert all(term.source and term.name for term in deadlines.TERMS)
    assert len({term.name for term in deadlines.TERMS}) == len(deadlines.TERMS)


def test_days_off_in_2026() -> None:
    off = [date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 5)]
    off += [date(2026, 5, 14), date(2026, 5, 25), date(2026, 12, 25)]
    weekdays = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in weekdays if day.weekday() < 5 and not is_working_day(day)] == off


def test_a_term_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Term("nothing", 0, Unit.DAYS, "a test")


def test_days_have_no_fixed_number_of_hours() -> None:
    with pytest.raises(ValueError, match="no fixed number"):
        assert deadlines.CONCEPT_GONE.delta


def test_counting_backward_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 6, 12), -1)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(deadlines.DISCUSS_FIRST, here(2026, 6, 12).replace(tzinfo=None))


@steady
@given(terms, moments)
def test_a_term_ends_after_it_begins_and_in_utc(term: Term, start: datetime) -> None:
    end = due(term, start)
    assert end > start
    assert end.utcoffset() == timedelta(0)
    assert deadlines.is_over(term, start, end)
    assert not deadlines.is_over(term, start, end - timedelta(microseconds=1))


@steady
@given(terms, moments, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)))
def test_who_begins_later_ends_no_earlier(term: Term, start: datetime, later: timedelta) -> None:
    # In the repeated hour of autumn two moments share a clock time; an hour of play covers exactly that.
    assert due(term, start + later) >= due(term, start) - timedelta(hours=1)


@steady
@given(st.integers(min_value=1, max_value=60), st.sampled_from([Unit.MINUTES, Unit.HOURS]), moments)
def test_minutes_and_hours_are_exact(length: int, unit: Unit, start: datetime) -> None:
    term = Term("a term", length, unit, "a test")
    assert due(term, start) - start == term.delta


@steady
@given(st.integers(min_value=1, max_value=60), moments)
def test_days_are_counted_on_the_calendar_of_amsterdam(length: int, start: datetime) -> None:
    end = due(Term("a term", length, Unit.DAYS, "a test"), start).astimezone(AMSTERDAM)
    assert end.date() == start.astimezone(AMSTERDAM).date() + timedelta(days=length)


@steady
@given(st.integers(min_value=1, max_value=40), moments)
def test_working_days_end_on_a_working_day_and_count_each_one(length: int, start: datetime) -> None:
    end = due(Term("a term", length, Unit.WORKING_DAYS, "a test"), start).astimezone(AMSTERDAM).date()
    begin = start.astimezone(AMSTERDAM).date()
    between = [begin + timedelta(days=n) for n in range(1, (end - begin).days + 1)]
    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == length


@steady
@given(days, st.integers(min_value=0, max_value=40), st.integers(min_value=0, max_value=40))
def test_working_days_add_up(day: date, first: int, then: int) -> None:
    assert add_working_days(add_working_days(day, first), then) == add_working_days(day, first + then)


@steady
@given(days)
def test_no_week_is_without_a_working_day_and_none_has_six(day: date) -> None:
    week = [day + timedelta(days=n) for n in range(7)]
    assert 2 <= sum(map(is_working_day, week)) <= 5
